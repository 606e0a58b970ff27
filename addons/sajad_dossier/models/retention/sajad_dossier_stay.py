from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SajadDossierStay(models.Model):
    """A case because of which nothing of a dossier is destroyed (row C2).

    A dossier may have several; only when each is lifted may its papers go.
    """

    _name = "sajad.dossier.stay"
    _description = "Stay of Destruction"
    _inherit = ["sajad.client.guard", "sajad.search.key.mixin"]
    _client_create_fields = frozenset({"dossier_id", "number", "reason"})
    _order = "date_released desc nulls first, id desc"
    _rec_name = "number"
    _spelling = {"number": "number"}
    _search_key_fields = ("number",)

    dossier_id = fields.Many2one(
        "sajad.dossier", required=True, index=True, ondelete="restrict"
    )
    faculty_id = fields.Many2one(
        related="dossier_id.faculty_id", store=True, index=True
    )
    number = fields.Char(
        string="Case Number", required=True, help="Of the court, audit or complaint."
    )
    reason = fields.Text(required=True)
    date_released = fields.Datetime(string="Lifted on", readonly=True)
    released_by_id = fields.Many2one("res.users", string="Lifted by", readonly=True)
    release_reason = fields.Text(string="Why It Was Lifted", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Keep dossiers from destruction, at once.

        :raise AccessError: the user is not in charge of the dossiers
        :raise UserError: a reason is blank
        """
        stays = super().create(vals_list)
        if not all(stay.reason.strip() for stay in stays):
            raise UserError(self.env._("Say why its papers stay."))
        if not self.env.su:
            stays.dossier_id._check_keeper()
        # whoever destroys at this moment waits for it, or it for them
        stays.sudo().dossier_id.lock_for_update()
        return stays

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self._get_client_refusal())

    def _get_client_refusal(self):
        return self.env._("A stay is lifted with a reason, never changed or deleted.")

    def action_release(self, reason):
        """Lift stays, for a reason that stays with them (row C2).

        :param str reason: never empty
        :raise AccessError: the user is not in charge of the dossiers
        :raise UserError: no reason, or lifted already
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why it is lifted."))
        self.check_access("read")
        self.dossier_id._check_keeper()
        # who may was asked; clients never write stays
        stays_sudo = self.sudo()
        stays_sudo.lock_for_update()
        if any(stay.date_released for stay in stays_sudo):
            raise UserError(self.env._("This stay was lifted before."))
        stays_sudo.write(
            {
                "date_released": fields.Datetime.now(),
                "released_by_id": self.env.uid,
                "release_reason": reason,
            }
        )
