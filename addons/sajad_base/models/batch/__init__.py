from . import sajad_batch
from . import sajad_batch_line
from . import sajad_batch_run
