import threading

from werkzeug.exceptions import (
    BadRequest,
    MethodNotAllowed,
    RequestEntityTooLarge,
    TooManyRequests,
    abort,
)

from odoo import models
from odoo.exceptions import ConcurrencyError, LockError
from odoo.http import request
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ...controllers.public_page import limit_calls
from ...tools.body_limit import MAX_FORM, is_plain_form
from ...tools.characters import NOT_STORED_IN_JSON, cannot_be_stored, has_control
from ...tools.limited_routes import get_limit
from ...tools.needed import get_needed
from ...tools.sentences import tell_in_use

# what Odoo tries again, and gives up at last
IN_USE = (ConcurrencyError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        # the conversation in the portal is mail's, and Odoo leaves it in English
        return [*super()._get_translation_frontend_modules_name(), "mail", "sajad_base"]

    @classmethod
    def _match(cls, path_info):
        if has_control([path_info]):
            cls._refuse_characters()
        try:
            return super()._match(path_info)
        except MethodNotAllowed:
            asked = request.httprequest
            if asked.method != "GET" or not path_info.startswith("/my/"):
                raise
            # asked for again after a sign-in, a reload, from a bookmark: a form is
            # sent to an address below that of its page
            pages = request.env["ir.http"].routing_map().bind_to_environ(asked.environ)
            while path_info and not pages.test(path_info, "GET"):
                path_info = path_info.rpartition("/")[0]
            abort(request.redirect(path_info or "/my"))

    @classmethod
    def _pre_dispatch(cls, rule, args):
        result = super()._pre_dispatch(rule, args)
        asked = request.httprequest
        # calls of other programs do not see the request
        threading.current_thread().sajad_address = asked.remote_addr
        if is_plain_form(rule.endpoint):
            # before anything of the body is read
            asked.max_content_length = min(MAX_FORM, asked.max_content_length)
        if (asked.content_length or 0) > asked.max_content_length:
            # of forms werkzeug says so itself, of JSON not in every version
            raise RequestEntityTooLarge
        if times := get_limit(rule):
            limit_calls(rule.endpoint.func.__name__, times)
        texts = [text for pair in asked.args.items(multi=True) for text in pair]
        if request.dispatcher.routing_type == "http":
            texts += [text for pair in asked.form.items(multi=True) for text in pair]
            texts += [file.filename for file in asked.files.values()]
            cls._check_needed(rule, {*asked.args, *asked.form, *asked.files, *args})
        elif NOT_STORED_IN_JSON.search(asked.get_data()) and cannot_be_stored(
            request.get_json_data()
        ):
            cls._refuse_characters()
        if has_control(texts):
            cls._refuse_characters()
        return result

    @classmethod
    def _handle_error(cls, exception):
        # whoever was too many at one thing reads words, whatever the door
        if isinstance(exception, IN_USE):
            exception = LockError(tell_in_use(request.env))
        if isinstance(exception, RequestEntityTooLarge):
            # the page that says so would read the body, and fail on it again
            request.get_http_params = dict
        response = super()._handle_error(exception)
        if isinstance(exception, TooManyRequests) and response is not exception:
            # a page of its own was made of it
            response.headers["Retry-After"] = str(exception.retry_after)
        return response

    @classmethod
    def _get_exception_code_values(cls, exception):
        code, values = super()._get_exception_code_values(exception)
        if code == RequestEntityTooLarge.code:
            # werkzeug's own sentence is English, and says not what to do
            values["error_message"] = request.env._(
                "What you sent is too large, and nothing of it was kept. Go back to "
                "the page before, choose fewer or smaller files, and send it again."
            )
        return code, values

    @classmethod
    def _check_needed(cls, rule, given):
        """Refuse an address or a form without what the page cannot do without.

        :raise BadRequest: with a sentence, where the call would fail
        """
        if missing := sorted(get_needed(rule.endpoint) - given):
            raise BadRequest(
                request.env._(
                    "The address or the form is not complete. It lacks: %(names)s. Go "
                    "back to the page before, load it again, and try once more.",
                    names=missing,
                )
            )

    @classmethod
    def _refuse_characters(cls):
        """Refuse what no keyboard types, before anything fails on it.

        :raise BadRequest: with a sentence
        """
        raise BadRequest(
            request.env._(
                "The address or the form has a character that cannot be used. Type the "
                "text again instead of pasting it."
            )
        )
