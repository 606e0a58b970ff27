from . import test_access
from . import test_forecast
from . import test_stat_access
from . import test_stat_day
from . import test_stat_export
from . import test_stat_print
from . import test_home
from . import test_stat_country
