from . import sajad_dossier_add
from . import sajad_dossier_reason
