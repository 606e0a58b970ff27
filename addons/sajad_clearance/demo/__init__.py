from . import sajad_clearance_demo
