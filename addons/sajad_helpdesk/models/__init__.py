from . import sajad_process
from . import sajad_support_category
from . import sajad_event
from . import sajad_request
from . import sajad_request_close
from . import sajad_engine
from . import question
