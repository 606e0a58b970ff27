from . import sajad_dossier_demo
