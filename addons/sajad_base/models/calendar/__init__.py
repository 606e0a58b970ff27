from . import resource_calendar
from . import resource_calendar_leaves
from . import resource_calendar_attendance
from . import sajad_occasion
from . import sajad_holiday
