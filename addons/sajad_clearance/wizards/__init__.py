from . import sajad_clearance_revoke
from . import sajad_clearance_minutes
