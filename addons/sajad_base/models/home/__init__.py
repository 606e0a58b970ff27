from . import discuss_channel
from . import ir_ui_menu
from . import res_users
from . import sajad_home
