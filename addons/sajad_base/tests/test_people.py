import psycopg2
from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from odoo.addons.auth_signup.models.res_partner import SignupError
from odoo.addons.sajad_persian.tools.normalize import normalize_digits
from odoo.addons.sajad_persian.tools.validators import is_national_id

from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestPeople(SajadCommon):
    """Universities, students, roles and cartables (rows A1, A2, A3)."""

    def test_student_has_a_portal_user(self):
        self.assertEqual(self.student.user_id, self.user_student)
        self.assertTrue(self.student.user_id._is_portal())

    def test_person_with_two_studies(self):
        second = self.make_student("1999", self.university, self.user_student)
        partner = self.user_student.partner_id
        studies = self.env["sajad.student"].search([("partner_id", "=", partner.id)])
        self.assertEqual(studies, self.student | second)

    def test_digits_of_any_script_are_one_number(self):
        """Guards a unique number typed on a Persian or an Arabic keyboard."""
        self.assertEqual(normalize_digits("۰۱۲٣٤"), "01234")
        student = self.make_student("۴۰۰۱", self.university)
        self.assertEqual(student.student_number, "4001")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.make_student("٤٠٠١", self.university)

    def test_national_id(self):
        for number in ("0499370899", "0790419904", "۰۰۸۴۵۷۵۹۴۸"):
            self.assertTrue(is_national_id(number), number)
        for number in ("1111111111", "0499370898", "123", "", "abcdefghij"):
            self.assertFalse(is_national_id(number), number)
        with self.assertRaises(ValidationError):
            self.student.national_id = "0499370898"
        self.student.national_id = "۰۴۹۹۳۷۰۸۹۹"
        self.assertEqual(self.student.national_id, "0499370899")

    def test_birth_date_lies_in_the_past(self):
        with self.assertRaises(ValidationError):
            self.student.birth_date = "2999-01-01"

    def test_faculty_of_the_university(self):
        with self.assertRaises(ValidationError):
            self.student.faculty_id = self.other_faculty

    @users("t_admin")
    def test_admin_adds_a_role_with_its_group(self):
        form = Form(self.env["sajad.role"])
        form.name = "Registrar"
        form.code = "registrar"
        role = form.save()
        group = role.sudo().group_id
        privilege = self.env.ref("sajad_base.res_groups_privilege_sajad_role")
        self.assertEqual(group.name, "Registrar")
        self.assertEqual(group.privilege_id, privilege)
        self.assertIn(
            self.env.ref("sajad_base.group_sajad_officer"), group.all_implied_ids
        )
        role.name = "Chief Registrar"
        self.assertEqual(group.name, "Chief Registrar")

    def test_group_goes_with_its_role(self):
        role = self.make_role("passing")
        group = role.group_id
        role.unlink()
        self.assertFalse(group.exists())
        self.assertTrue(self.make_role("passing").group_id)

    def test_role_with_cartables_is_kept(self):
        process = self.make_process("kept", {"a": {}})
        self.make_cartables(process, self.university, self.user_officer)
        with self.assertRaises(UserError):
            process.stage_ids.role_id.unlink()

    def test_cartable_is_unique(self):
        process = self.make_process("uniq", {"a": {}})
        role = process.stage_ids.role_id
        first = self.make_cartable(role, process, self.university)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.make_cartable(role, process, self.university)
        first.action_archive()
        self.make_cartable(role, process, self.university)

    def test_cartable_fits_the_level_of_its_role(self):
        faculty_role = self.make_role("fr", "faculty")
        national_role = self.make_role("nr", "organization")
        process = self.make_process("lvl", {"a": {}})
        for role, university, values in (
            (faculty_role, self.university, {}),
            (national_role, self.university, {}),
            (process.stage_ids.role_id, self.organization, {}),
            (faculty_role, self.university, {"faculty_id": self.other_faculty.id}),
        ):
            with self.subTest(role.code), self.assertRaises(ValidationError):
                self.make_cartable(role, process, university, **values)

    def test_counts_of_a_cartable(self):
        process = self.make_process("cnt", {"a": {"time_limit": 1}})
        cartable = self.make_cartables(process, self.university, self.user_officer)
        request = self.make_request(process)
        self.assertEqual((cartable.open_count, cartable.late_count), (1, 0))
        task = request.task_ids
        task.date_due = "2020-01-01 00:00:00"
        cartable.invalidate_recordset()
        task.invalidate_recordset(["is_late"])
        self.assertEqual((cartable.open_count, cartable.late_count), (1, 1))
        # while the student has it, the clock of the office stands still
        self.env.cr.execute(
            "UPDATE sajad_task SET state = 'student' WHERE id = %s", [task.id]
        )
        self.env.invalidate_all()
        self.assertEqual((cartable.open_count, cartable.late_count), (1, 0))

    def test_a_card_opens_what_it_counts(self):
        """Also for an administrator, who is a member of no cartable."""
        process = self.make_process("opn", {"a": {}})
        cartable = self.make_cartables(process, self.university, self.user_officer)
        task = self.make_request(process).task_ids
        for user in (self.user_officer, self.user_admin):
            with self.subTest(user.login):
                mine = cartable.with_user(user)
                action = mine.action_open_tasks()
                self.assertEqual(self.search_as_opened(action, user), task)
                self.assertEqual(mine.open_count, 1)

    def test_a_liaison_reads_how_much_is_open(self):
        """And gets to the members, not to a board on which nothing is."""
        process = self.make_process("lia", {"a": {"time_limit": 1}})
        cartable = self.make_cartables(process, self.university, self.user_officer)
        task = self.make_request(process).task_ids
        task.date_due = "2020-01-01 00:00:00"
        self.env.flush_all()
        self.env.invalidate_all()
        mine = cartable.with_user(self.user_liaison)
        self.assertFalse(mine.env["sajad.task"].search([("id", "=", task.id)]))
        self.assertEqual((mine.open_count, mine.late_count), (1, 1))
        action = mine.action_open_tasks()
        self.assertEqual((action["res_model"], action["res_id"]), (mine._name, mine.id))
        # there no button leads to the page that it is on
        for user, shown in ((self.user_liaison, False), (self.user_admin, True)):
            arch = cartable.with_user(user).get_view(view_type="form")["arch"]
            self.assertEqual("action_open_tasks" in arch, shown, user.login)

    def search_as_opened(self, action, user):
        """Return the records that a user sees when an action opens."""
        Model = self.env[action["res_model"]].with_user(user)
        context = action["context"]
        context = safe_eval(context) if isinstance(context, str) else context
        domain = Domain(action["domain"] or [])
        view = Model.get_view(action["search_view_id"][0], "search")["arch"]
        for name in context:
            [text] = etree.fromstring(view).xpath(
                f"//filter[@name='{name.removeprefix('search_default_')}']/@domain"
            )
            domain &= Domain(safe_eval(text, {"uid": user.id}))
        return Model.search(domain)

    def test_late_work_of_the_overview(self):
        process = self.make_process("ovl", {"a": {"time_limit": 1}})
        self.make_cartables(process, self.university, self.user_officer)
        task = self.make_request(process).task_ids
        task.sudo().date_due = "2020-01-01 00:00:00"
        self.env.flush_all()
        overview = self.env["sajad.overview"].with_user(self.user_admin)._open()
        overview = self.env["sajad.overview"].browse(overview["res_id"])
        found = self.search_as_opened(
            overview.with_user(self.user_admin).action_open_late(), self.user_admin
        )
        self.assertIn(task, found)
        self.assertEqual(len(found), overview.late_count)
        self.assertTrue(task.is_late)
        Task = self.env["sajad.task"]
        self.assertEqual(Task.search([("is_late", "=", True)]) & task, task)
        self.assertFalse(Task.search([("is_late", "=", False)]) & task)

    def test_day_of_an_office(self):
        """The inbox: open work and what was done today, in one's own cartables."""
        process = self.make_process("day", {"a": {}, "b": {"after": ["a"]}})
        self.make_cartables(process, self.university, self.user_officer)
        request = self.make_request(process)
        self.approve(request, "a")
        first, second = self.task(request, "a"), self.task(request, "b")
        Task = self.env["sajad.task"].with_user(self.user_officer)
        domain = [("is_of_today", "=", True), ("process_id", "=", process.id)]
        self.assertEqual(Task.search(domain), first | second)
        first.date_done = "2020-01-01 00:00:00"
        self.assertEqual(Task.search(domain), second)
        self.assertEqual((first.is_of_today, second.is_of_today), (False, True))
        admin = self.env["sajad.task"].with_user(self.user_admin)
        self.assertFalse(admin.search(domain))

    def test_substitute_stands_in_for_an_owner_only(self):
        process = self.make_process("sub", {"a": {}})
        cartable = self.make_cartables(process, self.university, self.user_officer)
        substitute = {
            "cartable_id": cartable.id,
            "user_id": self.user_stranger.id,
            "kind": "substitute",
        }
        Member = self.env["sajad.cartable.member"]
        with self.assertRaises(ValidationError):
            Member.create(substitute)
        member = Member.create({**substitute, "on_behalf_of_id": self.user_officer.id})
        with self.assertRaises(ValidationError):
            Member.create(
                {
                    **substitute,
                    "user_id": self.user_supervisor.id,
                    "on_behalf_of_id": member.user_id.id,
                }
            )

    def test_own_cartables(self):
        """The field and its search say the same: where the user decides today."""
        process = self.make_process("own", {"a": {}})
        role = process.stage_ids.role_id
        cartable = self.make_cartable(role, process, self.university, self.user_officer)
        cartable.member_ids = [
            Command.create({"user_id": self.user_supervisor.id, "kind": "supervisor"})
        ]
        for user, own in ((self.user_officer, True), (self.user_supervisor, False)):
            Cartable = self.env["sajad.cartable"].with_user(user)
            found = Cartable.search([("is_mine", "=", True)])
            with self.subTest(user.login):
                self.assertEqual(cartable in found, own)
                self.assertEqual(cartable.with_user(user).is_mine, own)

    def test_membership_cannot_end_before_it_begins(self):
        process = self.make_process("dates", {"a": {}})
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.CheckViolation),
            self.env.cr.savepoint(),
        ):
            self.make_cartable(
                process.stage_ids.role_id,
                process,
                self.university,
                member_ids=[
                    Command.create(
                        {
                            "user_id": self.user_officer.id,
                            "date_from": "2026-02-01",
                            "date_to": "2026-01-01",
                        }
                    )
                ],
            )
            self.env.flush_all()

    def test_due_date_counts_working_hours(self):
        """Eight hours from Thursday noon end in the next working week (row A5)."""
        calendar = self.env["resource.calendar"].create(
            {
                "name": "Iranian week",
                "tz": "Asia/Tehran",
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {
                            "name": "d",
                            "dayofweek": day,
                            "hour_from": 8,
                            "hour_to": 16,
                        }
                    )
                    for day in ("5", "6", "0", "1", "2")
                ],
            }
        )
        self.university.calendar_id = calendar
        process = self.make_process("due", {"a": {"time_limit": 8}})
        self.make_cartables(process, self.university, self.user_officer)
        with freeze_time("2026-11-26 10:00:00"):  # Thursday
            task = self.make_request(process).task_ids
        # Saturday 16:00 in Tehran
        self.assertEqual(str(task.date_due), "2026-11-28 12:30:00")
        # a holiday on Saturday moves the due date of later work to Sunday
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": calendar.id,
                "date_from": "2026-11-27 20:30:00",
                "date_to": "2026-11-28 20:29:59",
            }
        )
        with freeze_time("2026-11-26 10:00:00"):
            student = self.make_student("5001", self.university)
            task = self.make_request(process, student).task_ids
        self.assertEqual(str(task.date_due), "2026-11-29 12:30:00")

    @users("t_liaison")
    def test_accounts_of_students(self):
        """Row A1: one portal account per person, whoever registers the students."""
        person = {"name": "Two studies", "email": "two@example.com"}
        partner = self.env["res.partner"].sudo().create(person)
        values = {"partner_id": partner.id}
        first = self.make_student("8001", self.university, **values)
        second = self.make_student("8002", self.university, **values)
        invited = self.make_student("8003", self.university)
        invited.partner_id.email = "student8003@example.com"
        students = (first | second | invited | self.student).with_env(self.env)
        students.action_create_accounts()
        self.assertEqual(first.user_id, second.user_id)
        self.assertEqual(first.user_id.login, "two@example.com")
        self.assertTrue(first.user_id._is_portal())
        self.assertEqual(invited.user_id.login, "student8003@example.com")
        self.assertEqual(self.student.user_id, self.user_student)
        self.check_invitation(invited)
        students.action_create_accounts()
        self.assertEqual(len(partner.user_ids), 1)

    @users("t_liaison")
    def test_accounts_need_an_email(self):
        """Nobody could use an account to which no invitation leads."""
        student = self.make_student("8005", self.university).with_env(self.env)
        with self.assertRaisesRegex(UserError, "e-mail"):
            student.action_create_accounts()
        other = self.make_student("8006", self.university).with_env(self.env)
        for text in ("8006@example", "nobody", "a b@example.com"):
            with self.assertRaises(ValidationError):
                other.email = text
        other.email = "8006@example.com"
        message = (student | other).action_create_accounts()["params"]["message"]
        self.assertIn("1 accounts created. 1 students have no e-mail", message)
        self.assertFalse(student.user_id)
        self.assertEqual(other.user_id.login, "8006@example.com")
        # an e-mail is a way to the password
        with self.assertRaisesRegex(UserError, "account"):
            other.email = "somebody.else@example.com"
        self.assertEqual(other.search([("email", "=", "8006@example.com")]), other)

    def test_title_of_a_new_student(self):
        Student = self.env["sajad.student"]
        self.assertEqual(Student.new({}).display_name, "New Student")
        self.assertEqual(Student.new({"student_number": "7"}).display_name, "(7)")

    def check_invitation(self, student):
        """Row A1: one mail, which says what it is, whose, from whom and until when."""
        self.assertFalse(self.env["mail.mail"].sudo().search([]).recipient_ids)
        notices = self.env["sajad.notice"].sudo()
        notices.search([("state", "=", "queued")])._send()
        person = student.partner_id
        mail = self.env["mail.mail"].sudo().search([("recipient_ids", "=", person.id)])
        self.assertEqual(len(mail), 1)
        self.assertIn("Invitation to the system of student affairs", mail.subject)
        body = mail.body_html
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        self.assertIn(f'href="{base}/web/signup?', body)
        for text in (
            "student8003@example.com",
            "Introduced by",
            "t_liaison",
            "The link is valid until",
            "8003",
        ):
            self.assertIn(text, body)

    @users("t_officer")
    def test_accounts_are_the_registrars(self):
        student = self.make_student("8004", self.university)
        with self.assertRaises(AccessError):
            student.with_env(self.env).action_create_accounts()

    def test_strangers_make_no_account(self):
        """Accounts are given by universities (row A1)."""
        Users = self.env["res.users"]
        self.assertEqual(Users._get_signup_invitation_scope(), "b2b")
        with self.assertRaises(SignupError), self.cr.savepoint():
            Users.signup({"login": "stranger@example.com", "name": "Stranger"})
