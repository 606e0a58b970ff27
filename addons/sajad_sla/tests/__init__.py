from . import test_access
from . import test_agreement
from . import test_agreement_paper
from . import test_agreement_portal
