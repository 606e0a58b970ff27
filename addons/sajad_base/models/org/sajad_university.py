import functools

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.binary import decode_binary
from ...tools.file_check import JPG, PNG, Accepted
from ...tools.searches import asked_for_true

# printed small on papers; what scanners and studios give is far below
EMBLEM = Accepted((PNG, JPG), 2 * 1024**2, 1)


class SajadUniversity(models.Model):
    _name = "sajad.university"
    _description = "University"
    _inherit = ["sajad.search.key.mixin", "sajad.mail.sender"]
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
    emblem = fields.Image(
        max_width=256, max_height=256, help="Printed on certificates and other papers."
    )
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
    reporting_ids = fields.Many2many(
        "res.users",
        "sajad_university_reporting_rel",
        "university_id",
        "user_id",
        string="Reporting Officers",
        help="They read the reports of this university.",
    )
    faculty_ids = fields.One2many("sajad.faculty", "university_id", string="Faculties")
    cartable_ids = fields.One2many(
        "sajad.cartable", "university_id", string="Cartables"
    )

    is_member = fields.Boolean(
        string="You Work Here",
        compute="_compute_is_member",
        search="_search_is_member",
        help="You are a member today of a cartable of the university.",
    )
    is_liaison = fields.Boolean(
        string="You Are Its Liaison",
        compute="_compute_is_liaison",
        search="_search_is_liaison",
    )
    is_reporting = fields.Boolean(
        string="You Read Its Reports",
        compute="_compute_is_reporting",
        search="_search_is_reporting",
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

    @api.depends_context("uid")
    @api.depends(
        "cartable_ids.member_ids.user_id",
        "cartable_ids.member_ids.date_from",
        "cartable_ids.member_ids.date_to",
    )
    def _compute_is_member(self):
        own = self._get_own_ids()
        for university in self:
            university.is_member = university.id in own

    @asked_for_true
    def _search_is_member(self):
        return Domain("id", "in", self._get_own_ids())

    @api.model
    def _get_own_ids(self):
        """Return the ids of the universities of the user's cartables, closed ones too.

        As ids, because PostgreSQL then knows how many people a university has.
        """
        own = functools.partial(
            self.env["sajad.cartable"]._get_own_references, "university_id"
        )
        return self.env["sajad.cartable.member"]._ask_once("university", own)

    @api.depends_context("uid")
    @api.depends("liaison_ids")
    def _compute_is_liaison(self):
        for university in self:
            # whose liaison one is oneself is no secret
            university.is_liaison = self.env.user in university.sudo().liaison_ids

    @asked_for_true
    def _search_is_liaison(self):
        return self._get_naming_domain("liaison_ids")

    @api.depends_context("uid")
    @api.depends("reporting_ids")
    def _compute_is_reporting(self):
        for university in self:
            # whose reporting officer one is oneself is no secret
            officers = university.sudo().reporting_ids
            university.is_reporting = self.env.user in officers

    @asked_for_true
    def _search_is_reporting(self):
        return self._get_naming_domain("reporting_ids")

    @api.model
    def _get_naming_domain(self, people):
        """Return the domain of the universities that name the user, as ids."""
        # one's own universities; the rules ask for them
        Own_sudo = self.sudo().with_context(active_test=False)
        found = Own_sudo.search([(people, "in", self.env.uid)], order="id")
        return Domain("id", "in", found.ids)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_emblem(vals.get("emblem"))
        universities = super().create(vals_list)
        universities._close_on_holidays()
        return universities

    def write(self, vals):
        self._check_emblem(vals.get("emblem"))
        result = super().write(vals)
        if {"name", "mail_name"} & set(vals):
            self.filtered("is_organization")._name_site()
        if "calendar_id" in vals:
            self._close_on_holidays()
            self.env["resource.calendar"]._sajad_follow()
        return result

    def _name_site(self):
        """Call the site as the Organization is called, said in one place."""
        for organization in self:
            # Odoo's company stands for the whole site
            company_sudo = self.env.ref("base.main_company").sudo()
            company_sudo.name = organization._get_mail_name()

    @api.model
    def _check_emblem(self, encoded):
        """Refuse what is no picture that papers can show (row B8).

        :param encoded: base64, as the client sends it
        :raise UserError: of another kind, too large, damaged, or no base64
        """
        if not encoded:
            return
        try:
            content = decode_binary(encoded)
        except (ValueError, TypeError):
            content = b"?"
        # the client sends no name: the content alone says what it is
        ending = EMBLEM.get_ending(content)
        name = f"{self.env._('Emblem')}{ending}"
        if problem := self.env["sajad.upload"]._get_problem(name, content, EMBLEM):
            raise UserError(problem)

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
        # which one it is, is no secret
        return self.sudo().search([("is_organization", "=", True)], limit=1)

    def _close_on_holidays(self):
        """Put the public holidays into a calendar that is used for the first time."""
        if self.calendar_id:
            holidays = self.env["sajad.holiday"].search([("is_official", "=", True)])
            holidays._close(self.calendar_id)
