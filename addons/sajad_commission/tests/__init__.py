from . import test_access
from . import test_commission
from . import test_commission_guard
from . import test_commission_portal
from . import test_commission_rpc
from . import test_commission_window
from . import test_disabled_account
from . import test_sweep
