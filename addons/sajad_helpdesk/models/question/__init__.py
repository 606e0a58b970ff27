from . import sajad_support_question
