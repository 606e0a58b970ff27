from odoo.exceptions import UserError
from odoo.http import request

from ..tools.file_check import PAPERS
from .form_files import FormFiles
from .form_questions import answer_with_files
from .portal_service import MAX_NOTE, SajadServicePortal


class SajadAnswerPortal(SajadServicePortal):
    """The answer to an office that returned a request: in words, with files, and the
    form itself, corrected and checked as when it was sent (rows A9, B4)."""

    def _get_sent_texts(self, request_sudo):
        """Hook: what a request says, as its form sends it: {input: text}.

        Fields of the process and of the record show what they hold by themselves.
        """
        return {"note": request_sudo.note or ""}

    def _get_answer_places(self, request_sudo):
        """Return the places of files: those of the form, and one for other papers."""
        places = self._get_file_places(request_sudo.process_id, request_sudo)
        return {"files": PAPERS, **places}

    def _prepare_answer_values(self, request_sudo, post=None, errors=None, files=None):
        """Return what the form of an answer shows, with what was typed."""
        files = files or FormFiles(
            f"answer-{request_sudo.id}", self._get_answer_places(request_sudo)
        )
        is_sent = "form_sent" in (post or {})
        typed = {**post, "submit_token": ""} if is_sent else {}
        values = self._prepare_apply_values(
            request_sudo.process_id,
            request_sudo._get_requester(),
            {**self._get_sent_texts(request_sudo), **typed},
            errors,
            request_sudo,
        )
        return {
            **values,
            "answer": "",
            "errors": errors or {},
            "process": request_sudo.process_id,
            "uploads": files.draw(),
        }

    def _take_answer(self, request_sudo, answer, post):
        """Give the answer to the office; return what the page shows of a wrong one."""
        process, requester = request_sudo.process_id, request_sudo._get_requester()
        files = FormFiles.take(
            f"answer-{request_sudo.id}", self._get_answer_places(request_sudo)
        )
        values, errors = {}, {}
        # the form is drawn where it can be corrected
        if "form_sent" in post:
            values, errors = self._parse_apply_values(
                process, requester, post, request_sudo
            )
            inputs = self._make_inputs(process, request_sudo)
            answer_with_files(inputs, values["properties"], files)
        problems = [*files.problems.values()]
        if not errors and not problems:
            try:
                with request.env.cr.savepoint():
                    attached = self._attach_files(request_sudo, files)
                    request_sudo._portal_answer(answer[:MAX_NOTE], values, attached)
                return {}
            except UserError as error:
                problems = [str(error)]
        files.keep()
        return {
            **self._prepare_answer_values(request_sudo, post, errors, files),
            "answer": answer,
            "problems": problems,
        }
