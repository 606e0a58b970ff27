from . import test_access
from . import test_desk
from . import test_desk_race
from . import test_lines
from . import test_merge
from . import test_support_portal
from . import test_support_mail
from . import test_support_question
