from . import sajad_form_design
from . import sajad_support_dialog
from . import sajad_support_answer
from . import sajad_support_change
from . import sajad_support_merge
from . import sajad_support_open
from . import sajad_support_print
