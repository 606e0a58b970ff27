from . import portal
from . import portal_hold
from . import payment
