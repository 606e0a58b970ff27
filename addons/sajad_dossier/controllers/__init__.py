from . import dossier_export
from . import dossier_file
from . import dossier_verify
from . import portal_dossier
from . import portal_dossier_draft
from . import portal_dossier_export
