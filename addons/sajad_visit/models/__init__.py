from . import sajad_visit_slot
from . import sajad_visit
from . import sajad_cartable
from . import sajad_task
from . import sajad_request
from . import sajad_event
from . import sajad_notice
from . import sajad_engine
