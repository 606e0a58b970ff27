from odoo import api, fields, models


class SajadNotice(models.Model):
    """A message that waits to be sent: decisions never wait for a mail server.

    One row per event and person. What a person gets of them is one mail (see
    `sajad_notice_mail.py`); rows that become no mail say why.
    """

    _name = "sajad.notice"
    _description = "Notice"
    _order = "id"
    _rec_name = "kind"

    request_id = fields.Many2one(
        "sajad.request",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty in notices to staff that are about no single request.",
    )
    task_id = fields.Many2one("sajad.task", ondelete="cascade")
    visit_id = fields.Many2one("sajad.visit", ondelete="cascade")
    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    kind = fields.Selection(
        [
            ("submitted", "Submitted"),
            ("visit", "In-Person Visit Required"),
            ("visit_reminder", "Reminder of a Visit"),
            ("no_show", "Did Not Come"),
            ("slot_gone", "Appointment Cancelled by the Office"),
            ("returned", "Returned"),
            ("suspended", "Suspended"),
            ("gap", "Cartable Missing"),
            ("resumed", "Resumed"),
            ("done", "Done"),
            ("refused", "Refused"),
            ("moved", "Moved to Another Version"),
            ("work", "Work in the Cartable"),
            ("reminder", "Reminder"),
        ],
        required=True,
    )
    state = fields.Selection(
        [("queued", "Queued"), ("sent", "Mailed"), ("dropped", "Not Mailed")],
        required=True,
        default="queued",
    )
    drop_reason = fields.Selection(
        [
            ("address", "No e-mail address"),
            ("archived", "The account is closed"),
            ("self", "By the person's own doing"),
        ],
        string="Why Not",
    )
    note = fields.Text(help="What the person reads beside the text of the kind.")
    path = fields.Char(
        help="The page that the mail leads to, when it is not that of the request."
    )
    create_date = fields.Datetime(string="Time", readonly=True)

    _queue_idx = models.Index("(id) WHERE state = 'queued'")

    @api.model
    def _queue(self, kind, partners, request=None, task=None, **values):
        """Queue a notice for each of some people, and return the notices.

        Who caused it is not told of it.

        :param str kind: a value of `kind`
        :param partners: the people, a `res.partner`
        :param values: further fields, such as `note` (text) and `path` (the page that
            the mail leads to, such as ``/odoo/sajad-requests``)
        """
        shared = {
            "kind": kind,
            "request_id": request.id if request else False,
            "task_id": task.id if task else False,
            **values,
        }
        own = self.env.user.partner_id
        # notices are written by nobody but the system, whoever causes them
        return self.sudo().create(
            [
                {
                    **shared,
                    "partner_id": partner.id,
                    **(
                        {"state": "dropped", "drop_reason": "self"}
                        if partner == own
                        else {}
                    ),
                }
                for partner in partners
            ]
        )
