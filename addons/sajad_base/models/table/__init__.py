from . import base_import_import, ir_fields_converter
