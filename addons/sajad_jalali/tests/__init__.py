from . import test_arithmetic
from . import test_babel
from . import test_groups
from . import test_preference
from . import test_hoot
