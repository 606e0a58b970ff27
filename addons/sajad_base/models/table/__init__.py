from . import base_import_import
from . import ir_fields_converter
from . import sajad_student_import_line
from . import sajad_student_import
from . import sajad_student_import_run
