from . import ir_attachment
from . import sajad_dossier_store_check
from . import sajad_dossier_store_fault
from . import sajad_notice
