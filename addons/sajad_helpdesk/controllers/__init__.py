from . import support_question
