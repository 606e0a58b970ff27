from . import test_access, test_support_question
