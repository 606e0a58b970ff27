from odoo import models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    # what one person has sent lately is counted with each file
    _sajad_sender_idx = models.Index("(create_uid, create_date)")
