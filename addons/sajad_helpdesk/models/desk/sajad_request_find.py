from odoo import api, fields, models
from odoo.fields import Domain

OTHERS = 20


class SajadRequest(models.Model):
    """Support requests are found by number, name and text; with what else was asked."""

    _inherit = "sajad.request"

    support_text = fields.Char(
        string="Number, Name or Text",
        compute="_compute_support_text",
        search="_search_support_text",
    )
    support_other_ids = fields.Many2many(
        "sajad.request",
        string="Other Requests of the Requester",
        compute="_compute_support_other_ids",
        help="Those that you may read.",
    )

    def _compute_support_text(self):
        for request in self:
            request.support_text = request.name

    @api.model
    def _search_support_text(self, operator, value):
        """Look for a number, for who asked, and in what was written."""
        if operator not in ("ilike", "=") or not isinstance(value, str):
            return NotImplemented
        number = Domain("name", "=", value.strip())
        # names are asked of those whom the user finds anyway: requests that are read
        Student_sudo = self.env["sajad.student"].sudo()
        students = Student_sudo._search([("search_key", "ilike", value)])
        # as above
        Institution_sudo = self.env["sajad.institution"].sudo()
        institutions = Institution_sudo._search([("name", "ilike", value)])
        return (
            number
            | Domain("student_id", "in", students)
            | Domain("institution_id", "in", institutions)
            | Domain("support_subject", "ilike", value)
            | Domain("note", "ilike", value)
        )

    def _compute_support_other_ids(self):
        for request in self:
            # who asked is written on the request; the rest is read as the user
            requester = request.sudo()._get_requester()
            names = ("student_id", "institution_id", "partner_id")
            name = next((name for name in names if request[name]), None)
            if not name:
                # not saved yet, so that nobody asks
                request.support_other_ids = False
                continue
            request.support_other_ids = self.search(
                Domain(name, "=", requester.id)
                & Domain("id", "!=", request._origin.id)
                & Domain("state", "!=", "draft"),
                order="id desc",
                limit=OTHERS,
            )
