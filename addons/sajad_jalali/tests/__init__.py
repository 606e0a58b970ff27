from . import test_arithmetic
from . import test_babel
from . import test_client
from . import test_groups
from . import test_import_export
from . import test_preference
from . import test_properties
from . import test_hoot
