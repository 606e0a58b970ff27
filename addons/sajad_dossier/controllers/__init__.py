from . import dossier_file
from . import portal_dossier
from . import portal_dossier_draft
