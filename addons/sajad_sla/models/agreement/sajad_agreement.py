from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SajadAgreement(models.Model):
    """The service level agreement of a service: one document in versions (row D3)."""

    _name = "sajad.agreement"
    _description = "Service Level Agreement"
    _order = "process_id, id"
    _rec_name = "process_id"

    process_id = fields.Many2one(
        "sajad.process",
        string="Service",
        required=True,
        index=True,
        ondelete="restrict",
    )
    active = fields.Boolean(default=True)
    version_ids = fields.One2many(
        "sajad.agreement.version", "agreement_id", string="Versions"
    )
    published_id = fields.Many2one(
        "sajad.agreement.version",
        string="In Force",
        compute="_compute_versions",
        search="_search_published_id",
    )
    draft_id = fields.Many2one("sajad.agreement.version", compute="_compute_versions")
    call_end = fields.Date(related="process_id.call_end", string="Ends on")
    is_ended = fields.Boolean(
        string="Ended",
        compute="_compute_is_ended",
        help="The agreement ends with the call of its service.",
    )

    _process_uniq = models.Constraint(
        "unique(process_id)", "There is an agreement of this service already."
    )

    @api.depends("version_ids.state")
    def _compute_versions(self):
        for agreement in self:
            by_state = {version.state: version for version in agreement.version_ids}
            agreement.published_id = by_state.get("published")
            agreement.draft_id = by_state.get("draft")

    def _search_published_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = self.env["sajad.agreement.version"].search(
            [("state", "=", "published")]
        )
        wanted = found.filtered(lambda version: version.id in value).agreement_id
        ids = wanted.ids
        if False in value:
            ids += self.search([("id", "not in", found.agreement_id.ids)]).ids
        return [("id", "in", ids)]

    def _compute_is_ended(self):
        for agreement in self:
            process = agreement.process_id
            agreement.is_ended = process and process._get_call_state() == "closed"

    @api.model_create_multi
    def create(self, vals_list):
        """Begin each agreement with a draft of all sections."""
        agreements = super().create(vals_list)
        for agreement in agreements:
            agreement._make_draft()
        return agreements

    def write(self, vals):
        """Keep what an agreement is of: its versions speak of that service.

        :raise UserError: another service
        """
        if "process_id" in vals and any(
            agreement.process_id.id != vals["process_id"] for agreement in self
        ):
            raise UserError(self.env._("An agreement stays that of its service."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if any(version.state != "draft" for version in self.version_ids):
            raise UserError(
                self.env._("An agreement that was in force is archived, not deleted.")
            )

    def _get_public_versions(self):
        """Return what is or was in force, the latest first."""
        versions = self.version_ids.sorted()
        return versions.filtered(lambda version: version.state != "draft")

    def action_new_version(self):
        """Open the draft of the agreement; make it of what is in force (row D3).

        A second click opens the same draft.

        :raise AccessError: the user does not write agreements
        """
        self.ensure_one()
        self.check_access("write")
        draft = self.draft_id or self._make_draft()
        return {
            "type": "ir.actions.act_window",
            "res_model": draft._name,
            "res_id": draft.id,
            "views": [(False, "form")],
        }

    def _make_draft(self):
        """Return a new draft: a copy of the last version, or of the sections."""
        self.ensure_one()
        # what was made in the same transaction stands last in the cache
        last = self.version_ids.sorted()[:1]
        # versions are made here alone; who may was asked by the caller
        Version_sudo = self.env["sajad.agreement.version"].sudo()
        draft_sudo = Version_sudo.create(
            {
                "agreement_id": self.id,
                "number": last.number + 1,
                **({"dispute_days": last.dispute_days} if last else {}),
            }
        )
        sections = self.env["sajad.agreement.section"].search(Domain.TRUE)
        draft_sudo._copy_texts(last.text_ids or sections)
        return draft_sudo.sudo(False)
