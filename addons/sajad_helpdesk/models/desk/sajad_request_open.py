from odoo import api, models


class SajadRequest(models.Model):
    """Experts make requests: for somebody, or out of another request (row D2)."""

    _inherit = "sajad.request"

    @api.model
    def _support_open(self, requester, **values):
        """Return a new support request of a requester, submitted by the user.

        The caller has checked that the user may do this; the requester is told as if
        the request were sent from the portal.

        :param requester: a record of a model that inherits `sajad.requester`
        :param values: fields of the request
        """
        process = self.env.ref("sajad_helpdesk.sajad_process_support")
        # only the engine creates requests
        Request_sudo = self.sudo().with_context(mail_create_nolog=True)
        request_sudo = Request_sudo.create(
            {
                "process_id": process.id,
                # experts read no other university
                **requester.sudo()._prepare_requester_vals(),
                **values,
            }
        )
        request_sudo.env["sajad.engine"]._submit(request_sudo)
        return request_sudo.sudo(self.env.su).with_context(mail_create_nolog=False)

    def action_support_split(self):
        """Open the dialog that makes a second request out of this one (row D2).

        :raise UserError: the request lies in no cartable of the user
        """
        self.ensure_one()
        self._check_support_charge()
        # no record yet: its empty fields would be red before anybody writes
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "sajad_helpdesk.sajad_support_open_action"
            ),
            "context": {"default_former_id": self.id},
        }
