from . import (
    sajad_request_form,
    sajad_request_missing,
    sajad_request_status,
    sajad_request_talk,
)
