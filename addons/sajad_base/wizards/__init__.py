from . import sajad_holiday_load
from . import sajad_task_decide
from . import sajad_task_decide_line
from . import sajad_flow_simulate
from . import sajad_flow_simulate_line
from . import sajad_form_design
from . import sajad_form_design_line
