from . import sajad_process_copy
from . import sajad_flow_words
from . import sajad_flow_drawing
from . import sajad_flow_design
from . import sajad_flow_compare
from . import sajad_flow_file
from . import sajad_flow_import
from . import sajad_flow_import_plan
