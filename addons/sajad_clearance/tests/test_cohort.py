import base64
import io
from unittest.mock import patch

import openpyxl

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, RecordCapturer, tagged, users
from odoo.tools import mute_logger

from ..models import sajad_cohort_actions
from .certificate_common import CertificateCommon


class CohortCommon(CertificateCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.students = cls.make_students(12, "77")
        # the officer of the department may start classes, too
        cls.user_education = cls.make_user(
            "t_education", "sajad_clearance.group_clearance_cohort"
        )
        cls.make_cartable(
            cls.make_role("education"), cls.process, cls.university, cls.user_education
        )

    def make_cohort(self, numbers=None, user=None, **values):
        if numbers is None:
            numbers = "\n".join(self.students.mapped("student_number"))
        Cohort = self.env["sajad.cohort"].with_user(user or self.user_liaison)
        return Cohort.create(
            {
                "name": "Class",
                "university_id": self.university.id,
                "process_id": self.process.id,
                "numbers": numbers,
                **values,
            }
        )

    def start(self, cohort):
        cohort.action_check()
        cohort.action_start()
        return self.run_cron(cohort)

    def run_cron(self, cohort):
        self.env.flush_all()
        # a job commits; here the transaction of the test goes on
        with patch.object(
            self.registry["ir.cron"], "_commit_progress", lambda *_a, **_k: 100.0
        ):
            cohort.env["sajad.cohort"].sudo().with_user(1)._cron_start()
        self.env.invalidate_all()
        return cohort


@tagged("post_install", "-at_install")
class TestCohortCheck(CohortCommon):
    """The dry run tells one result for each row (row B11)."""

    def test_every_kind_of_row(self):
        archived, opened, cleared, other_field = self.students[8:]
        archived.active = False
        request = self.make_request(self.process, opened)
        certificate = self.certify(self.make_request(self.process, cleared))
        other = self.make_university("Third", "T3")
        foreign = self.make_student("8800", other)
        faculty = self.env["sajad.faculty"].create(
            {"name": "F2", "code": "F2", "university_id": self.university.id}
        )
        other_field.faculty_id = faculty
        cohort = self.make_cohort(
            "\n".join(
                [
                    "۷۷۰",
                    "٧٧١",
                    "999999",
                    foreign.student_number,
                    archived.student_number,
                    opened.student_number,
                    cleared.student_number,
                    other_field.student_number,
                    "770",
                ]
            ),
            faculty_ids=self.faculty.ids,
        )
        cohort.action_check()
        self.assertEqual(cohort.state, "checked")
        self.assertEqual(
            [(line.row, line.result) for line in cohort.line_ids],
            [
                (1, "ok"),
                (2, "ok"),
                (3, "unknown"),
                (4, "other_university"),
                (5, "archived"),
                (6, "open"),
                (7, "cleared"),
                (8, "other_group"),
                (9, "duplicate"),
            ],
        )
        messages = cohort.line_ids.mapped("message")
        self.assertFalse(messages[0])
        self.assertTrue(all(messages[2:]))
        self.assertIn(request.name, messages[5])
        self.assertIn(certificate.name, messages[6])
        self.assertIn("1", messages[8])
        # nothing of another university but that it is another one
        self.assertFalse(cohort.line_ids[3].student_id)
        self.assertNotIn("Student 8800", str(messages))
        self.assertEqual(
            (cohort.line_count, cohort.ok_count, cohort.problem_count), (9, 2, 7)
        )
        self.assertFalse(cohort.request_ids)

    def read_numbers(self, content, name):
        cohort = self.make_cohort(
            False, source="file", file=base64.b64encode(content), file_name=name
        )
        cohort.action_check()
        return [(line.row, line.student_number) for line in cohort.line_ids]

    def test_files(self):
        book = openpyxl.Workbook()
        rows = [["گزارش"], ["نام", "شماره دانشجویی"], ["x", 770], ["y", "۷۷۱"], []]
        for row in [*rows, ["z", 772.0]]:
            book.active.append(row)
        xlsx = io.BytesIO()
        book.save(xlsx)
        expected = [(3, "770"), (4, "771"), (6, "772")]
        self.assertEqual(self.read_numbers(xlsx.getvalue(), "list.XLSX"), expected)
        text = "نام;شماره‌ي دانشجويي\nx;۷۷۰\n"
        plain = "name;student number\nx;770\n"
        for encoding, content in (
            ("utf-8-sig", text),
            ("utf-8", text),
            ("utf-16", text),
            ("cp1256", plain),
        ):
            with self.subTest(encoding):
                found = self.read_numbers(content.encode(encoding), "list.csv")
                self.assertEqual(found, [(2, "770")])
        self.assertEqual(
            self.read_numbers(b"770\n\n771\n", "list.csv"), [(1, "770"), (3, "771")]
        )

    def test_bad_files(self):
        for content, name, sentence in (
            (b"PK\x03\x04nothing", "list.xlsx", "cannot be read"),
            (b"%PDF", "list.pdf", "neither a CSV nor"),
            (b"nothing", "list.xlsx", "no student number"),
            (b"\n", "list.csv", "no student number"),
            (b"x" * (5 * 1024 * 1024 + 1), "list.csv", "5 MB"),
        ):
            with self.subTest(name), self.assertRaisesRegex(UserError, sentence):
                self.read_numbers(content, name)
        with self.assertRaisesRegex(UserError, "Choose a file"):
            self.make_cohort(False, source="file").action_check()
        with self.assertRaisesRegex(UserError, "no student number"):
            self.make_cohort(" \n ").action_check()

    def test_students_of_a_faculty(self):
        level = self.env.ref("sajad_base.sajad_degree_level_bachelor")
        self.students[:3].degree_level_id = level
        self.students[:5].entry_year = 1401
        cohort = self.make_cohort(
            False, source="filter", degree_level_ids=level.ids, entry_year=1401
        )
        cohort.action_check()
        self.assertEqual(cohort.line_ids.student_id, self.students[:3])

    def test_form(self):
        form = Form(self.env["sajad.cohort"].with_user(self.user_liaison))
        self.assertEqual(form.university_id, self.university)
        form.name = "Class of this year"
        form.process_id = self.process
        form.numbers = "770 771"
        cohort = form.save()
        cohort.action_check()
        self.assertEqual(cohort.ok_count, 2)
        # a changed list has to be checked again
        cohort.numbers = "770"
        self.assertEqual(cohort.state, "draft")
        self.assertFalse(cohort.line_ids)
        with self.assertRaisesRegex(UserError, "Check the list"):
            cohort.action_start()

    def test_queries_do_not_grow(self):
        self.make_students(500, "88")
        self.make_cohort("770").action_check()
        counts = []
        for size in (20, 500):
            numbers = "\n".join(f"88{number}" for number in range(size))
            cohort = self.make_cohort(numbers)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            cohort.action_check()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(cohort.ok_count, size)
        self.assertLessEqual(counts[1], counts[0] + 500 // 25)


@tagged("post_install", "-at_install")
class TestCohortStart(CohortCommon):
    """Requests are started in the background, each once (row B11)."""

    def test_started(self):
        cohort = self.make_cohort()
        with RecordCapturer(self.env["ir.cron.trigger"].sudo()) as triggers:
            cohort.action_check()
            cohort.action_start()
        cron = self.env.ref("sajad_clearance.ir_cron_cohort_start")
        self.assertEqual(triggers.records.cron_id, cron)
        self.assertEqual((cohort.state, cohort.start_progress), ("running", 0))
        self.assertFalse(cohort.request_ids)
        self.run_cron(cohort)
        self.assertEqual((cohort.state, cohort.start_progress), ("done", 100))
        requests = cohort.request_ids.sudo()
        self.assertEqual(requests.student_id, self.students)
        self.assertEqual(set(requests.mapped("state")), {"running"})
        self.assertEqual(set(requests.mapped("clearance_reason")), {"graduation"})
        self.assertEqual(cohort.line_ids.request_id, cohort.request_ids)
        # history names the officer, and each student is told
        events = requests.event_ids.filtered(lambda e: e.kind == "submitted")
        self.assertEqual(events.user_id, self.user_liaison)
        notices = self.env["sajad.notice"].search([("request_id", "in", requests.ids)])
        self.assertEqual(notices.partner_id, self.students.partner_id)
        self.assertEqual(set(notices.mapped("state")), {"queued"})
        text = notices[0]._prepare_mail_values()["body_html"]
        self.assertIn("together with your class", text)
        self.assertNotIn("request was received", text)
        self.assertFalse(requests.message_follower_ids)

    def test_second_click(self):
        cohort = self.start(self.make_cohort())
        cohort.action_start()
        self.run_cron(cohort)
        self.assertEqual(len(cohort.request_ids), len(self.students))
        with self.assertRaisesRegex(UserError, "started already"):
            cohort.action_check()
        with self.assertRaisesRegex(UserError, "started already"):
            cohort.numbers = "1"
        with self.assertRaisesRegex(UserError, "started already"):
            cohort.unlink()

    def test_failure_in_the_middle(self):
        """A job that dies goes on where it was, and starts nobody twice."""
        cohort = self.make_cohort()
        cohort.action_check()
        cohort.action_start()
        Engine = self.registry["sajad.engine"]
        submit = Engine._submit
        calls = []

        def die_at_the_second(engine, requests):
            calls.append(len(requests))
            if len(calls) == 2:
                raise RuntimeError("power failure")
            return submit(engine, requests)

        with patch.object(sajad_cohort_actions, "BATCH", 5):
            with patch.object(Engine, "_submit", die_at_the_second):
                cohort.sudo()._start_batch()
                with self.assertRaises(RuntimeError), self.env.cr.savepoint():
                    cohort.sudo()._start_batch()
            self.env.invalidate_all()
            self.assertEqual((cohort.state, cohort.started_count), ("running", 5))
            self.assertEqual(cohort.start_progress, 41)
            self.run_cron(cohort)
        self.assertEqual((cohort.state, cohort.started_count), ("done", 12))
        self.assertEqual(cohort.request_ids.student_id, self.students)
        self.assertEqual(len(cohort.request_ids), 12)

    def test_one_bad_student(self):
        """A rule of an addon that refuses one student leaves the others alone."""
        bad = self.students[7]
        Engine = self.registry["sajad.engine"]

        sentence = UserError("The dossier is missing.")

        def refuse(engine, requests):
            if bad in requests.student_id:
                raise sentence

        cohort = self.make_cohort()
        with patch.object(Engine, "_check_submit", refuse):
            self.start(cohort)
        self.assertEqual((cohort.state, cohort.started_count), ("done", 11))
        line = cohort.line_ids.filtered(lambda line: line.student_id == bad)
        self.assertEqual(
            (line.result, line.message), ("failed", "The dossier is missing.")
        )
        self.assertEqual(cohort.request_ids.student_id, self.students - bad)

    def test_applied_meanwhile(self):
        """Who applies between the check and the start is not started again."""
        cohort = self.make_cohort()
        cohort.action_check()
        own = self.make_request(self.process, self.students[0])
        self.students[1].active = False
        cohort.action_start()
        self.run_cron(cohort)
        self.assertEqual(cohort.started_count, 10)
        self.assertEqual(cohort.line_ids[:2].mapped("result"), ["open", "archived"])
        self.assertNotIn(own, cohort.request_ids)

    def test_call_that_closes(self):
        cohort = self.make_cohort()
        cohort.action_check()
        cohort.action_start()
        self.process.call_end = "2020-01-01"
        self.run_cron(cohort)
        self.assertEqual((cohort.state, cohort.started_count), ("checked", 0))
        self.assertIn("closed", cohort.problem)
        self.process.call_end = False
        cohort.action_start()
        self.run_cron(cohort)
        self.assertEqual((cohort.state, cohort.started_count), ("done", 12))

    def test_nobody_to_start(self):
        cohort = self.make_cohort("999999")
        cohort.action_check()
        with self.assertRaisesRegex(UserError, "Nobody"):
            cohort.action_start()

    def count_start(self, count):
        numbers = "\n".join(
            self.make_students(count, f"q{count}x").mapped("student_number")
        )
        cohort = self.make_cohort(numbers)
        cohort.action_check()
        cohort.action_start()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        with patch.object(sajad_cohort_actions, "BATCH", count):
            cohort.sudo()._start_batch()
        self.env.flush_all()
        self.assertEqual(cohort.started_count, count)
        return self.env.cr.sql_log_count - before

    def test_queries_do_not_grow(self):
        """Far less than a query for each student."""
        self.count_start(2)
        few = self.count_start(20)
        self.assertLessEqual(few, 90)
        self.assertLessEqual(self.count_start(500), few + 500 // 10)


@tagged("post_install", "-at_install")
class TestCohortRights(CohortCommon):
    """Liaisons and officers of the university start classes (rows B11, E5)."""

    @users("t_liaison", "t_education", "t_admin")
    def test_may(self):
        cohort = self.start(self.make_cohort(user=self.env.user))
        self.assertEqual(cohort.state, "done")
        cohort_sudo = cohort.sudo()
        self.engine._cancel(cohort_sudo.request_ids[0])
        self.assertEqual(cohort.open_count, len(self.students) - 1)
        for request in cohort_sudo.request_ids[1:]:
            self.engine._cancel(request)

    @users("t_officer", "t_supervisor", "t_stranger", "t_auditor", "t_student")
    def test_may_not(self):
        with self.assertRaises(AccessError):
            self.make_cohort(user=self.env.user)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_other_universities(self):
        with self.assertRaises(AccessError):
            self.make_cohort(university_id=self.other_university.id)
        cohort = self.make_cohort()
        stranger = self.make_user("t_liaison2", "sajad_base.group_sajad_liaison")
        self.other_university.liaison_ids = stranger
        for method in ("action_check", "action_start", "action_reset"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(cohort.with_user(stranger), method)()

    def test_state_is_not_written_by_clients(self):
        cohort = self.make_cohort()
        for vals in ({"state": "running"}, {"started_by_id": self.user_admin.id}):
            with self.assertRaises(AccessError):
                cohort.write(vals)
        sent = cohort.with_context(default_state="running", default_problem="x")
        self.assertEqual(sent.copy().state, "draft")
        with self.assertRaises(AccessError):
            cohort.line_ids.create({"cohort_id": cohort.id, "result": "ok"})

    def test_officers_only_look(self):
        cohort = self.start(self.make_cohort())
        mine = cohort.with_user(self.user_officer)
        self.assertEqual(mine.my_task_count, len(self.students))
        with self.assertRaises(AccessError):
            mine.name = "x"
        with self.assertRaises(AccessError):
            mine.action_check()

    def test_process_is_a_clearance(self):
        process = self.make_process("none", {"a": {}})
        with self.assertRaises(ValidationError):
            self.make_cohort(process_id=process.id)
        self.process.university_ids = self.other_university
        with self.assertRaises(ValidationError):
            self.make_cohort()


@tagged("post_install", "-at_install")
class TestCohortOffices(CohortCommon):
    """Offices clear a class at once; who has a hold stays (row B11)."""

    def test_story(self):
        cohort = self.start(self.make_cohort())
        held = cohort.sudo().request_ids[:2]
        Engine = self.registry["sajad.engine"]
        blockers = Engine._get_blockers

        def hold(engine, tasks):
            found = dict(blockers(engine, tasks))
            for task in tasks:
                if task.request_id in held:
                    found[task] = ["A book is missing."]
            return found

        mine = cohort.with_user(self.user_officer)
        with patch.object(Engine, "_get_blockers", hold):
            action = mine.action_approve_all()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        lines = wizard.with_user(self.user_officer).line_ids
        self.assertEqual(len(lines), 12)
        stayed = lines.filtered(lambda line: not line.is_done)
        self.assertEqual(stayed.task_id.request_id, held.with_env(stayed.env))
        self.assertEqual(set(stayed.mapped("message")), {"A book is missing."})
        # the second office
        with patch.object(Engine, "_get_blockers", hold):
            mine.action_approve_all()
        self.env.invalidate_all()
        self.assertEqual((cohort.cleared_count, cohort.open_count), (10, 2))
        self.assertEqual(cohort.cleared_progress, 83)
        self.assertEqual(mine.my_task_count, 2)
        certificates = cohort._get_certificates()
        self.assertEqual(len(certificates), 10)
        self.assertEqual(
            cohort.action_print_certificates()["context"]["active_ids"],
            certificates.ids,
        )
        remaining = cohort.action_open_remaining()
        found = cohort.env["sajad.request"].search(remaining["domain"])
        self.assertEqual(found, held.with_env(found.env).sorted("id", reverse=True))
        minutes = Form.from_action(cohort.env, cohort.action_print_minutes())
        self.assertEqual(minutes.count, 10)

    def test_nothing_to_do(self):
        cohort = self.make_cohort()
        with self.assertRaisesRegex(UserError, "Nothing of this class"):
            cohort.with_user(self.user_officer).action_approve_all()
        with self.assertRaisesRegex(UserError, "Nobody of this class"):
            cohort.action_print_certificates()

    def test_offices_filter_by_class(self):
        cohort = self.start(self.make_cohort())
        self.make_request(self.process)
        Task = self.env["sajad.task"].with_user(self.user_officer)
        found = Task.search([("cohort_id", "=", cohort.id), ("state", "=", "ready")])
        self.assertEqual(len(found), 12)
        named = Task.search([("cohort_id", "ilike", "class"), ("state", "=", "ready")])
        self.assertEqual(named, found)
        action = cohort.with_user(self.user_officer).action_open_my_tasks()
        self.assertEqual(Task.search(action["domain"]), found)
