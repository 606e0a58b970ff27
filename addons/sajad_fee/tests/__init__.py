from . import test_access
from . import test_fee
from . import test_fee_office
from . import test_fee_race
from . import test_fee_tour
from . import test_portal_fee
from . import test_rials
from . import test_tariff
