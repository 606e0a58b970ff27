from odoo import api, fields, models
from odoo.tools import SQL, format_datetime
from odoo.tools.i18n import format_list

from ...tools import recheck
from ...tools.count import Count
from ...tools.moments import to_moment

# requests whose clocks are counted at a time
BATCH = 2000
# where a run that was cut off goes on
PLACE = "sajad_sla.checked"


class SajadSlaCheck(models.Model):
    """A clock that its history does not say so: found by the nightly recheck (row D4).

    All clocks are counted anew by the pure function. What is found is listed, and never
    put right by itself: somebody has changed a calendar of the past, or the database.
    """

    _name = "sajad.sla.check"
    _description = "Difference of a Clock"
    _inherit = ["sajad.client.guard"]
    _order = "id desc"
    _rec_name = "request_id"
    _log_access = False

    date = fields.Datetime(string="Found", required=True)
    request_id = fields.Many2one("sajad.request", index=True, ondelete="cascade")
    clock_id = fields.Many2one("sajad.sla.clock", index=True, ondelete="cascade")
    kept_values = fields.Json(string="Values as Kept")
    counted_values = fields.Json(string="Values by History")
    kept = fields.Char(string="As Kept", compute="_compute_texts")
    counted = fields.Char(string="By History", compute="_compute_texts")

    @api.depends("kept_values", "counted_values")
    @api.depends_context("lang", "tz")
    def _compute_texts(self):
        for check in self:
            check.kept = self._describe(check.kept_values)
            check.counted = self._describe(check.counted_values)

    @api.model
    def _describe(self, values):
        """Return what a clock says for whoever reads it; nothing of no clock."""
        clock_fields = self.env["sajad.sla.clock"]._fields
        states = dict(clock_fields["state"]._description_selection(self.env))
        texts = []
        for name, value in (values or {}).items():
            if value is None:
                continue
            if name == "state":
                value = states.get(value, value)
            elif name in recheck.MOMENTS:
                value = format_datetime(self.env, to_moment(value))
            label = clock_fields[name]._description_string(self.env)
            texts.append(f"{label}: {value}")
        return format_list(self.env, texts) if texts else ""

    @api.model
    def _cron_check(self):
        """Count all clocks anew, a batch at a time, and list the differences.

        A run that was cut off goes on where it was.
        """
        Place = self.env["sajad.job.place"]
        last = Place._get(PLACE)
        while ids := self._get_next(last):
            self._check_part(last, ids)
            last = ids[-1]
            if not Place._keep(PLACE, last, len(ids)):
                return
        Place._finish(PLACE)

    @api.model
    def _check_part(self, last, ids):
        """Check the requests `ids`, all that there are after the id `last`."""
        query = SQL(
            "DELETE FROM sajad_sla_check WHERE request_id > %s AND request_id <= %s "
            "RETURNING id",
            last,
            ids[-1],
        )
        self.env.flush_all()
        self.env.execute_query(query)
        self.invalidate_model(flush=False)
        # every request, whoever asks: a job
        requests_sudo = self.env["sajad.request"].sudo().browse(ids)
        self._list(self._find_differences(requests_sudo))

    @api.model
    def _get_next(self, last):
        query = SQL(
            "SELECT DISTINCT request_id FROM sajad_sla_clock WHERE request_id > %s "
            "ORDER BY request_id LIMIT %s",
            last,
            BATCH,
        )
        return [row[0] for row in self.env.execute_query(query)]

    @api.model
    def _find_differences(self, requests):
        """Return {key of a clock: (as it is kept, as history says)}, where they differ.

        Compared is what stays the same until something happens: of open clocks not
        what they have used. Every clock there is is read: as bare seconds, and nothing
        else of its row is counted again.
        """
        self.env.flush_all()
        known = self._read_firm(requests.ids)
        events = self.env["sajad.sla.keeper"]._read_events(requests.ids)
        count = Count(self.env, requests, fields.Datetime.now(), None, False)
        found = {}
        for request in requests:
            before = known.get(request.id, {})
            kept = {key: recheck.get_kept(row) for key, row in before.items()}
            counted = {
                clock[:2]: recheck.get_counted(clock, target)
                for clock, (_terms, target, _calendar) in count.get_clocks(
                    request, events.get(request.id, []), before
                )
            }
            if kept != counted:
                for key, texts in recheck.tell(kept, counted).items():
                    found[(request.id, *key)] = texts
        return found

    @api.model
    def _read_firm(self, request_ids):
        """Return {request id: {(metric, cycle): row}}, the moments as seconds."""
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT request_id, metric, cycle, version_id, calendar_id, target, "
                "used, state, %s FROM sajad_sla_clock WHERE request_id IN %s",
                SQL(", ").join(
                    SQL(
                        "extract(epoch FROM %(name)s)::bigint AS %(name)s",
                        name=SQL.identifier(name),
                    )
                    for name in recheck.MOMENTS
                ),
                tuple(request_ids),
            )
        )
        known = {}
        for row in rows:
            known.setdefault(row["request_id"], {})[row["metric"], row["cycle"]] = row
        return known

    @api.model
    def _list(self, differences):
        if not differences:
            return
        ids = {
            (clock.request_id.id, clock.metric, clock.cycle): clock.id
            for clock in self.env["sajad.sla.clock"].search(
                [("request_id", "in", [key[0] for key in differences])]
            )
        }
        # what the job found is the system's to write
        self.sudo().create(
            [
                {
                    "date": fields.Datetime.now(),
                    "request_id": key[0],
                    "clock_id": ids.get(key),
                    "kept_values": kept,
                    "counted_values": counted,
                }
                for key, (kept, counted) in differences.items()
            ]
        )

    def _get_client_refusal(self):
        return self.env._("Differences are found by the nightly recheck.")
