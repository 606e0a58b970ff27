from . import rial_payment
from . import fee_payment
from . import fee_verify
from . import portal_fee
