import operator

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sajad_fee.tools.rials import get_currency_id

ADMIN = "sajad_base.group_sajad_admin"
COMPARED = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "in": lambda found, values: found in values,
}


class SajadStudent(models.Model):
    """What a student owes to all offices together, for conditions (rows A5, B7)."""

    _inherit = "sajad.student"

    # an administrator asks for them; each office sees its own holds elsewhere
    open_hold_count = fields.Integer(
        compute="_compute_open_holds",
        search="_search_open_hold_count",
        compute_sudo=True,
        groups=ADMIN,
        string="Open Holds",
    )
    open_hold_amount = fields.Monetary(
        compute="_compute_open_holds",
        search="_search_open_hold_amount",
        compute_sudo=True,
        currency_field="hold_currency_id",
        groups=ADMIN,
        string="Debt",
    )
    hold_currency_id = fields.Many2one(
        "res.currency", compute="_compute_open_holds", compute_sudo=True, groups=ADMIN
    )

    def _compute_open_holds(self):
        counts = self._sum_open_holds("__count", Domain("student_id", "in", self.ids))
        sums = self._sum_open_holds(
            "residual:sum", Domain("student_id", "in", self.ids)
        )
        for student in self:
            student.open_hold_count = counts.get(student.id, 0)
            student.open_hold_amount = sums.get(student.id, 0)
            student.hold_currency_id = get_currency_id(self.env)

    @api.model
    def _sum_open_holds(self, aggregate, domain=Domain.TRUE):
        """Return {student id: number or amount of open holds} of those who have any."""
        groups = self.env["sajad.hold"]._read_group(
            domain & Domain("state", "=", "open"), ["student_id"], [aggregate]
        )
        return {student.id: value for student, value in groups}

    def _search_open_hold_count(self, sign, value):
        self._check_field_access(self._fields["open_hold_count"], "read")
        return self._search_open_holds("__count", sign, value)

    def _search_open_hold_amount(self, sign, value):
        self._check_field_access(self._fields["open_hold_amount"], "read")
        return self._search_open_holds("residual:sum", sign, value)

    @api.model
    def _search_open_holds(self, aggregate, sign, value):
        """From the open holds to the students: most have none."""
        if sign not in COMPARED:
            return NotImplemented
        # the sum is over all offices; that the user may read it was checked
        held = self.sudo()._sum_open_holds(aggregate)
        met = COMPARED[sign]
        if met(0, value):
            others = [
                student for student, found in held.items() if not met(found, value)
            ]
            return Domain("id", "not in", others)
        return Domain("id", "in", [s for s, found in held.items() if met(found, value)])
