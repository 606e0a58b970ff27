from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

# universities whose liaisons are reminded at once, while the person waits
FEW = 20
# not to flood the liaisons
REMIND_AFTER = timedelta(days=1)


class SajadCartableGap(models.Model):
    """An office of a published process that nobody holds at a university (row A4).

    Computed from what is there, so it is never out of date: each role of each
    published process at each university (and faculty) that offers it, without those
    whose cartable has somebody today.
    """

    _name = "sajad.cartable.gap"
    _description = "Office Without Anyone"
    _auto = False
    _order = "suspended_count desc, suspended_since, university_id, id"
    _rec_name = "role_id"
    # what has to be in the database before the query reads it
    _depends = {
        "res.users": ["active"],
        "sajad.cartable": ["role_id", "process_id", "university_id", "active"],
        "sajad.cartable.member": [
            "cartable_id",
            "user_id",
            "kind",
            "date_from",
            "date_to",
        ],
        "sajad.cartable.reminder": ["role_id", "university_id", "date"],
        "sajad.cartable.request": ["role_id", "university_id", "state"],
        "sajad.faculty": ["university_id", "active"],
        "sajad.flow": ["process_id", "state"],
        "sajad.flow.step": ["flow_id", "stage_id"],
        "sajad.process": ["active", "only_chosen", "university_ids"],
        "sajad.role": ["level"],
        "sajad.stage": ["role_id"],
        "sajad.task": ["state", "current", "stage_id", "university_id"],
        "sajad.university": ["active", "is_organization"],
    }

    university_id = fields.Many2one("sajad.university", readonly=True)
    faculty_id = fields.Many2one("sajad.faculty", readonly=True)
    process_id = fields.Many2one("sajad.process", readonly=True)
    role_id = fields.Many2one("sajad.role", readonly=True)
    cartable_id = fields.Many2one(
        "sajad.cartable",
        readonly=True,
        help="The cartable is there, but nobody decides in it today.",
    )
    suspended_count = fields.Integer(
        string="Suspended", readonly=True, help="Requests that wait for this office."
    )
    suspended_since = fields.Datetime(string="Waiting since", readonly=True)
    request_id = fields.Many2one(
        "sajad.cartable.request", string="Asked for", readonly=True
    )
    request_state = fields.Selection(
        related="request_id.state", string="Status of the Request"
    )
    date_reminded = fields.Datetime(string="Reminded on", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            WITH needed AS (
                SELECT DISTINCT flow.process_id, process.only_chosen,
                       role.id AS role_id, role.level
                  FROM sajad_flow flow
                  JOIN sajad_process process
                    ON process.id = flow.process_id AND process.active IS TRUE
                  JOIN sajad_flow_step step ON step.flow_id = flow.id
                  JOIN sajad_stage stage ON stage.id = step.stage_id
                  JOIN sajad_role role ON role.id = stage.role_id
                 WHERE flow.state = 'published'
            ), place AS (
                SELECT needed.*, university.id AS university_id,
                       faculty.id AS faculty_id
                  FROM needed
                  JOIN sajad_university university
                    ON university.active IS TRUE
                   AND university.is_organization IS NOT TRUE
             LEFT JOIN sajad_faculty faculty
                    ON needed.level = 'faculty'
                   AND faculty.university_id = university.id
                   AND faculty.active IS TRUE
                 WHERE needed.level != 'organization'
                   AND (needed.level = 'university' OR faculty.id IS NOT NULL)
                   AND (EXISTS (SELECT FROM %(offered)s rel
                                 WHERE rel.sajad_process_id = needed.process_id
                                   AND rel.sajad_university_id = university.id)
                        OR needed.only_chosen IS NOT TRUE
                           AND NOT EXISTS (SELECT FROM %(offered)s rel
                                 WHERE rel.sajad_process_id = needed.process_id))
                 UNION ALL
                SELECT needed.*, university.id, NULL
                  FROM needed
                  JOIN sajad_university university
                    ON university.is_organization IS TRUE
                 WHERE needed.level = 'organization'
            ), suspended AS (
                SELECT task.process_id, stage.role_id, task.university_id,
                       CASE WHEN role.level = 'faculty' THEN task.faculty_id END
                            AS faculty_id,
                       COUNT(*) AS amount, MIN(happened.date) AS since
                  FROM sajad_task task
                  JOIN sajad_stage stage ON stage.id = task.stage_id
                  JOIN sajad_role role ON role.id = stage.role_id
     LEFT JOIN LATERAL (
                SELECT MAX(event.date) AS date
                  FROM sajad_event event
                 WHERE event.task_id = task.id
                   AND event.kind = 'suspended') happened ON TRUE
                 WHERE task.state = 'suspended' AND task.current IS TRUE
              GROUP BY 1, 2, 3, 4
            )
            SELECT ('x' || SUBSTR(MD5(CONCAT_WS('-', place.process_id, place.role_id,
                        place.university_id, place.faculty_id)), 1, 12)
                   )::bit(48)::bigint AS id,
                   place.university_id, place.faculty_id, place.process_id,
                   place.role_id, cartable.id AS cartable_id,
                   COALESCE(suspended.amount, 0) AS suspended_count,
                   suspended.since AS suspended_since,
                   asked.id AS request_id, reminder.date AS date_reminded
              FROM place
         LEFT JOIN sajad_cartable cartable
                ON cartable.process_id = place.process_id
               AND cartable.role_id = place.role_id
               AND cartable.university_id = place.university_id
               AND cartable.faculty_id IS NOT DISTINCT FROM place.faculty_id
               AND cartable.active IS TRUE
         LEFT JOIN suspended
                ON suspended.process_id = place.process_id
               AND suspended.role_id = place.role_id
               AND (place.level = 'organization'
                    OR suspended.university_id = place.university_id)
               AND suspended.faculty_id IS NOT DISTINCT FROM place.faculty_id
         LEFT JOIN LATERAL (
                SELECT MAX(request.id) AS id
                  FROM sajad_cartable_request request
                 WHERE request.process_id = place.process_id
                   AND request.role_id = place.role_id
                   AND request.university_id = place.university_id
                   AND request.faculty_id IS NOT DISTINCT FROM place.faculty_id
                   AND request.state IN ('submitted', 'returned')) asked ON TRUE
         LEFT JOIN LATERAL (
                SELECT MAX(reminder.date) AS date
                  FROM sajad_cartable_reminder reminder
                 WHERE reminder.process_id = place.process_id
                   AND reminder.role_id = place.role_id
                   AND reminder.university_id = place.university_id
                   AND reminder.faculty_id IS NOT DISTINCT FROM place.faculty_id
                   ) reminder ON TRUE
             WHERE NOT EXISTS (
                   SELECT FROM (%(deciders)s) decider
                    WHERE decider.cartable_id = cartable.id)
            """,
            offered=SQL.identifier("sajad_process_sajad_university_rel"),
            deciders=self.env["sajad.cartable.member"]._get_decider_sql(),
        )

    def action_ask(self):
        """Open the form in which the liaison asks for this cartable (row A4)."""
        self.ensure_one()
        self.check_access("read")
        if self.request_id:
            return self.request_id._get_records_action()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_base.sajad_cartable_request_action"
        )
        return {
            **action,
            "views": [(False, "form")],
            "context": {
                "default_kind": "new",
                "default_university_id": self.university_id.id,
                "default_process_id": self.process_id.id,
                "default_role_id": self.role_id.id,
                "default_faculty_id": self.faculty_id.id,
            },
        }

    def action_remind(self):
        """Remind the liaisons of the universities, each once a day at most (row A4).

        :raise AccessError: the user is not of the Organization
        """
        told = self._get_to_remind()
        if not told:
            raise UserError(
                self.env._(
                    "There is nobody to remind: the universities have no liaison or "
                    "were reminded within a day."
                )
            )
        universities = told.university_id
        if len(universities) > FEW:
            # by university: a liaison reads of all offices in one mail
            name = self.env._("Remind the Liaisons")
            job = "_batch_remind_liaisons"
            Batch = self.env["sajad.batch"]
            return Batch._start(name, universities, job, gap_ids=told.ids)
        told._remind()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(count)s offices: the liaisons were reminded.", count=len(told)
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _get_to_remind(self):
        """Return those whose liaisons can be reminded now.

        :raise AccessError: the user is not of the Organization
        """
        if not self.env.user.has_group("sajad_base.group_sajad_organization"):
            raise AccessError(self.env._("The Organization reminds the universities."))
        self.check_access("read")
        limit = fields.Datetime.now() - REMIND_AFTER
        due = self.filtered(lambda gap: (gap.date_reminded or limit) <= limit)
        return due.filtered(lambda gap: gap.university_id._get_liaisons())

    def _remind(self):
        """Tell each liaison once of all offices of the university."""
        Notice = self.env["sajad.notice"]
        for university, gaps in self.grouped("university_id").items():
            for liaison in university._get_liaisons().partner_id:
                Notice._queue(
                    "reminder",
                    liaison,
                    note=Notice._localize(gaps, liaison)._get_reminder_note(),
                    path="/odoo/sajad-offices-without-anyone",
                )
        # a note of the Organization's own, which nobody edits
        self.env["sajad.cartable.reminder"].sudo().create(
            [
                {
                    "role_id": gap.role_id.id,
                    "process_id": gap.process_id.id,
                    "university_id": gap.university_id.id,
                    "faculty_id": gap.faculty_id.id,
                    "user_id": self.env.uid,
                }
                for gap in self
            ]
        )

    def _get_reminder_note(self):
        """Return what a reminder says: the offices, a line each."""
        text = self.env._(
            "Nobody is in charge of these offices of your university. Please ask the "
            "Organization for the cartables and introduce the people in charge:"
        )
        return "\n".join([text, *(gap._get_reminder_line() for gap in self)])

    def _get_reminder_line(self):
        places = (self.process_id, self.faculty_id)
        place = " - ".join(place.name for place in places if place)
        line = f"- {self.role_id.name} ({place})"
        if not self.suspended_count:
            return line
        waiting = self.env._("%(count)s requests wait", count=self.suspended_count)
        return f"{line}: {waiting}"
