from . import test_access
from . import test_agreement
from . import test_agreement_paper
from . import test_agreement_portal
from . import test_clock
from . import test_clock_alarm
from . import test_clock_performance
from . import test_clock_race
