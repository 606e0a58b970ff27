from . import sajad_batch
from . import sajad_batch_line
from . import sajad_batch_run
from . import sajad_batch_result
from . import sajad_batch_paper
from . import sajad_batch_list
from . import sajad_job_place
from . import ir_actions_report
