from . import sajad_cartable
from . import sajad_cartable_member
from . import sajad_appointee
from . import sajad_cartable_request
from . import sajad_cartable_request_check
from . import sajad_cartable_request_actions
from . import sajad_cartable_gap
from . import sajad_cartable_reminder
