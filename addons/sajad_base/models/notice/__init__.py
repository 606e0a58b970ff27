from . import mail_message
from . import mail_compose_message
from . import res_users_notice
from . import sajad_notice
from . import sajad_notice_mail
from . import sajad_notice_work
