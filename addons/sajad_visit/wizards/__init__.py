from . import sajad_visit_plan
from . import sajad_task_decide
