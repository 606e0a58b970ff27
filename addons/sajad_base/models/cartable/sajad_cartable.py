from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools.searches import asked_for_true


class SajadCartable(models.Model):
    """The inbox of one role, in one process, at one university (row A3)."""

    _name = "sajad.cartable"
    _description = "Cartable"
    _inherit = ["mail.thread"]
    _order = "university_id, process_id, role_id, id"
    _rec_names_search = ("role_id", "process_id", "university_id")

    name = fields.Char(compute="_compute_name")
    role_id = fields.Many2one(
        "sajad.role", required=True, index=True, ondelete="restrict"
    )
    process_id = fields.Many2one(
        "sajad.process", required=True, index=True, ondelete="restrict"
    )
    university_id = fields.Many2one(
        "sajad.university", required=True, index=True, ondelete="restrict"
    )
    faculty_id = fields.Many2one(
        "sajad.faculty",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('university_id', '=', university_id)]",
        help="Only where the role is a faculty's.",
    )
    active = fields.Boolean(default=True)
    member_ids = fields.One2many(
        "sajad.cartable.member", "cartable_id", string="Members"
    )
    scope_ids = fields.Many2many("sajad.scope", string="Reaches")
    visit_place = fields.Char(
        translate=True, help="Where a student comes who has to visit this office."
    )
    visit_hours = fields.Char(translate=True)
    is_manned = fields.Boolean(
        compute="_compute_is_manned",
        search="_search_is_manned",
        help="Somebody decides here today.",
    )
    is_mine = fields.Boolean(
        string="You Decide Here",
        compute="_compute_is_mine",
        search="_search_is_mine",
    )
    is_member = fields.Boolean(
        string="You See What Lies Here",
        compute="_compute_is_member",
        search="_search_is_member",
        help="You are a member today; supervisors too, who only look.",
    )
    open_count = fields.Integer(compute="_compute_counts", string="Open")
    late_count = fields.Integer(compute="_compute_counts", string="Late")

    _key_uniq = models.UniqueIndex(
        "(role_id, process_id, university_id, COALESCE(faculty_id, 0)) "
        "WHERE active IS TRUE",
        "There is a cartable of this role for the process already.",
    )

    @api.depends_context("lang")
    @api.depends(
        "role_id.name", "process_id.name", "university_id.name", "faculty_id.name"
    )
    def _compute_name(self):
        for cartable in self:
            parts = (
                cartable.role_id.name,
                cartable.process_id.name,
                cartable.university_id.name,
                cartable.faculty_id.name,
            )
            cartable.name = " - ".join(part for part in parts if part)

    def _compute_is_manned(self):
        manned = self._has_active_member()
        for cartable in self:
            cartable.is_manned = cartable in manned

    def _search_is_manned(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("active", "=", True) & self._get_decided_domain(Domain.TRUE)

    @api.depends_context("uid")
    def _compute_is_mine(self):
        mine = self.search([("id", "in", self.ids), ("is_mine", "=", True)])
        for cartable in self:
            cartable.is_mine = cartable in mine

    @asked_for_true
    def _search_is_mine(self):
        Member = self.env["sajad.cartable.member"]
        decides = Domain("kind", "!=", "supervisor")
        return Domain("id", "in", Member._get_own_cartable_ids(decides))

    @api.depends_context("uid")
    @api.depends("member_ids.user_id", "member_ids.date_from", "member_ids.date_to")
    def _compute_is_member(self):
        own = set(self.env["sajad.cartable.member"]._get_own_cartable_ids())
        for cartable in self:
            cartable.is_member = cartable.id in own

    @asked_for_true
    def _search_is_member(self):
        own = self.env["sajad.cartable.member"]._get_own_cartable_ids()
        return Domain("id", "in", own)

    @api.model
    def _get_own_references(self, name):
        """Return the ids to which a many2one of the user's cartables leads.

        Closed cartables count too: members go on reading what lay there.
        """
        own = self.env["sajad.cartable.member"]._get_own_cartable_ids()
        # one's own cartables; the rules ask for them
        Own_sudo = self.sudo().with_context(active_test=False)
        aggregate = f"{name}:array_agg_distinct"
        ((found,),) = Own_sudo._read_group([("id", "in", own)], [], [aggregate])
        return {id_ for id_ in found or () if id_}

    @api.model
    def _get_decided_domain(self, people):
        """Return the domain of the cartables in which some people decide today."""
        # whether an office is manned is no secret of its members
        Member = self.env["sajad.cartable.member"].sudo()
        deciders = Member._search(people & Member._get_decider_domain())
        return Domain("id", "in", deciders.subselect("cartable_id"))

    def _compute_counts(self):
        # a liaison reads no work, and "0 open" would be wrong: numbers tell of nobody
        Task_sudo = self.env["sajad.task"].sudo()
        domain = Domain("cartable_id", "in", self.ids)
        domain &= Domain(Task_sudo._get_open_domain())
        late = domain & Domain("is_late", "=", True)
        opened = dict(Task_sudo._read_group(domain, ["cartable_id"], ["__count"]))
        overdue = dict(Task_sudo._read_group(late, ["cartable_id"], ["__count"]))
        for cartable in self:
            cartable.open_count = opened.get(cartable, 0)
            cartable.late_count = overdue.get(cartable, 0)

    @api.constrains("role_id", "university_id", "faculty_id")
    def _check_level(self):
        for cartable in self:
            level = cartable.role_id.level
            if (level == "faculty") != bool(cartable.faculty_id):
                raise ValidationError(
                    self.env._("Only the cartable of a faculty's role names a faculty.")
                )
            if (level == "organization") != cartable.university_id.is_organization:
                raise ValidationError(
                    self.env._(
                        "The cartable of an Organization's role belongs to the "
                        "Organization, any other to a university."
                    )
                )
            if cartable.faculty_id.university_id not in (
                cartable.university_id,
                self.env["sajad.university"],
            ):
                raise ValidationError(
                    self.env._("The faculty does not belong to the university.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Create cartables; requests that waited for them resume (row A6)."""
        # the unique index must see the cartables that were archived just now
        self.flush_model(["active"])
        quiet = self.with_context(mail_create_nolog=True)
        cartables = super(SajadCartable, quiet).create(vals_list)
        cartables = cartables.with_env(self.env)
        cartables._link_scopes()
        cartables._resume_suspended()
        return cartables

    def write(self, vals):
        """Keep routes true; requests that waited for the cartable resume."""
        result = super().write(vals)
        # scopes that were made while the cartable was archived do not know it
        if {"role_id", "process_id", "university_id", "faculty_id", "active"} & set(
            vals
        ):
            self._link_scopes()
        if "active" in vals:
            self._resume_suspended()
        return result

    def _link_scopes(self):
        # Routes are the engine's: whoever opens a cartable need not see the scopes.
        for cartable in self.sudo():
            domain = Domain("process_id", "=", cartable.process_id.id)
            domain &= Domain("whole_id", "=", False)
            if cartable.role_id.level != "organization":
                domain &= Domain("university_id", "=", cartable.university_id.id)
            if cartable.faculty_id:
                domain &= Domain("faculty_id", "=", cartable.faculty_id.id)
            # what it had it goes on reading
            had = cartable.scope_ids.filtered("whole_id")
            # routes are the engine's, as above
            cartable.scope_ids = had | self.env["sajad.scope"].sudo().search(domain)
        self.env["sajad.cartable.member"]._forget_own()

    def _get_routed_scopes(self):
        """Return the scopes whose requests may come here, narrow ones too.

        Called by the engine with elevated rights.
        """
        wholes = self.scope_ids.filtered(lambda scope: not scope.whole_id)
        domain = Domain("whole_id", "in", wholes.ids)
        return wholes | self.env["sajad.scope"].search(domain)

    def _resume_suspended(self):
        """Route again the work that waits for these cartables, or lost them."""
        self.env["sajad.engine"]._reroute(self)

    def _has_active_member(self):
        """Return the cartables in which somebody can decide today."""
        # whether an office is manned is no secret of its members
        Member = self.env["sajad.cartable.member"].sudo()
        members = Member.search(
            Domain("cartable_id", "in", self.ids) & Member._get_decider_domain()
        )
        return members.cartable_id.filtered("active").with_env(self.env)

    def action_open_tasks(self):
        """Open the work of this cartable, or who works there to who reads none of it.

        Row A10
        """
        self.ensure_one()
        Task = self.env["sajad.task"]
        if self.open_count and not Task.search_count(
            [("cartable_id", "=", self.id)], limit=1
        ):
            return self._get_records_action()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_base.sajad_task_action"
        )
        action["domain"] = [("cartable_id", "=", self.id)]
        # what the card counts, also for those who are no members
        action["context"] = {"search_default_open": 1}
        action["display_name"] = self.name
        return action
