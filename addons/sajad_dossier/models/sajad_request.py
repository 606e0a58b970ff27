from odoo import api, fields, models

from .sajad_document_type import PHASES


class SajadRequest(models.Model):
    """A request to verify what a dossier holds of one phase (row C5)."""

    _inherit = "sajad.request"

    dossier_id = fields.Many2one(
        "sajad.dossier", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    dossier_phase = fields.Selection(
        PHASES, string="Phase of the Dossier", readonly=True
    )
    ended_dossier = fields.Boolean(
        readonly=True, help="Its end made the dossier one of a graduate."
    )
    # ends with it when it is taken back; whose it is reads it alone
    dossier_import_id = fields.Many2one(
        "sajad.dossier.import",
        string="Bulk Upload",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_no_one",
    )

    @api.model
    def _get_open_key(self, process, requester):
        # when a request is open again, it is asked on the request itself
        if len(self) == 1 and self.dossier_id:
            return self.dossier_id._get_request_key(self.dossier_phase)
        return super()._get_open_key(process, requester)

    @api.model
    def _filter_offered(self, processes, requesters):
        # documents are submitted in the dossier
        offered = super()._filter_offered(processes, requesters)
        return offered.filtered(lambda process: process.matter != "dossier")

    @api.model
    def _get_about(self, key):
        kind, _dash, number = key.partition("-")
        if kind != "dossier" or not number.isdecimal():
            return super()._get_about(key)
        own_sudo = self.env["sajad.dossier"]._get_own()
        dossier_sudo = own_sudo.filtered(lambda dossier: dossier.id == int(number))
        if not dossier_sudo:
            return {}
        return {
            "label": self.env._(
                "Dossier %(number)s, %(university)s",
                number=dossier_sudo.student_number,
                university=dossier_sudo.university_id.name,
            ),
            "url": dossier_sudo._get_portal_url(),
        }

    def _get_dossier_documents(self):
        """Return {request: documents of its dossier and phase}, deleted ones left out.

        With the rights of the caller: what somebody may not see is not there.
        """
        requests = self.filtered("dossier_id")
        documents = self.env["sajad.dossier.document"].search(
            [
                ("dossier_id", "in", requests.dossier_id.ids),
                ("phase", "in", list(set(requests.mapped("dossier_phase")))),
                ("date_deleted", "=", False),
            ]
        )
        by_place = documents.grouped(lambda d: (d.dossier_id.id, d.phase))
        none = documents.browse()
        return {
            request: by_place.get((request.dossier_id.id, request.dossier_phase), none)
            for request in requests
        }
