from odoo import fields, models
from odoo.exceptions import UserError


class SajadRequest(models.Model):
    """The certificates of a clearance request (row B8)."""

    _inherit = "sajad.request"

    certificate_ids = fields.One2many(
        "sajad.clearance.certificate", "request_id", string="Certificates"
    )

    def write(self, vals):
        """Revoke the certificates of requests that are open again."""
        reopened = self.browse()
        if vals.get("state", "done") != "done":
            reopened = self.filtered(lambda request: request.state == "done")
        result = super().write(vals)
        if reopened:
            # whoever reopens a request was checked by the engine
            reopened.sudo().certificate_ids._revoke(
                self.env._("The clearance was opened again.")
            )
        return result

    def _get_valid_certificates(self):
        """Return the valid certificates of requests that the user may read."""
        self.check_access("read")
        found = self.env["sajad.clearance.certificate"]._get_valid(self)
        return self.env["sajad.clearance.certificate"].union(*found.values())

    def action_print_certificates(self):
        """Print the valid certificates of the requests. Row B8

        :raise UserError: none of them has one
        """
        certificates = self._get_valid_certificates()
        if not certificates:
            raise UserError(
                self.env._(
                    "There is no valid certificate: it is issued when the last office "
                    "has cleared the student."
                )
            )
        return certificates.action_print()

    def action_open_certificates(self):
        """Open the certificates of the requests, revoked ones too."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_clearance.sajad_clearance_certificate_action"
        )
        action["domain"] = [("request_id", "in", self.ids)]
        action["context"] = {}
        return action
