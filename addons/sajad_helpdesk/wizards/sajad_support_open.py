from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.sajad_support_category import PRIORITIES


class SajadSupportOpen(models.TransientModel):
    """The dialog of a request that an expert makes on behalf of somebody (row D2)."""

    _name = "sajad.support.open"
    _description = "New Request on Behalf of Somebody"
    _inherit = ["sajad.spelling", "sajad.support.dialog"]
    _spelling = {"number": "number"}

    former_id = fields.Many2one(
        "sajad.request", string="Out of Request", readonly=True, ondelete="cascade"
    )
    number = fields.Char(
        string="Student Number or National ID",
        help="Written in full: nobody is looked for by a part of it.",
    )
    category_id = fields.Many2one("sajad.support.category", ondelete="cascade")
    priority = fields.Selection(PRIORITIES)
    note = fields.Text(string="Description")

    def action_apply(self):
        """Make the request; the requester is told (row D2).

        :raise UserError: no such student, nothing was written, or the user is no
            expert of support
        """
        self.ensure_one()
        note = (self.note or "").strip()
        if not self.category_id or not note:
            raise UserError(self.env._("Choose a category and write what it is about."))
        values = {"support_priority": self.priority} if self.priority else {}
        if former := self.former_id:
            former._check_support_charge()
            requester = former._get_requester()
            values |= {
                "support_former_id": former.id,
                "partner_id": former.partner_id.id,
            }
        else:
            requester = self._find_student()
        request = self.env["sajad.request"]._support_open(
            requester,
            note=note,
            support_category_id=self.category_id.id,
            **values,
        )
        form = self.env.ref("sajad_helpdesk.sajad_request_view_form_desk")
        return {
            "type": "ir.actions.act_window",
            "res_model": request._name,
            "res_id": request.id,
            "views": [(form.id, "form")],
        }

    def _find_student(self):
        """Return the student of a number that is written in full.

        :raise UserError: there is none, or several, where the user is an expert
        """
        cartables = self.env["sajad.cartable"].search(
            [("process_id.matter", "=", "support"), ("is_mine", "=", True)]
        )
        if not cartables:
            raise UserError(self.env._("You are no expert of support."))
        number = (self.number or "").strip()
        domain = Domain("student_number", "=", number)
        domain |= Domain("national_id", "=", number)
        places = cartables.university_id
        if not any(places.mapped("is_organization")):
            domain &= Domain("university_id", "in", places.ids)
        # a whole number of somebody who asked for help is no search of persons
        found = number and self.env["sajad.student"].sudo().search(domain, limit=2)
        if not found:
            raise UserError(self.env._("There is no student of this number."))
        if len(found) > 1:
            raise UserError(
                self.env._("Several studies have this number; write the national ID.")
            )
        return found.sudo(self.env.su)
