from . import portal
from . import hold_template
