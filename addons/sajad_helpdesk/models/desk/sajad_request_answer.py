from odoo import models
from odoo.tools.mail import plaintext2html


class SajadRequest(models.Model):
    """Requests are answered: written to, and moved by the engine (row D2)."""

    _inherit = "sajad.request"

    def _support_answer(self, outcome, body, files=()):
        """Write to the requesters, and let the requests move on.

        Whoever answers takes what nobody has taken.

        :param str outcome: "note" for colleagues only, "answer", "wait" for the
            requester, or "solve"
        :param str body: plain text with the places of ready answers
        :param files: [(name, content)]
        :return: {request: sentence} of those that were not answered
        """
        if outcome == "note":
            self.check_access("read")
            self._support_post(body, files, "mail.mt_note")
            return {}
        tasks, problems = self._find_answerable()
        # what moves a request is told by its notice, with the same text
        tasks.request_id._support_post(
            body, files, "mail.mt_comment", told_by_notice=outcome != "answer"
        )
        moved = tasks._support_move(outcome, body)
        return {**problems, **{task.request_id: text for task, text in moved.items()}}

    def _find_answerable(self):
        """Return (work to answer, locked; {request: sentence} of the rest)."""
        engine = self.env["sajad.engine"]
        tasks = self._get_support_tasks()
        found = engine._get_problems(tasks, engine._get_memberships(tasks))
        problems = {task.request_id: text for task, text in found.items()}
        for request in self - tasks.request_id:
            problems[request] = self.env._(
                "Request %(number)s is not in a cartable of yours to be answered.",
                number=request.name,
            )
        allowed = tasks.filtered(lambda task: task not in found)
        # what was said is said only if the request moves; rights were asked for
        locked_sudo = allowed.request_id.sudo().try_lock_for_update(
            allow_referencing=True
        )
        for task in allowed.filtered(lambda t: t.request_id.id not in locked_sudo.ids):
            problems[task.request_id] = engine._get_in_use_problem()
        return allowed.filtered(lambda t: t.request_id.id in locked_sudo.ids), problems

    def _support_post(self, body, files, subtype, told_by_notice=False):
        """Write a message on each request, in its own words and in one's own name.

        :param bool told_by_notice: the requester gets a notice that says the same
        """
        Reply = self.env["sajad.support.reply"]
        for request in self:
            request.message_post(
                body=plaintext2html(Reply._fill_in(body, request)),
                attachments=list(files),
                message_type="comment",
                subtype_xmlid=subtype,
                told_by_notice=told_by_notice,
            )

    def _batch_support_answer(self, outcome, body, attachment_ids=()):
        """Answer these as the dialog does; return {request: problem}."""
        attachments = self.env["ir.attachment"].browse(attachment_ids)
        files = [(file.name, file.raw) for file in attachments]
        return self._support_answer(outcome, body, files)
