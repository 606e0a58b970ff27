from . import sajad_role
from . import sajad_process
from . import sajad_event
from . import sajad_commission_session
from . import sajad_commission_attendee
from . import sajad_commission_item
from . import sajad_request
from . import sajad_engine
