from . import sajad_dossier_retention
from . import sajad_dossier_stay
from . import sajad_dossier_destruction
from . import sajad_dossier_destruction_line
from . import sajad_notice
from . import ir_module_module
