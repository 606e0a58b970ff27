from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ResUsers(models.Model):
    """Mails about an account come from the university of the person (row A11)."""

    _inherit = "res.users"

    def _get_mail_universities(self):
        """Return {user: in whose name mails about the account or its work go out}.

        The university where the person studies or works; whoever belongs to several,
        or to none, is written to by the Organization.
        """
        # where people work decides on the sender alone; nothing of it is shown
        Member = self.env["sajad.cartable.member"].sudo()
        members = Member.search(
            Domain("user_id", "in", self.ids) & Member._get_active_domain()
        ).grouped("user_id")
        # where a person belongs is no secret of the person
        University = self.env["sajad.university"].sudo()
        liaisons = University.search([("liaison_ids", "in", self.ids)])
        # where they study, too
        Student = self.env["sajad.student"].sudo()
        students = Student.search([("partner_id", "in", self.partner_id.ids)])
        studies = students.grouped("partner_id")
        found = {}
        for user in self:
            places = members.get(user, Member).cartable_id.university_id
            places |= studies.get(user.partner_id, Student).university_id
            places |= liaisons.filtered(lambda u, user=user: user in u.liaison_ids)
            # and for whom they speak
            places |= user.sudo().sajad_institution_ids.university_id
            found[user] = places if len(places) == 1 else University._get_organization()
        return found

    def _action_reset_password(self, signup_type="reset"):
        """Send links for a password as letters of ours, in the person's language.

        :raise UserError: an account is archived, or has no address
        """
        if self.env.context.get("install_mode") or self.env.context.get("import_file"):
            return None
        if any(not user.active or not user.email for user in self):
            raise UserError(
                self.env._(
                    "No mail can be sent: the account is archived, or has no e-mail "
                    "address."
                )
            )
        self.partner_id.signup_prepare(signup_type=signup_type)
        is_new = self.env.context.get("create_user")
        Notice = self.env["sajad.notice"]
        for user, university in self._get_mail_universities().items():
            Notice._queue(
                "account" if is_new and user.share else "password",
                user.partner_id,
                university_id=university.id,
                path="/odoo" if user._is_internal() else "/my",
            )
        # somebody waits for it
        self.env.ref("sajad_base.ir_cron_notice_send").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": self.env._("A mail with a link is on its way.")},
        }

    def _notify_security_setting_update(self, subject, content, mail_values=None, **kw):
        # what Odoo suggests beside it leads to its documentation, in English
        kw["suggest_2fa"] = False
        # nobody has rights on mails of the system
        mails = self.env["mail.mail"].sudo()
        for user, university in self._get_mail_universities().items():
            values = {
                "email_from": university._get_mail_from(),
                "reply_to": university._get_mail_reply_to(),
                **(mail_values or {}),
            }
            mails += super(ResUsers, user)._notify_security_setting_update(
                subject, content, mail_values=values, **kw
            )
        return mails
