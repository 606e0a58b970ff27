from . import sajad_role
from . import sajad_dispute
from . import sajad_dispute_entry
from . import sajad_dispute_people
from . import sajad_dispute_steps
from . import sajad_dispute_term
from . import sajad_notice
from . import sajad_request
