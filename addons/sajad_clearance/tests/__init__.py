from . import test_eleven_steps
from . import test_hold
from . import test_portal_clearance
from . import test_story
from . import test_sweep
from . import test_request_sheet
from . import test_statistics
