from odoo import models


class SajadCartable(models.Model):
    """Offices that settle disputes, opened before or after them (row D6)."""

    _inherit = "sajad.cartable"

    def _link_scopes(self):
        result = super()._link_scopes()
        self._read_disputed()
        return result

    def _read_disputed(self):
        """Let those who settle disputes read the requests these are about.

        Of a service whose requests only some may read, exactly those and no other.
        """
        # routes are the system's: whoever opens a cartable need not see the disputes
        settling_sudo = self.sudo().filtered("role_id.settles_disputes")
        Dispute_sudo = settling_sudo.env["sajad.dispute"]
        for cartable in settling_sudo:
            disputes = Dispute_sudo.search([("scope_id", "in", cartable.scope_ids.ids)])
            for request in disputes.request_id:
                request.env["sajad.scope"]._let_read(request, cartable)
