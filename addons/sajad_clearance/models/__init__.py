from . import sajad_request
from . import sajad_task
from . import sajad_engine
