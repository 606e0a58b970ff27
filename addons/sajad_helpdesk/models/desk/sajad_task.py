from odoo import models


class SajadTask(models.Model):
    """Work of the support desk (row D2)."""

    _inherit = "sajad.task"

    def _support_move(self, outcome, body):
        """Let answered work move on; return {task: sentence} of what did not.

        :param str outcome: as of `sajad.request._support_answer`
        """
        engine = self.env["sajad.engine"]
        Reply = self.env["sajad.support.reply"]
        free = self.filtered(lambda task: not task.user_id)
        problems = engine._claim(free) if free else {}
        problems = {free.browse(task.id): text for task, text in problems.items()}
        taken = self - self.browse(task.id for task in problems)
        if outcome == "answer" or not taken:
            return problems
        # each requester reads the own name in it; without places it is one text
        texts = taken.grouped(lambda task: Reply._fill_in(body, task.request_id))
        for text, tasks in texts.items():
            if outcome == "solve":
                problems.update(engine._decide(tasks, "approved", text))
            else:
                problems.update(engine._return_to_student(tasks, text))
        return problems
