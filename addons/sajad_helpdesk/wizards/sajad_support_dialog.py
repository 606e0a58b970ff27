from odoo import api, fields, models


class SajadSupportDialog(models.AbstractModel):
    """What dialogs on support requests have in common."""

    _name = "sajad.support.dialog"
    _description = "Dialog on Support Requests"

    request_ids = fields.Many2many("sajad.request", string="Requests")
    request_count = fields.Integer(compute="_compute_request_count")

    @api.depends("request_ids")
    def _compute_request_count(self):
        for dialog in self:
            dialog.request_count = len(dialog.request_ids)

    def _get_action(self):
        """Return the action that shows the dialog."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env["ir.model"]._get(self._name).name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _report(self, problems, count):
        """Raise the problem of one request; of many, tell what became of them.

        :param dict problems: {request: sentence}
        :param int count: of all that it was about
        """
        if len(problems) >= count:
            self.env["sajad.engine"]._raise_problems(problems)
        lines = [f"{request.name}: {text}" for request, text in problems.items()]
        done = self.env._("%(count)s done.", count=count - len(problems))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if problems else "success",
                "message": "\n".join([done, *lines]),
                "sticky": bool(problems),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
