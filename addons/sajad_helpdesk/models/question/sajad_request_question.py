from odoo import models
from odoo.exceptions import UserError

OVER = ("solved", "closed")
# fields of a student that tell who it is
TELLING = (
    "name",
    "student_number",
    "national_id",
    "foreign_id",
    "passport_number",
    "father_name",
    "email",
    "phone",
    "mobile",
)


class SajadRequest(models.Model):
    """Answers that others need, too, become answered questions (row D1)."""

    _inherit = "sajad.request"

    def action_support_question(self):
        """Draft an answered question out of a solved request, and open it (row D1).

        :raise UserError: it is not solved, or not the user's to answer
        """
        self.ensure_one()
        self._check_support_charge()
        if self.support_state not in OVER or not self._get_support_answer():
            raise UserError(self.env._("Only what was answered becomes a question."))
        question = self.env["sajad.support.question"]._draft(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": question._name,
            "res_id": question.id,
            "views": [(False, "form")],
        }

    def _get_support_personal_texts(self):
        """Return what of a request tells who asked, as far as it is known.

        Called with elevated rights.
        """
        self.ensure_one()
        texts = {self.requester_name, self.name, *self.partner_id.mapped("name")}
        texts |= {self.student_id[name] for name in TELLING}
        texts |= {self.institution_id.name, self.partner_id.email}
        # kept with the code of the country, written without it
        numbers = ("".join(filter(str.isdigit, text or "")) for text in texts)
        texts |= {f"0{number[-10:]}" for number in numbers if len(number) > 10}
        # the own name said alone, as people write it
        texts |= {part for part in (self.requester_name or "").split() if part[3:]}
        return {text for text in texts if text and len(text) > 2}
