"""Clocks of requests: policies and their versions, events, clocks, alarms, figures."""

from . import resource_calendar
from . import sajad_event
from . import sajad_sla_policy
from . import sajad_sla_version
from . import sajad_sla_part
from . import sajad_sla_line
from . import sajad_sla_step
from . import sajad_sla_clock
from . import sajad_sla_keeper
from . import sajad_sla_alarm
from . import sajad_sla_check
from . import sajad_sla_day
from . import sajad_sla_risk
from . import sajad_engine
from . import sajad_notice
from . import sajad_request
from . import sajad_process
from . import sajad_task
