from odoo import api, fields, models, tools
from odoo.fields import Domain

from odoo.addons.sajad_base.tools.searches import asked_for_true
from odoo.addons.sajad_base.tools.sentences import within_quotes
from odoo.addons.sajad_fee.tools.rials import get_currency_id

LATE_BATCH = 200


class SajadOffice(models.Model):
    """A role at a university or faculty: what an office holds against students.

    A hold belongs to an office and not to a cartable, for it exists before any
    clearance and holds in each process that the office takes part in.
    """

    _name = "sajad.office"
    _description = "Office"
    _order = "university_id, role_id, id"
    _rec_names_search = ("role_id", "university_id")

    role_id = fields.Many2one(
        "sajad.role", required=True, readonly=True, index=True, ondelete="cascade"
    )
    university_id = fields.Many2one(
        "sajad.university",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    faculty_id = fields.Many2one(
        "sajad.faculty",
        readonly=True,
        ondelete="cascade",
        help="Only where the role is a faculty's.",
    )
    cartable_ids = fields.One2many("sajad.cartable", "office_id", string="Cartables")
    is_member = fields.Boolean(
        string="You Work Here",
        compute="_compute_is_member",
        search="_search_is_member",
        help="You are a member today of a cartable of the office.",
    )
    auto_clear = fields.Boolean(
        string="Pass Without Holds",
        help="Students against whom this office holds nothing pass it by themselves. "
        "Steps with checks, visits under way or a number to give still wait.",
    )

    auto_recheck = fields.Boolean(
        string="Pass the Second Round",
        help="A second round of this office passes by itself when no hold of the "
        "student changed since the first.",
    )
    late_plan = fields.Selection(
        [("tell", "Only Tell"), ("reopen", "Tell, and Hold Up Again")],
        string="Late Instalments",
        required=True,
        default="tell",
        help="What happens in the night after an instalment was not paid.",
    )
    hold_count = fields.Integer(compute="_compute_hold_counts", string="Open Holds")
    hold_amount = fields.Monetary(compute="_compute_hold_counts", string="Open Amount")
    currency_id = fields.Many2one("res.currency", compute="_compute_hold_counts")

    _key_uniq = models.UniqueIndex(
        "(role_id, university_id, COALESCE(faculty_id, 0))",
        "This office exists already.",
    )

    @api.depends("role_id.name", "university_id.name", "faculty_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for office in self:
            parts = (
                office.role_id.name,
                office.faculty_id.name,
                office.university_id.name,
            )
            office.display_name = " - ".join(part for part in parts if part)

    @api.depends_context("uid")
    @api.depends(
        "cartable_ids.member_ids.user_id",
        "cartable_ids.member_ids.date_from",
        "cartable_ids.member_ids.date_to",
    )
    def _compute_is_member(self):
        own = self.env["sajad.cartable"]._get_own_references("office_id")
        for office in self:
            office.is_member = office.id in own

    @asked_for_true
    def _search_is_member(self):
        own = self.env["sajad.cartable"]._get_own_references("office_id")
        return Domain("id", "in", own)

    def _compute_hold_counts(self):
        groups = (
            self.env["sajad.hold"]
            # Counts only: a liaison sees them and none of the holds.
            .sudo()
            ._read_group(
                [("office_id", "in", self.ids), ("state", "=", "open")],
                ["office_id"],
                ["__count", "residual:sum"],
            )
        )
        counts = {office.id: values for office, *values in groups}
        currency = get_currency_id(self.env)
        for office in self:
            office.hold_count, office.hold_amount = counts.get(office.id, (0, 0))
            office.currency_id = currency

    @api.model
    def _get_decided(self):
        """Return the offices in which the user decides today: no supervisors.

        Another system has the offices that were given to it.
        """
        if self.env.user.has_group("sajad_clearance.group_hold_system"):
            # the own system, of which its account reads nothing
            System_sudo = self.env["sajad.hold.system"].sudo()
            systems_sudo = System_sudo.search([("user_id", "=", self.env.uid)])
            return systems_sudo.office_ids.with_env(self.env)
        # own cartables, whatever the user may read of them
        Cartable_sudo = self.env["sajad.cartable"].sudo()
        cartables_sudo = Cartable_sudo.search_fetch(
            [("is_mine", "=", True)], ["office_id"]
        )
        return cartables_sudo.office_id.with_env(self.env)

    def _get_deciders(self):
        """Return the users who decide here today."""
        Member = self.env["sajad.cartable.member"]
        members = Member.search(
            Domain("cartable_id", "in", self.cartable_ids.ids)
            & Member._get_decider_domain()
        )
        return members.user_id

    # ------------------------------------------------------------
    # LATE INSTALMENTS
    # ------------------------------------------------------------

    @api.model
    def _cron_late(self):
        """Tell of late instalments, or open their holds again (nightly)."""
        late = self.env["sajad.hold"].search([("is_late", "=", True)])
        late = late.filtered(lambda hold: hold.date_told != hold.date_next)
        for start in range(0, len(late), LATE_BATCH):
            batch = late[start : start + LATE_BATCH]
            for office, holds in batch.grouped("office_id").items():
                office._handle_late(holds)
            remaining = len(late) - start - len(batch)
            if not self.env["ir.cron"]._commit_progress(
                len(batch), remaining=remaining
            ):
                break

    def _handle_late(self, holds):
        """Do with late plans what the office wants, and tell everybody once."""
        self.ensure_one()
        if self.late_plan == "reopen":
            for lang, members in holds.grouped(lambda h: h.partner_id.lang).items():
                env = self.with_context(lang=lang).env
                members._reopen(env._("The instalments were not kept."))
        self._queue_late_notices(holds)
        Notice = self.env["sajad.notice"]
        for hold in holds:
            hold.date_told = hold.date_next
            person = hold.partner_id
            note = Notice._localize(hold, person)._get_late_note()
            Notice._queue("hold_late", person, hold_id=hold.id, note=note)

    def _queue_late_notices(self, holds):
        """Tell each person of the office at once of all late instalments."""
        Notice = self.env["sajad.notice"]
        for person in self._get_deciders().partner_id:
            lines = [
                hold.env._(
                    "%(student)s: %(hold)s, due on %(date)s, %(amount)s left",
                    student=hold.student_id.display_name,
                    hold=within_quotes(hold.description),
                    date=tools.format_date(hold.env, hold.date_next),
                    amount=hold._get_figure(hold.residual),
                )
                for hold in Notice._localize(holds, person)
            ]
            Notice._queue(
                "office_late",
                person,
                note="\n".join(lines),
                path="/odoo/sajad-holds",
                university_id=self.university_id.id,
            )

    def action_open_holds(self):
        """Open the holds of this office (row B7)."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_clearance.sajad_hold_action"
        )
        return {
            **action,
            "domain": [("office_id", "=", self.id)],
            "display_name": self.display_name,
        }

    @api.model
    def _get_or_create(self, keys):
        """Return {(role, university, faculty or empty): office} for tuples of records.

        Called with elevated rights: offices come with cartables and holds.
        """
        found = self.search(
            [
                ("role_id", "in", [role.id for role, _u, _f in keys]),
                ("university_id", "in", [university.id for _r, university, _f in keys]),
            ]
        )
        offices = {(o.role_id, o.university_id, o.faculty_id): o for o in found}
        missing = [key for key in dict.fromkeys(keys) if key not in offices]
        created = self.create(
            [
                {
                    "role_id": role.id,
                    "university_id": university.id,
                    "faculty_id": faculty.id,
                }
                for role, university, faculty in missing
            ]
        )
        offices.update(zip(missing, created, strict=True))
        return offices

    # ------------------------------------------------------------
    # FOR THE ENGINE
    # ------------------------------------------------------------

    @api.model
    @tools.ormcache(cache="stable")
    def _get_auto_role_ids(self):
        """Return the ids of the roles of which any office passes students by itself.

        Read once: every decision asks, and mostly no office wants it.
        """
        # settings of offices, which the engine reads for all
        offices = self.sudo().search(
            ["|", ("auto_clear", "=", True), ("auto_recheck", "=", True)]
        )
        return frozenset(offices.role_id.ids)

    def write(self, vals):
        result = super().write(vals)
        if "auto_clear" in vals or "auto_recheck" in vals:
            self.env.registry.clear_cache("stable")
        return result

    @api.model_create_multi
    def create(self, vals_list):
        offices = super().create(vals_list)
        if any(
            vals.get("auto_clear") or vals.get("auto_recheck") for vals in vals_list
        ):
            self.env.registry.clear_cache("stable")
        return offices
