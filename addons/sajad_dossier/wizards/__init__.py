from . import sajad_dossier_add
from . import sajad_dossier_reason
from . import sajad_dossier_note_print
