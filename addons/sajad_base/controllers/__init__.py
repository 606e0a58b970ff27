from . import portal_account
from . import portal_request
from . import portal_service
from . import process_file
