from . import test_look
from . import test_normalize
from . import test_odoo_terms
from . import test_order
from . import test_spelling
from . import test_validators
from . import test_numbers
from . import test_export
