from . import sajad_fee_demo
