from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_date

from odoo.addons.sajad_base.engine.states import OPEN_REQUESTS, OPEN_WORK
from odoo.addons.sajad_base.models.engine.sajad_engine_access import TASK_FIELDS
from odoo.addons.sajad_base.tools.clock import get_country_today

from .sajad_dossier_document import REJECTION

# an office that verifies, and what its word makes of a document
TIERS = {"faculty": "checked", "university": "verified"}

# five hundred at once: the ORM would write them by the hundred
DECIDE = """
UPDATE sajad_dossier_document d
   SET write_uid = %s, write_date = now() AT TIME ZONE 'UTC',
       fault_id = %s, reject_note = %s, deadline = %s, state = decided.state
  FROM (VALUES %s) AS decided (id, state)
 WHERE d.id = decided.id
"""
NOTE = """
INSERT INTO sajad_dossier_check
    (document_id, version_id, tier, outcome, fault_id, reason, user_id, date)
VALUES %s
"""


def _as_rows(rows):
    return SQL(", ").join(SQL("%s", tuple(row)) for row in rows)


class SajadDossierDocument(models.Model):
    """Documents are verified by the faculty, then by the university (row C5).

    Never by who brought them, and in both offices never by the same person. Where a
    request has taken them to an office, they are decided on there and nowhere else.
    """

    _inherit = "sajad.dossier.document"

    fault_id = fields.Many2one(
        "sajad.document.fault", string="Rejected because", readonly=True
    )
    reject_note = fields.Text(string="Explanation of the Rejection", readonly=True)
    deadline = fields.Date(string="Bring a Better One until", readonly=True)

    def action_verify(self):
        """Verify documents as the office of the user does (row C5).

        :raise AccessError: not in charge, or the user brought the file oneself
        :raise UserError: a document is not to be verified now, or nobody has seen the
            original that its entry of the checklist asks for
        :return: for many, an action that says what was left out
        """
        return self._decide("verified")

    def action_reject(self, reason="", fault_id=False, deadline=False):
        """Reject documents with a reason that the student reads (row C5).

        :param str reason: in own words; needed where no coded one is given
        :param int fault_id: the coded reason, of `sajad.document.fault`
        :param deadline: until when a better one is expected; that of the coded reason
        :raise AccessError: not in charge, or the user brought the file oneself
        :raise UserError: a document is not to be verified now, no reason was given, or
            the deadline is over
        :return: for many, an action that says what was left out
        """
        reason = (reason or "").strip()
        fault = self.env["sajad.document.fault"].browse(fault_id or ()).exists()
        if not reason and not fault:
            raise UserError(self.env._("Say why it is rejected."))
        days = fault.days or 10
        today = get_country_today()
        if deadline and fields.Date.to_date(deadline) < today:
            raise UserError(self.env._("The day until which it can be mended is over."))
        vals = {
            "fault_id": fault.id,
            "reject_note": reason,
            "deadline": deadline or fields.Date.add(today, days=days),
        }
        return self._decide("rejected", vals)

    def _decide(self, outcome, rejection=None):
        levels = self.dossier_id._check_keeper()
        # checked above; from here on the state is the system's own
        documents_sudo = self.sudo()
        documents_sudo.lock_for_update()
        work = self._get_open_work()
        problems = {
            document: problem
            for document in documents_sudo
            if (problem := document._get_decision_problem(levels, work))
            or (outcome == "verified" and (problem := document._get_paper_problem()))
        }
        if problems and len(problems) == len(self):
            raise next(iter(problems.values()))
        decided = documents_sudo.filtered(lambda d: d not in problems)
        if not decided:
            return None
        decided._write_checks(outcome, rejection or dict.fromkeys(REJECTION), levels)
        return self._report_decision(decided, problems) if len(self) > 1 else None

    def _write_checks(self, outcome, rejection, levels):
        """Note what the user decided, in one statement for each kind of row.

        Called with elevated rights.
        """
        checks, states = [], []
        for document in self:
            tier = document._get_next_tier(levels)
            verified = TIERS[tier] if document.type_id.tiers == "2" else "verified"
            state = "rejected" if outcome == "rejected" else verified
            states.append((document.id, state))
            version_id = document.version_id.id or None
            checks.append((document.id, version_id, tier))
        why = [rejection[name] or None for name in REJECTION]
        self.env.flush_all()
        self.env.cr.execute(SQL(DECIDE, self.env.uid, *why, _as_rows(states)))
        now = fields.Datetime.now()
        common = (outcome, *why[:2], self.env.uid, now)
        rows = _as_rows((*check, *common) for check in checks)
        self.env.cr.execute(SQL(NOTE, rows))
        dossiers = self.dossier_id
        self.invalidate_recordset(flush=False)
        self.env["sajad.dossier.check"].invalidate_model(flush=False)
        dossiers._count_up()

    def _report_decision(self, decided, problems):
        lines = [self.env._("%(count)s done.", count=len(decided))]
        lines += dict.fromkeys(str(problem) for problem in problems.values())
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if problems else "success",
                "sticky": bool(problems),
                "message": "\n".join(lines),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # ------------------------------------------------------------
    # WHOSE TURN IT IS
    # ------------------------------------------------------------

    def _get_turns(self):
        """Return the tiers that can decide now, first the one that usually does."""
        self.ensure_one()
        if self.date_deleted or self.state not in ("submitted", "checked"):
            return ()
        if self.state == "checked":
            return ("university",)
        # not every faculty sees sensitive papers
        if self.type_id.tiers == "1" or self.is_sensitive:
            return ("faculty", "university")
        # who asked for a better file looks at it
        last = self.check_ids.sorted("id")[-1:]
        if last.outcome == "rejected":
            return (last.tier,)
        return ("faculty",)

    def _get_next_tier(self, levels):
        """Return as which tier somebody of some offices decides, or None."""
        return next((turn for turn in self._get_turns() if turn in levels), None)

    def _is_brought_by_user(self):
        self.ensure_one()
        return (self.version_id or self).create_uid == self.env.user

    def _get_open_work(self):
        """Return {(dossier, phase): ({levels of its offices now}, problem)}.

        The problem is why the user cannot decide on the work there, or empty.
        """
        tasks_sudo = (
            self.env["sajad.task"]
            # where a request stands is no secret of those who keep the dossier
            .sudo()
            .search_fetch(
                [
                    ("request_id.dossier_id", "in", self.dossier_id.ids),
                    ("request_id.dossier_phase", "in", list(set(self.mapped("phase")))),
                    ("request_id.state", "in", OPEN_REQUESTS),
                    ("current", "=", True),
                    ("state", "in", OPEN_WORK),
                ],
                TASK_FIELDS,
            )
        )
        engine = self.env["sajad.engine"]
        problems = engine._get_problems(tasks_sudo, engine._get_memberships(tasks_sudo))
        work = {}
        for task in tasks_sudo:
            place = task.request_id.dossier_id.id, task.request_id.dossier_phase
            levels, problem = work.get(place, (set(), ""))
            work[place] = (
                levels | {engine._get_step(task).role_level},
                problem or problems.get(task, ""),
            )
        return work

    def _get_decision_problem(self, levels, work):
        """Return the error why the user cannot decide on it now, or None.

        Called with elevated rights.

        :param set levels: of the offices of the user
        :param dict work: of `_get_open_work`
        """
        self.ensure_one()
        if not self._get_turns():
            text = self.env._("%(name)s is not waiting for a check.", name=self.name)
            return UserError(text)
        if self._is_brought_by_user():
            return AccessError(
                self.env._(
                    "You brought %(name)s yourself; somebody else verifies it.",
                    name=self.name,
                )
            )
        at_work, problem = work.get((self.dossier_id.id, self.phase), (levels, ""))
        tier = self._get_next_tier(levels & at_work)
        if not tier:
            text = self.env._("%(name)s waits for another office.", name=self.name)
            return AccessError(text)
        faculty = self.check_ids.filtered(lambda check: check.tier == "faculty")
        if tier == "university" and self.env.user in faculty.user_id:
            return AccessError(
                self.env._(
                    "You checked %(name)s for the faculty; somebody else verifies it.",
                    name=self.name,
                )
            )
        return AccessError(problem) if problem else None

    def _get_rejection_text(self):
        """Return what the student reads of rejected documents, a line for each."""
        return "\n".join(
            f"{document.name}: {document._get_rejection_reason()}" for document in self
        )

    def _get_rejection_reason(self):
        """Return why it was rejected and until when a better one is expected."""
        self.ensure_one()
        rejections = self.check_ids.filtered(lambda c: c.outcome == "rejected")
        reasons = rejections.sorted("id")[-1:]._get_reason_text().rstrip(".")
        if not self.deadline:
            return reasons
        return self.env._(
            "%(reasons)s. Until %(date)s.",
            reasons=reasons,
            date=format_date(self.env, self.deadline),
        )
