from . import sajad_dossier_text
from . import sajad_dossier_document
from . import sajad_dossier
from . import res_config_settings
