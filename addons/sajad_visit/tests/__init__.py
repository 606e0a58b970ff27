from . import test_access
from . import test_routes
from . import test_rule_plans
from . import test_visits
from . import test_visits_portal
from . import test_visits_race
from . import test_visits_rpc
