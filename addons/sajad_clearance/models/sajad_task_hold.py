from odoo import models
from odoo.fields import Domain


class SajadTask(models.Model):
    """The holds of a work item: those of its office against its student (row B7)."""

    _inherit = "sajad.task"

    def _get_office_holds(self, domain):
        """Return {task: holds} of the office in whose cartable each task lies.

        :param list domain: which holds count
        """
        # the office alone sees them; the engine asks for the office
        Hold = self.env["sajad.hold"].sudo()
        tasks = self.sudo().filtered("cartable_id")
        holds = Hold.search_fetch(
            Domain("student_id", "in", tasks.request_id.student_id.ids)
            & Domain("office_id", "in", tasks.cartable_id.office_id.ids)
            & Domain(domain),
            ["student_id", "office_id", "kind", "description", "residual"],
        )
        grouped = holds.grouped(lambda hold: (hold.student_id, hold.office_id))
        result = {}
        for task in tasks:
            key = (task.request_id.student_id, task.cartable_id.office_id)
            if key in grouped:
                result[task.with_env(self.env)] = grouped[key]
        return result
