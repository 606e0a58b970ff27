from odoo import models
from odoo.fields import Command


class SajadStudent(models.Model):
    """Accounts of students: each is a user of the portal (row A1)."""

    _inherit = "sajad.student"

    def action_create_accounts(self):
        """Give the students who have none a portal account.

        Who has an e-mail is invited by Odoo to choose a password; the login is the
        e-mail, else the student number.

        :raise AccessError: the user may not edit these students
        """
        self.check_access("write")
        missing = self.filtered(lambda student: not student.user_id)
        # One account per person, even with several studies.
        firsts = [students[0] for students in missing.grouped("partner_id").values()]
        taken = self._get_taken_logins(firsts)
        # Whoever registers students need not be an administrator of users.
        Users_sudo = self.env["res.users"].sudo()
        for student in firsts:
            vals = student._prepare_account(taken)
            Users_sudo.with_context(no_reset_password=not student.email).create(vals)
            taken.add(vals["login"])
        missing.invalidate_recordset(["user_id"])
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(count)s accounts created.", count=len(firsts)),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _get_taken_logins(self, students):
        wanted = [s.email for s in students if s.email]
        wanted += [s.student_number for s in students]
        # logins of all users, archived ones too, are unique in the database
        Users_sudo = self.env["res.users"].sudo().with_context(active_test=False)
        return set(Users_sudo.search([("login", "in", wanted)]).mapped("login"))

    def _prepare_account(self, taken):
        """Hook: the values of a student's user.

        :param set taken: logins that are in use
        """
        self.ensure_one()
        login = self.email or self.student_number
        if login in taken:
            login = f"{self.student_number}@{self.university_id.code}"
        return {
            "partner_id": self.partner_id.id,
            "login": login,
            "group_ids": [Command.set([self.env.ref("base.group_portal").id])],
        }
