from . import form_files
from . import portal_account
from . import portal_request_list
from . import portal_request
from . import portal_service
from . import portal_window
from . import portal_draft
from . import student_import
