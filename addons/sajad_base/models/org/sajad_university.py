from odoo import api, fields, models


class SajadUniversity(models.Model):
    _name = "sajad.university"
    _description = "University"
    _inherit = ["sajad.search.key.mixin"]
    _order = "is_organization desc, name"
    _spelling = {"name": "text", "code": "number", "city": "text"}
    _search_key_fields = ("name", "code")

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Unique code of the university.")
    is_organization = fields.Boolean(
        string="Is the Organization",
        help="The Students Affairs Organization is a university record too, so that "
        "cartables of national offices need no special case.",
    )
    city = fields.Char(translate=True)
    active = fields.Boolean(default=True)
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Working Calendar",
        help="Time limits of steps are counted in these working hours.",
    )
    liaison_ids = fields.Many2many(
        "res.users",
        "sajad_university_liaison_rel",
        "university_id",
        "user_id",
        string="Liaisons",
        help="They ask the Organization for cartables on behalf of the university.",
    )
    faculty_ids = fields.One2many("sajad.faculty", "university_id", string="Faculties")
    cartable_ids = fields.One2many(
        "sajad.cartable", "university_id", string="Cartables"
    )

    process_ids = fields.Many2many(
        "sajad.process",
        string="Services of Its Own",
        domain="['|', ('university_ids', '!=', False), ('only_chosen', '=', True)]",
        help="Of the processes that are not offered everywhere, those offered here.",
    )

    _code_uniq = models.Constraint("unique(code)", "This university code is in use.")
    _organization_uniq = models.UniqueIndex(
        "(is_organization) WHERE is_organization IS TRUE",
        "There is only one Organization.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        universities = super().create(vals_list)
        universities._close_on_holidays()
        return universities

    def write(self, vals):
        result = super().write(vals)
        if "calendar_id" in vals:
            self._close_on_holidays()
            self.env["resource.calendar"]._sajad_follow()
        return result

    def _get_liaisons(self):
        """Return the liaisons who can be asked: nobody reads with a closed account."""
        return self.liaison_ids.filtered("active")

    def _get_gap_notice(self):
        """Return (kind of notice, users) of who is told that an office is missing.

        The liaisons; where there is none to ask, the Organization (row A4).
        """
        if liaisons := self._get_liaisons():
            return "gap", liaisons
        # who works for the Organization is no secret of one user
        group_sudo = self.env.ref("sajad_base.group_sajad_organization").sudo()
        return "gap_unasked", group_sudo.user_ids.filtered("active")

    def _batch_remind_liaisons(self, gap_ids):
        """Remind the liaisons of these universities of those offices (row A4)."""
        domain = [("id", "in", gap_ids), ("university_id", "in", self.ids)]
        self.env["sajad.cartable.gap"].search(domain)._get_to_remind()._remind()

    @api.model
    def _get_organization(self):
        """Return the Organization with elevated rights: which it is, is no secret."""
        return self.sudo().search([("is_organization", "=", True)], limit=1)

    def _close_on_holidays(self):
        """Put the public holidays into a calendar that is used for the first time."""
        if self.calendar_id:
            holidays = self.env["sajad.holiday"].search([("is_official", "=", True)])
            holidays._close(self.calendar_id)
