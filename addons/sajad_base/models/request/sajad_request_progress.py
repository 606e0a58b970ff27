from odoo import models
from odoo.tools.i18n import format_list

from ...engine.states import (
    ENDED_REQUESTS,
    OPEN_REQUESTS,
    OPEN_WORK,
    VOID_WORK,
)
from ...tools.standing import read_standing


class SajadRequest(models.Model):
    """Where a request is and what comes next, in the words of a student (row A9)."""

    _inherit = "sajad.request"

    def _get_portal_tasks(self):
        """Return the current steps of the requests, fetched at once."""
        # Students have no access to work items; that to the request was checked.
        return self.sudo().current_task_ids

    def _get_portal_timeline(self):
        """Return the steps of the request in order, offices instead of persons.

        `level` says how far from the start a step is; several steps of one level
        are `parallel`. The number of queries does not depend on the steps.

        :rtype: list[dict]
        """
        self.ensure_one()
        tasks = self._get_portal_tasks()
        levels = self._get_step_levels()
        # steps of one level as the version orders them
        order = {step_id: place for place, step_id in enumerate(levels)}
        tasks = tasks.sorted(
            lambda task: (
                levels.get(task.step_id.id, 0),
                order.get(task.step_id.id, 0),
                task.id,
            )
        )
        entries = [
            self._prepare_timeline_entry(task, levels.get(task.step_id.id, 0))
            for task in tasks
        ]
        told = self.env["sajad.event"]._get_told(self)
        # the form of the requester is the first step
        for number, (entry, task) in enumerate(zip(entries, tasks, strict=True), 2):
            entry["number"] = number
            entry["told"] = told.get(task.stage_id.id, [])
        for entry in entries:
            entry["parallel"] = entry["state"] not in VOID_WORK and any(
                other is not entry
                and other["level"] == entry["level"]
                and other["state"] not in VOID_WORK
                for other in entries
            )
        return entries

    def _prepare_timeline_entry(self, task, level):
        """Hook: what a student reads about one step."""
        waits = task.state == "student" and task.student_wait
        return {
            "id": task.id,
            "stage": task.stage_id.name,
            "role": task.stage_id.role_id.name,
            "who": task.stage_id.role_id.name,
            "level": level,
            "state": task.state,
            "outcome": task.outcome,
            # nobody decided: the office holds nothing
            "automatic": task.outcome == "approved" and not task.done_by_id,
            "since": task.date_ready,
            "date_done": task.date_done,
            "visit": {
                "place": task.visit_place,
                "time": task.visit_time,
                "reason": task.visit_reason,
            }
            if waits == "visit"
            else False,
            "return_reason": task.return_reason if waits == "answer" else False,
        }

    def _get_step_levels(self):
        """Return {step id: number of steps on the longest way before it}."""
        steps = self.env["sajad.flow"]._get_structure(self.flow_id.id)
        levels = {}

        def get_level(step_id):
            if step_id not in levels:
                before = steps[step_id].predecessors
                levels[step_id] = 1 + max(map(get_level, before), default=-1)
            return levels[step_id]

        # in the order of the version, whatever comes before what
        return {step_id: get_level(step_id) for step_id in steps}

    # ------------------------------------------------------------
    # WHAT TO DO NEXT
    # ------------------------------------------------------------

    def _get_next_action(self):
        """Return the one sentence that says what the student does next.

        :return: {"kind": answer, visit, office, suspended or a final state,
            "text": the sentence, "duties": as of `_get_duties`}
        :rtype: dict
        """
        self.ensure_one()
        kind = self._get_next_kind()
        return {
            "kind": kind,
            "text": getattr(self, f"_get_next_text_{kind}")(),
            "duties": self._get_duties() if self.state in OPEN_REQUESTS else [],
        }

    def _get_duties(self):
        """Hook: what the student still has to bring, pay or return (row B7).

        :return: [{"text": what, "office": to whom, "place", "hours", "until": date or
            False, "url": where to do it or False}]
        :rtype: list
        """
        return []

    def _get_next_kind(self, works=None):
        """Hook: where the request is, in one word.

        :param works: [(state, what the student is waited for, …)] of the current
            steps, if they were read
        """
        if self.state in ("draft", *ENDED_REQUESTS):
            return self.state
        if works is None:
            works = [(t.state, t.student_wait) for t in self._get_portal_tasks()]
        waits = [wait for state, wait, *_rest in works if state == "student"]
        if "answer" in waits:
            return "answer"
        if "visit" in waits:
            return "visit"
        if self.state == "suspended" or all(work[0] != "ready" for work in works):
            return "suspended"
        return "office"

    def _get_next_text_draft(self):
        return self.env._("This request was not submitted yet.")

    def _get_next_text_done(self):
        return self.env._("Done. There is nothing left for you to do.")

    def _get_next_text_refused(self):
        refused = self._get_portal_tasks().filtered(lambda t: t.outcome == "refused")
        if not refused:
            return self.env._("Your request was refused.")
        office = self._join_offices(refused)
        reason = self._get_refusal_reason()
        if not reason:
            return self.env._("Your request was refused by %(office)s.", office=office)
        return self.env._(
            "Your request was refused by %(office)s: %(reason)s",
            office=office,
            reason=reason,
        )

    def _get_refusal_reason(self):
        # history is the offices'; the reason of a refusal is told to its student
        domain = [
            ("request_id", "=", self.id),
            ("kind", "=", "refused"),
            ("visible_to_student", "=", True),
        ]
        # students read no history; this much of it was written for them
        Event_sudo = self.env["sajad.event"].sudo()
        return Event_sudo.search(domain, order="id desc", limit=1).reason

    def _get_next_text_cancelled(self):
        return self.env._("This request was cancelled.")

    def _get_next_text_answer(self):
        tasks = self._get_portal_tasks().filtered(
            lambda t: t.state == "student" and t.student_wait == "answer"
        )
        reasons = [task.return_reason for task in tasks if task.return_reason]
        return self.env._(
            "Complete your request: %(reason)s",
            reason=" / ".join(reasons) or self.return_reason or "",
        )

    def _get_next_text_visit(self):
        tasks = self._get_portal_tasks().filtered(
            lambda t: t.state == "student" and t.student_wait == "visit"
        )
        return self.env._(
            "Come in person to %(office)s.", office=self._join_offices(tasks)
        )

    def _get_next_text_suspended(self):
        tasks = self._get_portal_tasks().filtered(lambda t: t.state == "suspended")
        return self.env._(
            "Your university has not named anyone for %(office)s: we have told it, and "
            "your request goes on by itself.",
            office=self._join_offices(tasks),
        )

    def _get_next_text_office(self):
        tasks = self._get_portal_tasks().filtered(lambda t: t.state == "ready")
        since = min((t.date_ready for t in tasks if t.date_ready), default=False)
        # the widget of templates, so that the calendar is the one of the page
        date = self.env["ir.qweb.field.datetime"].value_to_html(
            since, {"date_only": True}
        )
        text = (
            self.env._("It is with %(office)s since %(date)s. You still have to:")
            if self._get_duties()
            else self.env._("Nothing to do: it is with %(office)s since %(date)s.")
        )
        return text % {"office": self._join_offices(tasks), "date": date}

    def _join_offices(self, tasks):
        names = dict.fromkeys(task.stage_id.name for task in tasks)
        return format_list(self.env, list(names))

    # ------------------------------------------------------------
    # LISTS
    # ------------------------------------------------------------

    def _get_portal_summaries(self):
        """Return {request: {kind, offices, changed}} for a page of requests.

        Called with elevated rights: students have no access to work and history. It
        is one statement, however many requests there are.
        """
        standing = read_standing(self)
        return {
            request: {
                "kind": request._get_next_kind(works),
                "offices": [name for state, _w, name in works if state in OPEN_WORK],
                "changed": changed or request.date_submit,
            }
            for request in self
            for changed, works in [standing[request.id]]
        }

    # ------------------------------------------------------------
    # THE PRINTED SHEET
    # ------------------------------------------------------------

    def _get_sheet_tasks(self):
        """Return {request: its current steps, in order} of several requests at once."""
        self.check_access("read")
        # the history, which shows the same, is read by whoever reads the request
        tasks_sudo = self.sudo().current_task_ids
        grouped = tasks_sudo.grouped("request_id")
        found = {}
        for request in self:
            request_sudo = request.sudo()  # steps and their order, as above
            levels = request_sudo._get_step_levels()
            found[request] = grouped.get(request_sudo, tasks_sudo.browse()).sorted(
                lambda task, levels=levels: (
                    levels.get(task.step_id.id, 0),
                    task.step_id.sequence,
                    task.id,
                )
            )
        return found

    def _get_sheet_events(self):
        """Return {request: its history} of several requests at once."""
        # found with the user's own rights: a sheet is for staff
        events = self.env["sajad.event"].search(
            [("request_id", "in", self.ids)], order="id"
        )
        # officers may not read the accounts of other offices, only their names here
        grouped = events.sudo().grouped("request_id")
        return {request: grouped.get(request, events.browse()) for request in self}

    def _get_sheet_student(self):
        """Return the student, for a sheet of a request that the user may read."""
        self.ensure_one()
        self.check_access("read")
        # offices of the Organization decide on students of every university
        return self.student_id.sudo()

    def _get_sheet_person(self):
        """Return who sent it, for a sheet of a request that the user may read."""
        self.ensure_one()
        self.check_access("read")
        # offices decide on requests of people of whom they read nothing else
        return self.partner_id.sudo()
