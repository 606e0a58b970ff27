from . import test_access, test_checklist, test_documents, test_files
