from odoo import api, fields, models
from odoo.fields import Domain


class SajadInstitution(models.Model):
    """A university or an outside body that asks, through persons whom it named.

    Its requests are read by those who are its members today, never by way of the
    tree of companies and contacts.
    """

    _name = "sajad.institution"
    _description = "Institution"
    _inherit = ["sajad.search.key.mixin", "sajad.requester"]
    _order = "name, id"
    _rec_names_search = ("name", "code")
    _spelling = {"name": "text", "code": "number"}
    _search_key_fields = ("name", "code")
    _requester_kind = "institution"

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    active = fields.Boolean(default=True)
    university_id = fields.Many2one(
        "sajad.university",
        ondelete="restrict",
        domain="[('is_organization', '=', False)]",
        help="Which of the universities it is. Empty for an outside body: its requests "
        "go to the Organization.",
    )
    member_ids = fields.One2many(
        "sajad.institution.member", "institution_id", string="Members"
    )

    _code_uniq = models.Constraint("unique(code)", "This institution code is in use.")
    _university_uniq = models.Constraint(
        "unique(university_id)", "This university is an institution already."
    )

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            # whoever it named asks on its behalf no more, or again
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        # its members went with it
        self.env.registry.clear_cache()
        return result

    @api.onchange("university_id")
    def _onchange_university_id(self):
        if self.university_id:
            self.name = self.name or self.university_id.name
            self.code = self.code or self.university_id.code

    def _get_members(self):
        """Return the users who are members today."""
        if not self:
            return self.env["res.users"]
        Member = self.env["sajad.institution.member"]
        domain = Domain("institution_id", "in", self.ids)
        members = Member.search(domain & Member._get_active_domain())
        return members.user_id.filtered("active")

    def _get_requester_university(self):
        # which record is the Organization is no secret
        return self.university_id or self.env["sajad.university"]._get_organization()

    def _prepare_requester_vals(self):
        return {**super()._prepare_requester_vals(), "institution_id": self.id}

    def _get_requester_texts(self):
        return self.name, self.code

    def _get_requester_label(self):
        # the code is for imports and searches; people know the name
        return self.name

    def _get_requester_details(self):
        return [self._get_requester_university().name]
