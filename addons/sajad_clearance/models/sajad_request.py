from odoo import api, fields, models


class SajadRequest(models.Model):
    _inherit = "sajad.request"

    # A prefetch group of their own: lists of other processes do not read them.
    clearance_reason = fields.Selection(
        [
            ("graduation", "Graduation"),
            ("withdrawal", "Withdrawal"),
            ("expulsion", "Expulsion"),
            ("non_registration", "Non-registration (deemed withdrawn)"),
            ("transfer", "Transfer"),
            ("previous_documents", "To receive previous-degree documents"),
        ],
        string="Reason for Clearance",
        readonly=True,
        prefetch="clearance",
    )
    card_delivered = fields.Boolean(
        string="Student Card Delivered",
        readonly=True,
        prefetch="clearance",
        help="What the student says; the office records what it received.",
    )

    @api.model
    def _get_portal_fields(self):
        return super()._get_portal_fields() | {"clearance_reason", "card_delivered"}

    @api.model
    def _load_demo_clearance(self):
        """Replay the demo stories; called by the demo data alone."""
        # read at that moment only: a database without demo data never needs it
        from ..demo import scenario

        # before the stories: certificates freeze names in all languages
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        self.env["ir.module.module"]._load_module_terms(["sajad_clearance"], langs)
        self.env.invalidate_all()
        scenario.run(self.env)
