from datetime import UTC, datetime, time, timedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sajad_base.tools.clock import COUNTRY_TZ, COUNTRY_ZONE

ANSWERED = ("solved", "closed")
# {value of a rating: what it is called here}
FACES = {5: "good", 3: "fair", 1: "bad"}
REMARKS = 12

RATINGS = """
SELECT request.%s, rating.rating::int, count(*)
  FROM rating_rating rating
  JOIN sajad_request request ON request.id = rating.res_id
 WHERE rating.res_model = 'sajad.request' AND rating.consumed
   AND rating.res_id IN %s
 GROUP BY 1, 2
"""


class SajadSupportPrint(models.TransientModel):
    """The printed report of the support desk: load, satisfaction, promises (row D2)."""

    _name = "sajad.support.print"
    _inherit = ["sajad.sla.print"]
    _description = "Print the Report of the Support Desk"
    _report = "sajad_helpdesk.sajad_support_report"

    process_id = fields.Many2one(
        default=lambda self: self.env.ref("sajad_helpdesk.sajad_process_support")
    )
    category_id = fields.Many2one(
        "sajad.support.category", help="Empty: all categories."
    )

    def _get_requests(self):
        """Return the requests of the period, elevated, of the user's universities."""
        # reporting officers read the numbers of requests, never requests; of which
        # universities was asked by the choice
        allowed = self.university_ids
        chosen = allowed & self.university_id if self.university_id else allowed
        domain = (
            Domain("process_id", "=", self.process_id.id)
            & Domain("support_state", "!=", False)
            & Domain("state", "!=", "draft")
            & Domain("university_id", "in", chosen.ids)
            & Domain("date_submit", ">=", self._get_moment(self.date_from))
            & Domain("date_submit", "<", self._get_moment(self.date_to, 1))
        )
        if self.category_id:
            domain &= Domain("support_category_id", "=", self.category_id.id)
        return self.env["sajad.request"].sudo(), domain  # as above

    @staticmethod
    def _get_moment(day, later=0):
        """Return when a day begins in the country, naive UTC."""
        begin = datetime.combine(day + timedelta(days=later), time(), COUNTRY_ZONE)
        return begin.astimezone(UTC).replace(tzinfo=None)

    def _get_support_report(self):
        """Return what the paper shows; "count" is 0 when nothing came."""
        self.ensure_one()
        Request_sudo, domain = self._get_requests()
        query = Request_sudo._search(domain)
        categories = self._get_load("support_category_id", query)
        return {
            "count": sum(line["count"] for line in categories),
            "categories": categories,
            "universities": self._get_load("university_id", query),
            "hours": self._get_hours(Request_sudo, domain),
            "rates": self._add_up(categories),
            "remarks": self._get_remarks(query),
            "lines": self._get_lines(),
        }

    def _get_load(self, name, query):
        """Return how much came and how it ended, by one field, the most first."""
        Request_sudo = self.env["sajad.request"].sudo()  # as of `_get_requests`
        groups = Request_sudo._read_group(
            [("id", "in", query)], [name, "support_state"], ["__count"]
        )
        ratings = self._get_ratings(name, query)
        lines = {}
        for record, state, count in groups:
            line = lines.setdefault(record, self._make_line(record, ratings))
            line["count"] += count
            line["answered" if state in ANSWERED else "open"] += count
        return sorted(lines.values(), key=lambda line: -line["count"])

    @staticmethod
    def _make_line(record, ratings):
        rates = ratings.get(record.id, {})
        given = sum(rates.values())
        return {
            "name": record.name or "-",
            "count": 0,
            "answered": 0,
            "open": 0,
            "rated": given,
            "good": rates.get(5, 0),
            "fair": rates.get(3, 0),
            "bad": rates.get(1, 0),
            "percent": given and 100 * rates.get(5, 0) / given,
        }

    def _get_ratings(self, name, query):
        """Return {id of the group: {rating: count}}."""
        self.env.flush_all()
        statement = SQL(RATINGS, SQL.identifier(name), query.subselect())
        found = {}
        for group, rate, count in self.env.execute_query(statement):
            found.setdefault(group, {})[rate] = count
        return found

    def _get_hours(self, Request_sudo, domain):
        """Return [(hour of the day, how many came, share of the busiest hour)]."""
        groups = Request_sudo.with_context(tz=COUNTRY_TZ)._read_group(
            domain, ["date_submit:hour_number"], ["__count"]
        )
        most = max((count for _hour, count in groups), default=0)
        return [(int(hour), count, round(100 * count / most)) for hour, count in groups]

    @staticmethod
    def _add_up(lines):
        rates = {face: sum(line[face] for line in lines) for face in FACES.values()}
        rates["rated"] = sum(rates.values())
        rates["percent"] = rates["rated"] and 100 * rates["good"] / rates["rated"]
        return rates

    def _get_remarks(self, query):
        """Return the last remarks beside ratings, without the names of who wrote."""
        # as of `_get_requests`
        Rating_sudo = self.env["rating.rating"].sudo()
        domain = [
            ("res_model", "=", "sajad.request"),
            ("res_id", "in", query),
            ("consumed", "=", True),
            ("feedback", "not in", (False, "")),
        ]
        found = Rating_sudo.search(
            domain, order="write_date desc, id desc", limit=REMARKS
        )
        return [(FACES.get(int(r.rating), "fair"), r.feedback) for r in found]

    def _get_lines(self):
        """Return how promises of support were kept; empty when none ended."""
        services = self._get_report()
        return services[0]["lines"] if services else []
