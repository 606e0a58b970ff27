from . import sajad_cartable, sajad_request_question, sajad_support_question
