from . import sajad_sla_demo
