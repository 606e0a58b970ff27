from . import test_zibal
from . import test_zibal_routes
from . import test_zibal_reversal
