from . import (
    mail_thread,
    sajad_notice,
    sajad_request_mail,
    sajad_support_mail,
    sajad_support_mail_answer,
    sajad_support_mail_find,
    sajad_support_mailbox,
)
