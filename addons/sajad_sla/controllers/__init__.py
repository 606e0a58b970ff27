from . import portal_agreement
from . import portal_dispute
from . import portal_dispute_list
