from . import sajad_clearance_revoke
from . import sajad_clearance_minutes
from . import sajad_hold_decide
from . import sajad_hold_decide_line
from . import sajad_hold_import
from . import sajad_hold_import_line
from . import sajad_stat_print
from . import sajad_task_fill
