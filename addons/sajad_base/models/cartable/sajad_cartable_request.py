from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.clock import get_country_today

EDITABLE = ("draft", "returned")
OPEN_STATES = ("draft", "submitted", "returned")


class SajadCartableRequest(models.Model):
    """A university asks the Organization for a cartable or a change of one (row A4)."""

    _name = "sajad.cartable.request"
    _description = "Cartable Request"
    _inherit = [
        "sajad.client.guard",
        "mail.thread",
        "sajad.appointee",
        "sajad.date.guard",
    ]
    # what the liaison fills in; everything else is written by decisions
    _client_create_fields = {
        "kind",
        "university_id",
        "role_id",
        "process_id",
        "faculty_id",
        "cartable_id",
        "replaced_user_id",
        "person_name",
        "national_id",
        "mobile",
        "email",
        "position",
        "letter",
        "letter_name",
        "date_from",
        "date_to",
        "note",
    }
    _client_fields = {*_client_create_fields, "message_follower_ids"}
    _order = "id desc"
    _mail_post_access = "read"

    name = fields.Char(string="Subject", compute="_compute_name")
    kind = fields.Selection(
        [
            ("new", "New Cartable"),
            ("replace", "Another Person in Charge"),
            ("substitute", "Substitute During a Leave"),
            ("close", "Close the Cartable"),
        ],
        string="Asked for",
        required=True,
        default="new",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Sent to the Organization"),
            ("returned", "Returned"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    university_id = fields.Many2one(
        "sajad.university",
        compute="_compute_place",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._get_default_university(),
    )
    role_id = fields.Many2one(
        "sajad.role",
        compute="_compute_place",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
        domain="[('level', '!=', 'organization'), ('id', 'in', available_role_ids)]",
    )
    process_id = fields.Many2one(
        "sajad.process",
        compute="_compute_place",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
        domain="['|', ('university_ids', 'in', university_id), "
        "'&', ('university_ids', '=', False), ('only_chosen', '=', False)]",
    )
    faculty_id = fields.Many2one(
        "sajad.faculty",
        compute="_compute_place",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        domain="[('university_id', '=', university_id)]",
    )
    role_level = fields.Selection(related="role_id.level")
    available_role_ids = fields.Many2many(
        "sajad.role",
        compute="_compute_available_role_ids",
        help="The offices of the process.",
    )
    cartable_id = fields.Many2one(
        "sajad.cartable",
        ondelete="restrict",
        copy=False,
        domain="[('university_id', '=', university_id)]",
        help="The cartable that is to change, or was made.",
    )
    replaced_user_id = fields.Many2one(
        "res.users",
        string="In Place of",
        compute="_compute_replaced_user_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', owner_ids)]",
    )
    owner_ids = fields.Many2many(
        "res.users", string="In Charge Now", compute="_compute_owner_ids"
    )
    date_from = fields.Date(string="From", default=lambda self: get_country_today())
    date_to = fields.Date(string="To")
    note = fields.Text(string="Explanation")
    open_task_count = fields.Integer(
        string="Open Work", compute="_compute_open_task_count"
    )
    hint = fields.Text(
        compute="_compute_hint", help="What is known of the person and the cartable."
    )
    user_id = fields.Many2one(
        "res.users", string="Account", readonly=True, copy=False, ondelete="restrict"
    )
    date_submit = fields.Datetime(string="Submitted on", readonly=True, copy=False)
    requested_by_id = fields.Many2one(
        "res.users", string="Asked by", readonly=True, copy=False, ondelete="restrict"
    )
    decided_by_id = fields.Many2one(
        "res.users", string="Decided by", readonly=True, copy=False, ondelete="restrict"
    )
    date_decided = fields.Datetime(string="Decided on", readonly=True, copy=False)
    decision_reason = fields.Text(readonly=True, copy=False)

    _open_uniq = models.UniqueIndex(
        "(kind, role_id, process_id, university_id, COALESCE(faculty_id, 0)) "
        "WHERE state IN ('submitted', 'returned') AND kind != 'substitute'",
        "The university has asked for this already.",
    )

    def _get_default_university(self):
        return self.env["sajad.university"].search(
            [("liaison_ids", "in", self.env.uid)], limit=1
        )

    @api.depends("kind", "role_id.name", "faculty_id.name", "university_id.name")
    @api.depends_context("lang")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for request in self:
            office = request.faculty_id.name or request.university_id.name
            parts = (kinds.get(request.kind), request.role_id.name, office)
            request.name = " - ".join(part for part in parts if part)

    @api.depends("cartable_id", "kind")
    def _compute_place(self):
        for request in self:
            cartable = request.cartable_id
            if not cartable or request.kind == "new":
                continue
            for name in ("university_id", "role_id", "process_id", "faculty_id"):
                request[name] = cartable[name]

    @api.depends("process_id")
    def _compute_available_role_ids(self):
        for request in self:
            steps = request.process_id.published_flow_id.step_ids
            request.available_role_ids = steps.role_id.filtered(
                lambda role: role.level != "organization"
            )

    @api.depends("cartable_id")
    def _compute_owner_ids(self):
        for request in self:
            # who is in charge is no secret from the liaison of the university
            members = request.cartable_id.sudo().member_ids
            owners = members.filtered(lambda m: m.kind == "owner" and m.is_in_force)
            request.owner_ids = owners.user_id

    @api.depends("cartable_id", "kind")
    def _compute_replaced_user_id(self):
        for request in self:
            replaces = request.kind in ("replace", "substitute")
            request.replaced_user_id = replaces and request.owner_ids[:1]

    def _compute_open_task_count(self):
        for request in self:
            # the number, not the work: those who decide on offices see no students
            request.open_task_count = request.cartable_id.sudo().open_count

    @api.depends("kind", "national_id", "email", "role_id", "process_id", "faculty_id")
    def _compute_hint(self):
        for request in self:
            lines = request._get_hints() if request.university_id else []
            request.hint = "\n".join(lines)

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for request in self:
            if request.date_to and request.date_from > request.date_to:
                raise ValidationError(
                    self.env._("The membership ends before it begins.")
                )

    def _check_client_write(self, vals):
        # what the Organization has is changed by its decisions
        if any(request.state not in EDITABLE for request in self):
            self._refuse_client()
        return super()._check_client_write(vals)

    def _get_client_refusal(self):
        return self.env._("A submitted request changes only through decisions.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if any(request.state != "draft" for request in self):
            raise UserError(self.env._("Only drafts are deleted; cancel the others."))
