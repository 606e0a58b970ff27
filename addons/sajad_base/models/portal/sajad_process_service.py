from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, format_date
from odoo.tools.mail import html_to_inner_content

from ...engine.states import DECIDED_REQUESTS
from ...tools.clock import get_country_today
from ...tools.form_properties import get_kind
from ...tools.sentences import list_quoted

MEASURED_DAYS = 90
# fewer finished requests say nothing about the next one
MIN_MEASURED = 10


class SajadProcess(models.Model):
    """What the catalogue of services tells about a process (row A8)."""

    _inherit = "sajad.process"

    kind = fields.Selection(
        [
            ("leaving", "Leaving and Graduation"),
            ("international", "International Students"),
            ("education", "Education"),
            ("welfare", "Welfare and Dormitories"),
            ("support", "Questions and Support"),
            ("other", "Other Services"),
        ],
        string="Kind of Service",
        required=True,
        default="other",
        help="The heading under which the catalogue shows it.",
    )
    applicants = fields.Char(
        string="Who May Apply",
        translate=True,
        help="In words, for the catalogue. Empty: all of those who may.",
    )
    guide_ids = fields.One2many(
        "sajad.process.guide", "process_id", string="Guides", copy=True
    )
    attachment_slot_ids = fields.One2many(
        "sajad.process.attachment", "process_id", string="Documents", copy=True
    )
    measured_count = fields.Integer(
        string="Finished Lately",
        readonly=True,
        copy=False,
        help="How many requests were finished in the last 90 days.",
    )
    measured_median = fields.Float(
        string="Half within (Days)", readonly=True, copy=False, digits=(10, 1)
    )
    measured_p90 = fields.Float(
        string="Nine of Ten within (Days)", readonly=True, copy=False, digits=(10, 1)
    )

    @api.constrains("call_start", "call_end")
    def _check_call(self):
        for process in self:
            start, end = process.call_start, process.call_end
            if start and end and start > end:
                raise ValidationError(
                    self.env._("The call closes before it opens: %s", process.name)
                )

    # ------------------------------------------------------------
    # HOW LONG IT TAKES
    # ------------------------------------------------------------

    @api.model
    def _cron_measure(self):
        """Measure how long finished requests took, once a night (row A8)."""
        self.env["sajad.request"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT process_id, count(*),
                          percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (
                              ORDER BY EXTRACT(EPOCH FROM date_done - date_submit)
                          )
                     FROM sajad_request
                    WHERE state IN %s AND date_done >= %s
                      AND date_submit IS NOT NULL
                 GROUP BY process_id""",
                DECIDED_REQUESTS,
                fields.Datetime.now() - timedelta(days=MEASURED_DAYS),
            )
        )
        found = {row[0]: row[1:] for row in rows}
        domain = [("flow_ids", "!=", False)]
        for process in self.with_context(active_test=False).search(domain):
            count, seconds = found.get(process.id, (0, (0, 0)))
            values = {
                "measured_count": count,
                "measured_median": round(seconds[0] / 86400, 1),
                "measured_p90": round(seconds[1] / 86400, 1),
            }
            # a process that is the same is left alone: requests refer to its row
            if any(process[name] != value for name, value in values.items()):
                process.write(values)

    def _is_duration_known(self):
        """Return whether enough requests are finished to say how long they take."""
        return self.measured_count >= MIN_MEASURED

    def _get_duration_text(self):
        """Return how long requests took lately, or that too few are finished."""
        self.ensure_one()
        if not self._is_duration_known():
            return self.env._("Too few requests are finished yet to say.")
        half, most = (
            self._get_days_text(days)
            for days in (self.measured_median, self.measured_p90)
        )
        if half == most:
            return self.env._("Usually %(days)s.", days=half)
        return self.env._(
            "Half of the requests within %(half)s, nine of ten within %(most)s.",
            half=half,
            most=most,
        )

    def _get_days_text(self, days):
        if days < 1:
            return self.env._("one day")
        return self.env._("%(count)s days", count=round(days))

    # ------------------------------------------------------------
    # THE CARD
    # ------------------------------------------------------------

    def _get_fee_text(self):
        """Hook: what the service costs today, in words (row D5).

        The only one whom pages and papers ask. Services are free of charge as long as
        no addon brings tariffs.
        """
        self.ensure_one()
        return self.env._("Free of charge")

    def _get_condition_text(self):
        """Return the condition on students in words; empty without one."""
        self.ensure_one()
        # which fields students have is no secret, and the words name no student
        Flow_sudo = self.env["sajad.flow"].sudo()
        return Flow_sudo._describe_students(self.student_condition)

    def _get_applicants_text(self):
        self.ensure_one()
        return self.applicants or self.audience_text

    def _get_call_state(self):
        """Return whether the call is `open`, `soon` or `closed`.

        By the day of the country: a time zone that somebody chooses for the own
        account lengthens no call.
        """
        self.ensure_one()
        today = get_country_today()
        if self.call_start and self.call_start > today:
            return "soon"
        if self.call_end and self.call_end < today:
            return "closed"
        return "open"

    def _get_call_text(self):
        """Return the days of the call in the calendar of the reader, or nothing."""
        self.ensure_one()
        start = self.call_start and format_date(self.env, self.call_start)
        end = self.call_end and format_date(self.env, self.call_end)
        state = self._get_call_state()
        if state == "soon":
            if end:
                return self.env._(
                    "Opens on %(start)s, until %(end)s", start=start, end=end
                )
            return self.env._("Opens on %(start)s", start=start)
        if state == "closed":
            if start:
                return self.env._(
                    "The call is over: it was open from %(start)s until %(end)s.",
                    start=start,
                    end=end,
                )
            return self.env._("The call is over since %(end)s.", end=end)
        return self.env._("Open until %(end)s", end=end) if end else ""

    def _get_short_text(self):
        """Return the description without its layout, for a card."""
        self.ensure_one()
        return html_to_inner_content(self.description or "")

    def _get_attachment_text(self):
        """Return the names of what one needs, in one line."""
        self.ensure_one()
        names = self.attachment_slot_ids.mapped("name")
        names += [question["string"] for question in self._get_file_questions()]
        return list_quoted(self.env, names) if names else ""

    def _get_file_questions(self):
        """Return the definitions of the questions that are answered with a file."""
        self.ensure_one()
        form = self.published_flow_id.request_properties_definition or []
        return [question for question in form if get_kind(question) == "file"]

    @api.model
    def _get_catalogue_domain(self):
        """Return the domain of the processes that are offered to anybody at all."""
        return [("flow_ids.state", "=", "published")]
