from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.sajad_base.tools.sentences import list_quoted


class SajadTask(models.Model):
    """Work on the documents of a dossier (row C5)."""

    _inherit = "sajad.task"

    dossier_id = fields.Many2one(related="request_id.dossier_id")
    dossier_phase = fields.Selection(related="request_id.dossier_phase")

    def action_open_documents(self):
        """Open the documents of the request, the first that waits here before all.

        :raise UserError: there are none yet
        """
        self.ensure_one()
        self.check_access("read")
        request = self.request_id
        documents = request._get_dossier_documents().get(request)
        if not documents:
            raise UserError(self.env._("The dossier has no document of this phase."))
        # which step it is, is known to whoever sees the work
        tier = self.sudo()._get_dossier_tier()
        ordered = documents.sorted(lambda d: (tier not in d._get_turns(), d.id))
        return ordered._open_side_by_side()

    def action_return_rejected(self):
        """Return requests with all their rejected documents at once (row C5).

        :raise UserError: of one, a document is undecided yet, or none is rejected
        :return: for several records, an action that shows one line per record
        """
        return self._report(self.env["sajad.engine"]._return_rejected(self))

    def _get_undecided_documents(self):
        """Return {task: documents on which its office has to decide first}.

        Called with elevated rights. The faculty leaves to the university what it may
        not see, and what the person who decides has brought where one office is enough.
        """
        undecided = {}
        by_request = self.request_id._get_dossier_documents()
        for task in self.filtered("request_id.dossier_id"):
            documents = by_request[task.request_id].filtered(lambda d: d._get_turns())
            if task._get_dossier_tier() == "faculty":
                documents = documents.filtered(lambda d: "faculty" in d._get_turns())
                visible = documents.sudo(False)._filtered_access("read")
                documents = documents.filtered(
                    lambda d, visible=visible: (
                        d in visible
                        and not (
                            d._is_brought_by_user() and "university" in d._get_turns()
                        )
                    )
                )
            undecided[task] = documents
        return undecided

    def _get_document_problems(self):
        """Return {task: [sentences]} of documents that keep work from approval."""
        by_request = self.request_id._get_dossier_documents()
        problems = {}
        for task, documents in self._get_undecided_documents().items():
            rejected = by_request[task.request_id].filtered(
                lambda d: d.state == "rejected"
            )
            if sentences := task._get_document_sentences(documents, rejected):
                problems[task] = sentences
        return problems

    def _get_document_sentences(self, undecided, rejected):
        level = self._get_dossier_tier()
        own = undecided.filtered(lambda d: level in d._get_turns())
        sentences = []
        if own:
            names = list_quoted(self.env, own.mapped("name"))
            sentences.append(
                self.env._("Decide on these first: %(names)s", names=names)
            )
        if others := undecided - own:
            names = list_quoted(self.env, others.mapped("name"))
            sentences.append(
                self.env._(
                    "These wait for the faculty, send the request back to it: "
                    "%(names)s",
                    names=names,
                )
            )
        if rejected:
            names = list_quoted(self.env, rejected.mapped("name"))
            sentences.append(
                self.env._(
                    "These are rejected, return the request with them: %(names)s",
                    names=names,
                )
            )
        return sentences

    def _get_dossier_tier(self):
        """Return whether the faculty or the university decides, of `TIERS`."""
        return self.env["sajad.engine"]._get_step(self).role_level
