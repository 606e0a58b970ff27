from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sajad_base.tools.answers import Answers, find_questions
from odoo.addons.sajad_sla.models.clock.sajad_sla_line import PRIORITIES

# {line: code of the stage whose office it is}; the same words
LINES = [
    ("technical", "Technical"),
    ("regulations", "Regulations and International"),
    ("second", "Second Line"),
    ("university", "Office of the University"),
]


# how offices share their work is not the requester's to read
INTERNAL_FIELDS = {
    "support_cartable_id",
    "support_on_own_desk",
    "support_user_id",
    "support_merged_ids",
    "support_can_decide",
    "support_can_undo",
    "support_other_ids",
    "support_panel",
}


class SajadRequest(models.Model):
    """A support request: a request of the engine with a category and a board (D1, D2).

    What the board shows follows the work: `sajad.engine._apply_moved` keeps it.
    """

    _inherit = "sajad.request"

    support_category_id = fields.Many2one(
        "sajad.support.category",
        string="Category",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    support_properties = Answers(
        string="Form of the Category",
        definition="support_category_id.form_definition",
        copy=False,
    )
    support_priority = fields.Selection(PRIORITIES, string="Priority", readonly=True)
    support_line = fields.Selection(LINES, string="Line", readonly=True)
    support_state = fields.Selection(
        [
            ("new", "New"),
            ("progress", "In Progress"),
            ("waiting", "Waits for the Requester"),
            ("solved", "Solved"),
            ("closed", "Closed"),
        ],
        string="Status of Support",
        readonly=True,
        copy=False,
        group_expand="_read_group_support_states",
    )
    support_cartable_id = fields.Many2one(
        "sajad.cartable",
        string="Office",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Where the request lies now, or lay last.",
    )
    support_user_id = fields.Many2one(
        "res.users",
        string="Expert",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    support_service_id = fields.Many2one(
        "sajad.process",
        string="Service Concerned",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    support_about_id = fields.Many2one(
        "sajad.request",
        string="Request Concerned",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    support_main_id = fields.Many2one(
        "sajad.request",
        string="Merged into",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    support_former_id = fields.Many2one(
        "sajad.request",
        string="Follows",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The closed request that could not be opened again any more.",
    )
    support_close_date = fields.Date(
        string="Can Be Opened Again until", readonly=True, copy=False
    )

    # A column of a board, and all of a desk that is not closed in the order of its
    # list. With the scope, which the record rule asks for: else all requests of the
    # place are read to count those of the desk.
    _support_idx = models.Index(
        "(support_cartable_id, support_state, support_priority DESC, id) "
        "INCLUDE (scope_id) WHERE support_state IS NOT NULL"
    )
    _support_desk_idx = models.Index(
        "(support_cartable_id, support_priority DESC, id) "
        "INCLUDE (scope_id, support_state) "
        "WHERE support_state IN ('new', 'progress', 'waiting', 'solved')"
    )
    # what of it is somebody's
    _support_user_idx = models.Index(
        "(support_user_id, support_state, id) WHERE support_user_id IS NOT NULL"
    )
    _support_note_idx = models.Index(
        "USING gin (note gin_trgm_ops) WHERE support_state IS NOT NULL"
    )
    _support_close_idx = models.Index(
        "(support_close_date) WHERE support_state = 'solved'"
    )

    def _has_field_access(self, field, operation):
        """Keep the inside of offices from portal users, over RPC too."""
        # asked for each value of a page: the name says first whether it matters
        if field.name in INTERNAL_FIELDS and not self.env.su and self.env.user.share:
            return False
        return super()._has_field_access(field, operation)

    @api.model_create_multi
    def create(self, vals_list):
        """Give support requests what their category says."""
        Category = self.env["sajad.support.category"]
        for vals in vals_list:
            process = self.env["sajad.process"].browse(vals.get("process_id"))
            # what a service is about, and its categories, are no secret
            if process.sudo().matter == "support":
                # as above
                category = Category.browse(vals.get("support_category_id")).sudo()
                vals.setdefault("support_state", "new")
                vals.setdefault("support_line", category.line or "technical")
                vals.setdefault("support_priority", category.priority or "1")
        return super().create(vals_list)

    @api.model
    def _get_priority_fields(self):
        return (*super()._get_priority_fields(), "support_priority")

    def _get_promise_priority(self):
        return self.support_priority or super()._get_promise_priority()

    def _get_former_questions(self, name, answered):
        if name == "support_properties":
            # what was asked is no secret of those who see the answers
            own = self.sudo().support_category_id
            categories = own.with_context(active_test=False).search(Domain.TRUE)
            found = find_questions(own, "former_definition", answered)
            # requests go from one category to another
            for field in ("form_definition", "former_definition"):
                left = set(answered) - {question["name"] for question in found}
                found += find_questions(categories, field, left)
            return found
        return super()._get_former_questions(name, answered)
