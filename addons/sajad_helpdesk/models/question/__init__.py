from . import sajad_request_question, sajad_support_question
