from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

KEPT_DAYS = 30


class SajadRequestDraft(models.Model):
    """A half-filled form of the portal: one per person, process and requester (B9).

    Nobody has rights on it: the portal shows it to the one who typed it.
    """

    _name = "sajad.request.draft"
    _description = "Half-Filled Form"
    _order = "write_date desc, id desc"

    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    process_id = fields.Many2one("sajad.process", required=True, ondelete="cascade")
    # whose form it is; neither: the person's own, as a member of staff
    student_id = fields.Many2one(
        "sajad.student", index="btree_not_null", ondelete="cascade"
    )
    institution_id = fields.Many2one(
        "sajad.institution", index="btree_not_null", ondelete="cascade"
    )
    token = fields.Char(required=True, help="The token of the form; files carry it.")
    content = fields.Json(help="What was typed, by the names of the inputs.")

    _form_uniq = models.UniqueIndex(
        "(partner_id, process_id, COALESCE(student_id, 0), "
        "COALESCE(institution_id, 0))",
        "There is a draft of this form already.",
    )
    _age_idx = models.Index("(write_date)")

    @api.model
    def _get_own(self):
        """Return the drafts of the user, with elevated rights."""
        user = self.env.user
        own = [("partner_id", "=", user.partner_id.id)]
        # nobody has rights on drafts; the domain names their owner
        drafts_sudo = self.sudo().search_fetch(own)
        # those of an institution as long as the user is a member of it
        return drafts_sudo.filtered(
            lambda draft: draft.institution_id <= user.sajad_institution_ids
        )

    @api.model
    def _get_own_form(self, process, requester):
        """Return the draft of one form of the user, with elevated rights."""
        return self._get_own().filtered(
            lambda draft: (
                draft.process_id == process and draft._get_requester() == requester
            )
        )

    def _get_requester(self):
        """Return in whose name the form is to be sent."""
        self.ensure_one()
        return self.student_id or self.institution_id or self.partner_id

    @api.model
    def _keep(self, process, requester, token, content, files):
        """Keep what was typed, instead of what the user had kept of this form.

        :param content: {input: text}, whitelisted by the caller
        :param files: attachments of `sajad.upload._get_kept`
        :return: the draft, with elevated rights
        """
        vals = requester._prepare_requester_vals()
        # the requester was checked; two windows that save at once give one draft
        ((draft_id,),) = self.env.execute_query(
            SQL(
                """INSERT INTO sajad_request_draft
                          (partner_id, process_id, student_id, institution_id, token)
                   VALUES (%s, %s, %s, %s, %s)
              ON CONFLICT (partner_id, process_id, COALESCE(student_id, 0),
                           COALESCE(institution_id, 0))
                DO UPDATE SET token = EXCLUDED.token
                RETURNING id""",
                self.env.user.partner_id.id,
                process.id,
                vals.get("student_id"),
                vals.get("institution_id"),
                token,
            )
        )
        # nobody has rights on drafts; whose it is is asked below
        draft_sudo = self.sudo().browse(draft_id)
        draft_sudo.invalidate_recordset(flush=False)
        draft_sudo.write({"token": token, "content": content})
        self.env["sajad.upload"]._hold(draft_sudo, files)
        return draft_sudo

    def _get_form(self):
        """Return what was typed as the form sends it."""
        self.ensure_one()
        return {**(self.content or {}), "submit_token": self.token}

    @api.autovacuum
    def _gc_drafts(self):
        """Delete forms that nobody went on with for a month, with their files."""
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("write_date", "<", limit)], limit=1000).unlink()
