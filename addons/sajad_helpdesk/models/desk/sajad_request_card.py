from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.mail import html_to_inner_content

from odoo.addons.sajad_base.tools.durations import get_hours_writer
from odoo.addons.sajad_base.tools.searches import asked_for_true

SNIPPET = 120
COLUMNS = ("new", "progress", "waiting", "solved")


class SajadRequest(models.Model):
    """What a card of the support desk says: how old, and who spoke last (row D2)."""

    _inherit = "sajad.request"

    support_age = fields.Char(string="Age", compute="_compute_support_age")
    support_last = fields.Char(
        string="Last Message",
        compute="_compute_support_last",
        help="What was written last, without internal notes.",
    )
    support_speaker = fields.Selection(
        [
            ("requester", "The requester wrote last"),
            ("office", "The office wrote last"),
        ],
        string="Who Wrote Last",
        compute="_compute_support_last",
    )

    support_on_own_desk = fields.Boolean(
        string="On a Desk of Mine",
        compute="_compute_support_on_own_desk",
        search="_search_support_on_own_desk",
    )

    @api.depends_context("uid")
    @api.depends("support_cartable_id")
    def _compute_support_on_own_desk(self):
        for request in self:
            request.support_on_own_desk = request.support_cartable_id.is_member

    @asked_for_true
    def _search_support_on_own_desk(self):
        # as ids: PostgreSQL then knows how much lies on these desks
        own = self.env["sajad.cartable.member"]._get_own_cartable_ids()
        return Domain("support_cartable_id", "in", own)

    @api.model
    def _read_group_support_states(self, states, domain):
        """Show the columns of open requests even when they are empty."""
        present = {*states, *COLUMNS}
        selection = self._fields["support_state"].selection
        return [state for state, _label in selection if state in present]

    @api.depends_context("lang")
    @api.depends("date_submit", "date_done")
    def _compute_support_age(self):
        now, tell = fields.Datetime.now(), get_hours_writer(self.env)
        for request in self:
            age = (request.date_done or now) - (request.date_submit or now)
            request.support_age = tell(max(age.total_seconds(), 0) / 3600)

    @api.depends("note", "partner_id", "institution_id")
    def _compute_support_last(self):
        """Ask once for a page what was written last on each request.

        Messages are not watched; what is named is read together with the page.
        """
        rows = self.env.execute_query(self._get_support_last_sql()) if self.ids else ()
        found = {request_id: (body, author) for request_id, body, author in rows}
        for request in self:
            body, author_id = found.get(request.id, (request.note, None))
            # a description is plain text, messages are not
            text = html_to_inner_content(body or "") if author_id else body or ""
            text = " ".join(text.split())
            request.support_last = text[:SNIPPET] + ("…" if text[SNIPPET:] else "")
            asked = not author_id or author_id == request.partner_id.id
            # who speaks for an institution is looked up where somebody spoke
            if request.institution_id and author_id:
                asked = author_id in request._get_speakers().ids
            request.support_speaker = "requester" if asked else "office"

    def _get_support_last_sql(self):
        self.env["mail.message"].flush_model()
        return SQL(
            """
            SELECT DISTINCT ON (message.res_id)
                   message.res_id, message.body, message.author_id
              FROM mail_message message
         LEFT JOIN mail_message_subtype subtype ON subtype.id = message.subtype_id
             WHERE message.model = 'sajad.request'
               AND message.res_id IN %s
               AND message.message_type IN ('comment', 'email')
               AND message.is_internal IS NOT TRUE
               AND subtype.internal IS NOT TRUE
          ORDER BY message.res_id, message.id DESC
            """,
            tuple(self.ids),
        )
