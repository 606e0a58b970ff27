from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.sajad_base.engine.states import WITHDRAWABLE

from .sajad_document_type import PHASES

# what offices still have to decide on
WAITING = ("submitted", "checked")


class SajadDossier(models.Model):
    """Documents of a phase travel through the offices as one request (row C5)."""

    _inherit = "sajad.dossier"

    request_ids = fields.One2many("sajad.request", "dossier_id", string="Requests")

    def action_send_for_check(self):
        """Send to the offices what waits for a check, a request for each phase.

        :raise AccessError: the user is not in charge of the dossiers
        """
        self._check_keeper()
        # who may was asked; the engine makes requests
        dossiers_sudo = self.sudo()
        for phase, _label in PHASES:
            dossiers_sudo._filter_waiting(phase)._send_for_check(phase)

    def action_final_check(self):
        """Begin the final check at the end of the study (row C9).

        :raise AccessError: the user is not in charge of the dossiers
        :raise UserError: it has begun already, or no office makes it
        """
        self._check_keeper()
        # who may was asked; the engine makes requests
        dossiers_sudo = self.sudo()
        if dossiers_sudo._get_open_requests("graduation"):
            raise UserError(self.env._("The final check has begun already."))
        if not dossiers_sudo._send_for_check("graduation"):
            raise UserError(self.env._("No process of final checks is published yet."))

    def action_open_requests(self):
        """Open the requests of the dossier."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_base.sajad_request_action"
        )
        action["domain"] = [("dossier_id", "=", self.id)]
        action["context"] = {}
        return action

    def _send_complete(self, **values):
        """Send on what waits for a check in phases that have all they need (row C8).

        What travels already is joined by the rest. Where no request can be made, the
        documents wait for the button of the office. Called with elevated rights.

        :param values: of the new requests
        :return: {dossier: sentence} of those that were not sent
        :rtype: dict
        """
        problems = {}
        for phase, _label in PHASES:
            waiting = self._filter_waiting(phase)
            ready = waiting._filter_present(phase)
            ready |= waiting._get_open_requests(phase).dossier_id
            if ready:
                problems |= ready._try_to_send(phase, values)
        return problems

    def _try_to_send(self, phase, values):
        try:
            with self.env.cr.savepoint():
                self._send_for_check(phase, **values)
                self.env.flush_all()
        except UserError as error:
            if len(self) == 1:
                return {self: str(error)}
        else:
            return {}
        # one of them must not hold the others back
        problems = {}
        for dossier in self:
            problems |= dossier._try_to_send(phase, values)
        return problems

    def _filter_present(self, phase):
        """Return the dossiers in which nothing of a phase is missing or rejected."""
        rows = self.env["sajad.dossier.phase"].search(
            [("dossier_id", "in", self.ids), ("phase", "=", phase)]
        )
        short = rows.filtered(lambda row: row.present_count < row.required_count)
        return self - short.dossier_id

    def _send_for_check(self, phase, **values):
        """Let the documents of a phase travel through the offices.

        Dossiers whose documents travel already join them; what was returned to the
        student goes back to its office as soon as all is corrected. Called with
        elevated rights; the caller has checked who may.

        :param phase: of `PHASES`
        :param values: of the new requests
        :return: the open requests of the dossiers
        """
        requests = self._get_open_requests(phase)
        for request in requests.filtered(lambda r: r.state == "returned"):
            states = request._get_dossier_documents()[request].mapped("state")
            if "rejected" not in states:
                text = self._get_answer_text(request)
                self.env["sajad.engine"]._answer(request, text)
        vals_list = []
        for dossier in self - requests.dossier_id:
            vals = dossier._prepare_request(phase)
            if vals["process_id"]:
                vals_list.append(vals | values)
        new = self.env["sajad.request"].with_context(mail_create_nolog=True)
        new = new.create(vals_list).with_env(self.env)
        if new:
            self.env["sajad.engine"]._submit(new)
        return requests | new

    def _prepare_request(self, phase):
        student = self.student_id
        process = self.env["sajad.process"]._get_dossier_process(self.university_id)
        return {
            **student._prepare_requester_vals(),
            "process_id": process.id,
            "dossier_id": self.id,
            "dossier_phase": phase,
            "open_key": self._get_request_key(phase),
        }

    def _get_request_key(self, phase):
        """Return what a dossier has once among open requests."""
        self.ensure_one()
        return f"dossier-{self.id}-{phase}"

    def _get_open_requests(self, phase):
        return self.env["sajad.request"].search(
            [
                ("dossier_id", "in", self.ids),
                ("dossier_phase", "=", phase),
                # what waits for its fee is open, too
                ("state", "in", WITHDRAWABLE),
            ]
        )

    def _get_answer_text(self, request):
        documents = request._get_dossier_documents()[request]
        waiting = documents.filtered(lambda d: d.state in WAITING)
        return "\n".join(waiting.mapped("name"))

    def _filter_waiting(self, phase):
        """Return the dossiers with documents of a phase that wait for a check."""
        documents = self.env["sajad.dossier.document"].search(
            [
                ("dossier_id", "in", self.ids),
                ("phase", "=", phase),
                ("state", "in", WAITING),
                ("date_deleted", "=", False),
            ]
        )
        return documents.dossier_id
