from . import portal_support, portal_support_request, support_question, support_rating
