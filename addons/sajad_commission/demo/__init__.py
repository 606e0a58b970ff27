from . import sajad_commission_demo
