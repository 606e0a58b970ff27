from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.sajad_base.tools.clock import get_country_today


class SajadCommissionItem(models.Model):
    """One request on the agenda of a session, and the decision on it (row A7)."""

    _name = "sajad.commission.item"
    _description = "Agenda Item"
    _inherit = ["sajad.client.guard"]
    # what the members of the commission fill in
    _client_fields = {
        "sequence",
        "decision",
        "decision_text",
        "session_id",
        "task_id",
    }
    _client_create_fields = _client_fields
    _order = "session_id, sequence, id"
    _rec_name = "student_name"

    session_id = fields.Many2one(
        "sajad.commission.session", required=True, index=True, ondelete="cascade"
    )
    session_state = fields.Selection(
        related="session_id.state", string="Session Status"
    )
    sequence = fields.Integer(default=10)
    task_id = fields.Many2one(
        "sajad.task", string="Work", required=True, index=True, ondelete="restrict"
    )
    # kept with the minutes, whatever becomes of the work
    request_id = fields.Many2one(
        "sajad.request",
        compute="_compute_request",
        store=True,
        precompute=True,
        index=True,
    )
    student_name = fields.Char(
        string="Student", compute="_compute_request", store=True, precompute=True
    )
    student_number = fields.Char(
        compute="_compute_request", store=True, precompute=True
    )
    university_id = fields.Many2one(
        "sajad.university", compute="_compute_request", store=True, precompute=True
    )
    process_id = fields.Many2one(
        "sajad.process", compute="_compute_request", store=True, precompute=True
    )
    summary = fields.Text(
        compute="_compute_summary",
        help="What the offices before the commission noted for it.",
    )
    matter = fields.Text(
        string="What Is Asked",
        compute="_compute_matter",
        help="Subject and wish, as the student chose and wrote them.",
    )
    decision = fields.Selection(
        [
            ("accepted", "Accepted"),
            ("conditional", "Accepted on Condition"),
            ("rejected", "Rejected"),
            ("postponed", "Postponed"),
        ]
    )
    decision_text = fields.Text(string="Text of the Decision")
    is_applied = fields.Boolean(string="In Force", readonly=True, copy=False)
    letter_number = fields.Char(readonly=True, copy=False)
    date_letter = fields.Date(string="Letter of", readonly=True, copy=False)

    _task_uniq = models.UniqueIndex(
        "(session_id, task_id)", "The request is on this agenda already."
    )

    @api.depends("task_id")
    def _compute_request(self):
        for item in self:
            # members of the commission see requests of every university
            task = item.task_id.sudo()
            item.request_id = task.request_id
            item.student_name = task.student_name
            item.student_number = task.student_number
            item.university_id = task.university_id
            item.process_id = task.process_id

    @api.depends("request_id")
    def _compute_summary(self):
        for item in self:
            # what offices before wrote for those who decide
            done = item.request_id.sudo().current_task_ids.filtered(
                lambda task: task.state == "done" and task.note
            )
            item.summary = "\n".join(
                f"{task.stage_id.name}: {task.note}" for task in done
            )

    @api.depends("request_id")
    def _compute_matter(self):
        self.matter = False
        for item in self.filtered("request_id"):
            item.matter = "\n".join(str(value) for _label, value in item._get_matter())

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items._check_open()
        items.filtered("decision")._check_begun()
        for item in items:
            if item.task_id.cartable_id != item.session_id.cartable_id:
                raise UserError(
                    self.env._(
                        "%(name)s does not wait for this commission.",
                        name=item.student_name,
                    )
                )
        return items

    def _check_client_write(self, vals):
        self._check_open()
        if {"decision", "decision_text"} & set(vals):
            self._check_begun()
        return super()._check_client_write(vals)

    def _get_client_refusal(self):
        return self.env._("Decisions come into force with the session.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_applied(self):
        self._check_open()

    def _check_open(self):
        self.session_id._check_minutes_open()
        if any(item.is_applied for item in self):
            raise UserError(self.env._("Decisions of this session are in force."))

    def _check_begun(self):
        if any(item.session_id.state == "planned" for item in self):
            raise UserError(
                self.env._("Begin the session first: then enter the decisions.")
            )

    # ------------------------------------------------------------
    # DECISIONS
    # ------------------------------------------------------------

    def _apply(self):
        """Move the requests by the decisions; return sentences of those that stay.

        With the rights of the member who closes: the engine checks who decides.
        """
        problems = []
        for key, items in self.grouped(lambda i: (i.decision, i.decision_text)).items():
            decision, text = key
            stuck = {}
            if decision == "postponed":
                self.env["sajad.engine"]._postpone(items.task_id, text or "")
            else:
                outcome = "refused" if decision == "rejected" else "approved"
                engine = self.env["sajad.engine"].with_context(
                    sajad_commission_items=items.ids
                )
                stuck = engine._decide(items.task_id, outcome, text or "")
            for item in items:
                if item.task_id in stuck:
                    problems.append(f"{item.student_name}: {stuck[item.task_id]}")
            items.filtered(
                lambda i, stuck=stuck: i.task_id not in stuck
            )._put_in_force()
        return problems

    def _put_in_force(self):
        """Number the letters of decisions, in the order of the agenda."""
        # written with the session alone, never by a client
        decided = self.sudo().filtered(lambda item: item.decision != "postponed")
        # as above: clients never write it
        self.sudo().write({"is_applied": True})
        for university, items in decided.grouped(
            lambda item: item.session_id.cartable_id.university_id
        ).items():
            year, numbers = (
                self.env["sajad.register"]
                # nobody draws numbers by hand
                .sudo()
                ._draw(university, "commission_letter", len(items))
            )
            for item, number in zip(items.sorted("sequence"), numbers, strict=True):
                item.write(
                    {
                        "letter_number": f"{year}/{number}",
                        "date_letter": get_country_today(),
                    }
                )

    def _get_matter(self):
        """Return [(label, value)] of what the student asks for, as the form says it.

        For letters and minutes of a decision that the user may read.
        """
        self.ensure_one()
        self.check_access("read")
        # the commission decides on requests of every university
        request_sudo = self.request_id.sudo()
        if request_sudo.appeal_of_id:
            request_sudo = request_sudo.appeal_of_id
        said = {
            p["name"]: p for p in request_sudo.read(["properties"])[0]["properties"]
        }
        lines = [said[name] for name in ("subject", "wish") if name in said]
        return [
            (
                line["string"],
                dict(line.get("selection") or ()).get(line["value"], line["value"]),
            )
            for line in lines
            if line.get("value")
        ]

    def _get_letter_text(self):
        """Return the decision as those read it who work on an appeal against it."""
        self.ensure_one()
        decisions = dict(self._fields["decision"]._description_selection(self.env))
        head = self.env._(
            "Request %(request)s, letter %(letter)s of %(date)s: %(decision)s",
            request=self.request_id.name,
            letter=self.letter_number,
            date=format_date(self.env, self.date_letter),
            decision=decisions[self.decision],
        )
        return "\n".join(filter(None, (head, self.decision_text)))

    def _get_letter_student(self):
        """Return the student for the letter of a decision that the user may read."""
        self.ensure_one()
        self.check_access("read")
        # the commission decides on students of every university
        return self.request_id.sudo().student_id
