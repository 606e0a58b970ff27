from . import portal_agreement
from . import portal_dispute
