from . import agreement
from . import clock
