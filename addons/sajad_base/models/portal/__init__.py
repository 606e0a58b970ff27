from . import sajad_about_panel
from . import sajad_process_service
from . import sajad_process_attachment
from . import sajad_process_guide
from . import sajad_throttle
