from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import get_lang

from ...tools.clock import COUNTRY_TZ


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
    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    kind = fields.Selection(
        [
            ("submitted", "Submitted"),
            ("visit", "In-Person Visit Required"),
            ("returned", "Returned"),
            ("suspended", "Suspended"),
            ("gap", "Cartable Missing"),
            ("gap_unasked", "Cartable and Liaison Missing"),
            ("resumed", "Resumed"),
            ("done", "Done"),
            ("refused", "Refused"),
            ("moved", "Moved to Another Version"),
            ("work", "Work in the Cartable"),
            ("reminder", "Reminder"),
            ("cartable_approved", "Cartable Request Approved"),
            ("cartable_returned", "Cartable Request Returned"),
            ("cartable_rejected", "Cartable Request Rejected"),
            ("appointed", "Appointment to an Office"),
            ("liaison", "Appointment as Liaison"),
            ("account", "Your Account"),
            ("password", "Your Password"),
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
    university_id = fields.Many2one(
        "sajad.university",
        string="In the Name of",
        ondelete="cascade",
        help="Of what belongs to no request; empty: the Organization.",
    )
    note = fields.Text(help="What the person reads beside the text of the kind.")
    path = fields.Char(
        help="The page that the mail leads to, when it is not that of the request."
    )
    create_date = fields.Datetime(string="Time", readonly=True)

    _queue_idx = models.Index("(id) WHERE state = 'queued'")

    # ------------------------------------------------------------
    # THE ONE DOOR
    # ------------------------------------------------------------

    @api.model
    def _queue(self, kind, partners, request=None, task=None, **values):
        """Queue a notice for each of some people, and return the notices.

        :param str kind: a value of `kind`
        :param partners: the people, a `res.partner`
        :param values: further fields, such as `note` (text in the language of the
            person, see `_localize`) and `path` (the page that the mail leads to, such
            as ``/odoo/sajad-requests``)
        """
        shared = {
            "kind": kind,
            "request_id": request.id if request else None,
            "task_id": task.id if task else None,
            **values,
        }
        return self._queue_many(
            [{**shared, "partner_id": partner.id} for partner in partners]
        )

    @api.model
    def _queue_many(self, vals_list):
        """Queue notices, the only way in which anybody is told anything.

        One statement: notices have nothing to compute, and five hundred decisions
        write a thousand of them.

        :param vals_list: the stored values of each notice, records by their ids
        :return: the notices, with elevated rights
        """
        if not vals_list:
            return self.sudo().browse()  # what the caller gets otherwise
        shared = {"create_date": fields.Datetime.now(), "create_uid": self.env.uid}
        rows = [{**shared, **vals, **self._get_fate(vals)} for vals in vals_list]
        columns = sorted({name for row in rows for name in row})
        self.env.flush_all()
        found = self.env.execute_query(
            SQL(
                "INSERT INTO sajad_notice (%s) VALUES %s RETURNING id",
                SQL(", ").join(SQL.identifier(name) for name in columns),
                SQL(", ").join(
                    SQL("%s", tuple(row.get(name) for name in columns)) for row in rows
                ),
            )
        )
        self.env["sajad.request"].invalidate_model(["notice_ids"], flush=False)
        # notices are written by nobody but the system, whoever causes them
        return self.sudo().browse(notice_id for (notice_id,) in found)

    @api.model
    def _get_fate(self, vals):
        """Return the state of a new notice: who caused it is not told of it.

        But whoever asks for something has it in writing, and so have students.
        """
        user = self.env.user
        if (
            vals["kind"] == "password"
            or user.share
            or vals["partner_id"] != user.partner_id.id
        ):
            return {"state": "queued"}
        request = self.env["sajad.request"].browse(vals.get("request_id"))
        # the own request, read by the person of the notice
        if request.sudo().partner_id == user.partner_id:
            return {"state": "queued"}
        return {"state": "dropped", "drop_reason": "self"}

    @api.model
    def _localize(self, records, partner):
        """Return records in the language and time zone of whom a note is for."""
        tz = partner.tz or COUNTRY_TZ
        return records.with_context(lang=self._get_lang_of(partner), tz=tz)

    @api.model
    def _get_lang_of(self, partner):
        """Return the language of a person: Persian unless they chose another."""
        langs = self.env["res.lang"]._get_active_by("code")
        for code in (partner.lang, "fa_IR"):
            if code in langs:
                return code
        return get_lang(self.env).code

    def _get_text_template(self):
        """Return the template of what a notice says: of the addon of its kind.

        An addon that adds kinds brings `sajad_notice_text_<kind>` for each of them.
        """
        self.ensure_one()
        [module] = self._fields["kind"]._selection_modules(self)[self.kind]
        return f"{module}.sajad_notice_text_{self.kind}"
