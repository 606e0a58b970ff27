from . import agreement
from . import clock
from . import dispute
