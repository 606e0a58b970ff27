from . import portal
from . import certificate
from . import verify
from . import portal_hold
from . import payment
from . import hold_template
