from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class SajadLiaisonAppoint(models.TransientModel):
    """The Organization names the liaison of a university, with an account (row A4)."""

    _name = "sajad.liaison.appoint"
    _description = "Appoint a Liaison"
    _inherit = ["sajad.appointee"]

    university_id = fields.Many2one("sajad.university", required=True, readonly=True)
    person_name = fields.Char(required=True)
    national_id = fields.Char(required=True)
    mobile = fields.Char(required=True)
    email = fields.Char(required=True)

    def action_appoint(self):
        """Find or invite the person and make them liaison of the university.

        :raise AccessError: the user is not of the Organization
        :raise UserError: the person cannot be appointed there
        """
        self.ensure_one()
        if not self.env.user.has_group("sajad_base.group_sajad_organization"):
            raise AccessError(self.env._("The Organization appoints liaisons."))
        university = self.university_id
        if university.is_organization:
            raise UserError(self.env._("The Organization needs no liaison."))
        group = self.env.ref("sajad_base.group_sajad_liaison")
        user_sudo = self._get_or_invite_user(university, group)
        university.liaison_ids = [fields.Command.link(user_sudo.id)]
        person_sudo = user_sudo.partner_id
        Notice = self.env["sajad.notice"]
        Notice._queue(
            "liaison",
            person_sudo,
            note=Notice._localize(university, person_sudo).name,
            path="/odoo/sajad-offices-without-anyone",
        )
        return {"type": "ir.actions.act_window_close"}
