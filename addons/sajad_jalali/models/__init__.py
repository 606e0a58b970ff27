from . import res_users
from . import base
from . import ir_http
from . import ir_fields_converter
from . import sajad_date_guard
