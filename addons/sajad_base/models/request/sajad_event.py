from odoo import api, fields, models

# what a requester still wants to read when the work has moved on
TOLD = ("visit", "returned", "answered", "sent_back", "undone", "refused", "passed")


class SajadEvent(models.Model):
    """What happened to a request: who, when, in which role, what and why (row A11).

    Append-only, for the database too, and the only source of clocks.
    """

    _name = "sajad.event"
    _description = "Event"
    _inherit = ["sajad.append.only"]
    _order = "id"
    _rec_name = "kind"
    _log_access = False

    request_id = fields.Many2one(
        "sajad.request", required=True, index=True, ondelete="restrict"
    )
    task_id = fields.Many2one("sajad.task", index="btree_not_null", ondelete="restrict")
    stage_id = fields.Many2one("sajad.stage", ondelete="restrict")
    role_id = fields.Many2one("sajad.role", ondelete="restrict")
    kind = fields.Selection(
        [
            ("submitted", "Submitted"),
            ("ready", "Reached the Office"),
            ("suspended", "Suspended"),
            ("resumed", "Resumed"),
            ("skipped", "Not Needed"),
            ("claimed", "Claimed"),
            ("released", "Released"),
            ("handed_over", "Handed Over"),
            ("assigned", "Assigned"),
            ("allotted", "Assigned by Rule"),
            ("reassigned", "Assigned Anew"),
            ("given_back", "Given Back to the Head"),
            ("approved", "Approved"),
            ("passed", "Passed by Itself"),
            ("seen", "Seen"),
            ("refused", "Refused"),
            ("returned", "Returned to the Student"),
            ("answered", "Answered by the Student"),
            ("sent_back", "Sent Back to an Earlier Step"),
            ("referred", "Referred to Another Office"),
            ("visit", "In-Person Visit Required"),
            ("undone", "Decision Undone"),
            ("registered", "Entered in the Register"),
            ("done", "Finished"),
            ("reopened", "Opened Again"),
            ("cancelled", "Cancelled"),
            ("moved", "Moved to Another Version"),
        ],
        required=True,
    )
    user_id = fields.Many2one("res.users", string="Who", ondelete="restrict")
    on_behalf_of_id = fields.Many2one("res.users", ondelete="restrict")
    reason = fields.Text()
    date = fields.Datetime(required=True)
    waited = fields.Integer(help="Seconds that the work had waited for this.")
    visible_to_student = fields.Boolean(default=True)

    @api.model
    def _get_told(self, request):
        """Return what the requester may read of each stage, in order.

        The caller has checked access to the request.

        :return: {stage id: [{"what": kind, "date": moment, "reason": text}]}
        :rtype: dict
        """
        domain = [
            ("request_id", "=", request.id),
            ("kind", "in", TOLD),
            ("visible_to_student", "=", True),
        ]
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        told = {}
        names = ["stage_id", "kind", "date", "reason"]
        # students have no access to history
        for event in self.sudo().search_fetch(domain, names):
            told.setdefault(event.stage_id.id, []).append(
                {
                    "what": kinds[event.kind],
                    "date": event.date,
                    "reason": event.reason or "",
                }
            )
        return told

    def _get_client_refusal(self):
        return self.env._("History is written by the engine alone.")
