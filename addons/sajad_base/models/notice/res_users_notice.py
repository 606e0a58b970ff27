from odoo import fields, models


class ResUsers(models.Model):
    """How often staff are told of work in their cartables."""

    _inherit = "res.users"

    sajad_notice_mode = fields.Selection(
        [
            ("now", "Soon after it arrives"),
            ("daily", "Once a day"),
            ("none", "Never"),
        ],
        string="Mails about Work",
        default="daily",
        required=True,
        help="About new work in one's cartables, and work that became late.",
    )
    sajad_notice_date = fields.Datetime(
        string="Told of Work on", readonly=True, copy=False
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["sajad_notice_mode"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        # the own name is that of the register, or of the letter that introduced the
        # person: papers print it, and others read messages under it
        own = [name for name in super().SELF_WRITEABLE_FIELDS if name != "name"]
        return own + ["sajad_notice_mode"]
