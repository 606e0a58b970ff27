from . import sajad_agreement_demo
from . import sajad_sla_demo
