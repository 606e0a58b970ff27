from odoo import api, models

from ...tools.mail_reading import repair


class MailThread(models.AbstractModel):
    """Mails about requests are judged before anything is made of them (row D1).

    Odoo looks at no header of automatic mails, takes everybody who has a reference for
    a party, and an answer to the address of a desk for a new matter.
    """

    _inherit = "mail.thread"

    @api.model
    def _message_parse_extract_payload(self, message, *args, **kwargs):
        repair(message)
        return super()._message_parse_extract_payload(message, *args, **kwargs)

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        # the list is the system's: whoever sent a mail has no rights on it
        Mail_sudo = self.env["sajad.support.mail"].sudo()
        routes = Mail_sudo._reroute(message, message_dict, routes)
        return super()._message_route_process(message, message_dict, routes)
