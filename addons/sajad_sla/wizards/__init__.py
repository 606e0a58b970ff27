from . import sajad_agreement_compare
from . import sajad_dispute_write
from . import sajad_sla_print
