from . import test_access
from . import test_checklist
from . import test_documents
from . import test_files
from . import test_portal_dossier
from . import test_retention
