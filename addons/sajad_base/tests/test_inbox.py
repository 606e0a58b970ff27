from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, HttpCase, tagged

from .common import SajadCommon

LIMIT = 80


class InboxCommon(SajadCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "inbox", {"a": {"allow_refuse": True, "allow_return": True}}
        )
        cls.second = cls.make_process("inbox2", {"x": {}})
        cls.colleague = cls.make_user("t_colleague", "sajad_base.group_sajad_officer")
        for process in (cls.process, cls.second):
            cartables = cls.make_cartables(process, cls.university, cls.user_officer)
            cls.env["sajad.cartable.member"].create(
                [
                    {"cartable_id": cartable.id, "user_id": cls.colleague.id}
                    for cartable in cartables
                ]
            )

    @classmethod
    def make_tasks(cls, count, process=None, prefix="31"):
        process = process or cls.process
        partners = cls.env["res.partner"].create(
            [{"name": f"Person {prefix}{n:03}"} for n in range(count)]
        )
        students = cls.env["sajad.student"].create(
            [
                {
                    "partner_id": partner.id,
                    "student_number": f"{prefix}{n:03}",
                    "university_id": cls.university.id,
                    "faculty_id": cls.faculty.id,
                }
                for n, partner in enumerate(partners)
            ]
        )
        Request = cls.env["sajad.request"]
        requests = Request.create(
            [
                {
                    "process_id": process.id,
                    "student_id": student.id,
                    "partner_id": student.partner_id.id,
                    "university_id": student.university_id.id,
                    "faculty_id": student.faculty_id.id,
                    "open_key": Request._get_open_key(process, student),
                }
                for student in students
            ]
        )
        cls.engine._submit(requests)
        return requests.task_ids.with_user(cls.user_officer)

    def set_due(self, task, hours):
        task.sudo().date_due = fields.Datetime.now() + timedelta(hours=hours)

    def decide(self, tasks, decision, apply="action_apply", **values):
        Wizard = self.env["sajad.task.decide"].with_user(self.user_officer)
        form = Form(
            Wizard.with_context(default_task_ids=tasks.ids, default_decision=decision)
        )
        for name, value in values.items():
            form[name] = value
        wizard = form.save()
        return getattr(wizard, apply)(), wizard


@tagged("post_install", "-at_install")
class TestInbox(InboxCommon):
    """One inbox of all processes, worked through late work first (row A10)."""

    def test_next_is_late_first_in_all_processes(self):
        first, second, third = self.make_tasks(3)
        other = self.make_tasks(1, self.second, "32")
        self.set_due(other, -5)
        self.set_due(third, -1)
        action = first.action_approve_next()
        self.assertEqual(first.state, "done")
        self.assertEqual(action["params"]["resId"], other.id)
        action = other.action_approve_next()
        self.assertEqual(action["params"]["resId"], third.id)
        action = third.action_approve_next()
        self.assertEqual(action["params"]["resId"], second.id)
        action = second.action_approve_next()
        self.assertFalse(action["params"]["resId"])

    def test_next_leaves_out_what_others_do(self):
        first, claimed, theirs = self.make_tasks(3)
        claimed.with_user(self.colleague).action_claim()
        cartable = self.env["sajad.cartable"].search(
            [("process_id", "=", self.second.id)]
        )
        cartable.member_ids.filtered(
            lambda m: m.user_id == self.user_officer
        ).kind = "supervisor"
        self.make_tasks(1, self.second, "33")
        self.decide(theirs, "return_student", reason="A page is missing")
        action = first.action_approve_next()
        self.assertFalse(action["params"]["resId"])

    def test_decide_and_next(self):
        first, second = self.make_tasks(2)
        action, _wizard = self.decide(
            first, "refuse", "action_apply_next", reason="Not entitled"
        )
        self.assertEqual(first.outcome, "refused")
        self.assertEqual(action["params"]["resId"], second.id)

    def test_problem_is_told_and_nothing_opens(self):
        first, _second = self.make_tasks(2)
        first.with_user(self.colleague).action_claim()
        with self.assertRaisesRegex(UserError, "t_colleague has claimed"):
            first.action_approve_next()

    def test_every_bulk_decision_has_a_line_per_record(self):
        for number, (decision, values, check) in enumerate(
            (
                ("approve", {}, lambda t: t.outcome == "approved"),
                ("refuse", {"reason": "No"}, lambda t: t.outcome == "refused"),
                ("return_student", {"reason": "?"}, lambda t: t.state == "student"),
                ("claim", {}, lambda t: t.user_id == self.user_officer),
                (
                    "hand_over",
                    {"user_id": self.colleague},
                    lambda t: t.user_id == self.colleague,
                ),
            )
        ):
            tasks = self.make_tasks(3, prefix=f"4{number}")
            tasks[1].sudo().user_id = self.user_stranger
            with self.subTest(decision):
                action, wizard = self.decide(tasks, decision, **values)
                self.assertEqual(action["res_id"], wizard.id)
                self.assertEqual(len(wizard.line_ids), 3)
                self.assertEqual((wizard.done_count, wizard.problem_count), (2, 1))
                self.assertEqual(wizard.line_ids[0].task_id, tasks[1])
                self.assertIn("t_stranger has claimed", wizard.line_ids[0].message)
                self.assertTrue(all(check(task) for task in tasks[0] | tasks[2]))

    def test_bulk_release(self):
        tasks = self.make_tasks(3)
        (tasks[0] | tasks[1]).action_claim()
        tasks[2].with_user(self.colleague).action_claim()
        _action, wizard = self.decide(tasks, "release")
        self.assertEqual((wizard.done_count, wizard.problem_count), (2, 1))
        self.assertEqual(tasks.mapped("user_id"), self.colleague)

    def test_claim_and_release_are_offered_where_they_make_sense(self):
        task = self.make_tasks(1)
        Wizard = self.env["sajad.task.decide"].with_user(self.user_officer)
        offered = Wizard.new({"task_ids": task.ids}).available_decisions.split(",")
        self.assertIn("claim", offered)
        self.assertNotIn("release", offered)
        task.action_claim()
        offered = Wizard.new({"task_ids": task.ids}).available_decisions.split(",")
        self.assertIn("release", offered)
        self.assertNotIn("claim", offered)

    # ------------------------------------------------------------
    # THE LIST
    # ------------------------------------------------------------

    def get_inbox(self):
        """Return the domain and the order of the inbox, as its user gets them."""
        action = self.env.ref("sajad_base.sajad_task_action")
        view = self.env.ref("sajad_base.sajad_task_view_list")
        Task = self.env["sajad.task"].with_user(self.user_officer)
        arch = etree.fromstring(Task.get_view(view.id, "list")["arch"])
        domain = [
            ("is_in_own_cartable", "=", True),
            ("is_of_today", "=", True),
        ]
        self.assertIn("is_in_own_cartable", action.domain)
        names = arch.xpath("//field[not(ancestor::field)]/@name")
        relation = {"fields": {"display_name": {}}}
        specification = {
            name: relation if Task._fields[name].type == "many2one" else {}
            for name in names
        }
        return Task, domain, specification, arch.get("default_order")

    def read_inbox(self):
        Task, domain, specification, order = self.get_inbox()
        # a full page is counted too; here every page is, to compare them
        return Task.with_context(force_search_count=True).web_search_read(
            domain, specification, limit=LIMIT, order=order, count_limit=10_001
        )

    def test_late_first(self):
        tasks = self.make_tasks(4)
        self.set_due(tasks[2], -9)
        self.set_due(tasks[3], -1)
        self.set_due(tasks[1], 5)
        other = self.make_tasks(1, self.second, "32")
        self.set_due(other, -3)
        tasks[0].action_approve()
        ids = [record["id"] for record in self.read_inbox()["records"]]
        expected = tasks[2] + other + tasks[3] + tasks[1] + tasks[0]
        self.assertEqual(ids, expected.ids)

    def test_filters(self):
        """The filters of the search view, as the client sends them."""
        Task, domain, _specification, _order = self.get_inbox()
        tasks = self.make_tasks(3)
        self.set_due(tasks[0], -2)
        view = etree.fromstring(Task.get_view(view_type="search")["arch"])
        filters = {node.get("name"): node for node in view.iter("filter")}
        self.assertLessEqual(
            {
                "late",
                "due_today",
                "student",
                "claimed_by_me",
                "my_cartables",
                "group_process",
                "group_stage",
                "group_university",
                "group_faculty",
            },
            set(filters),
        )
        self.assertEqual(Task.search([*domain, ("is_late", "=", True)]), tasks[0])
        mine = [
            (
                "cartable_id.member_ids",
                "any",
                [("user_id", "=", self.user_officer.id), ("kind", "!=", "supervisor")],
            )
        ]
        self.assertEqual(Task.search([*domain, *mine]), tasks)

    def test_queries_of_20_and_500(self):
        found = []
        for count, prefix in ((20, "51"), (480, "52")):
            self.make_tasks(count, prefix=prefix)
            self.read_inbox()
            self.env.flush_all()
            self.env.invalidate_all()
            # who asks, and in which time zone, is known before
            self.env(user=self.user_officer).user.partner_id.read(["tz"])
            start = self.env.cr.sql_log_count
            result = self.read_inbox()
            found.append(self.env.cr.sql_log_count - start)
        self.assertEqual(result["length"], 500)
        self.assertEqual(found[0], found[1])

    def test_next_costs_the_same(self):
        found = []
        for count, prefix in ((20, "53"), (480, "54")):
            tasks = self.make_tasks(count, prefix=prefix)
            tasks[0]._get_next_work()
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            tasks[0]._get_next_work()
            found.append(self.env.cr.sql_log_count - start)
        self.assertEqual(found[0], found[1])

    def test_letters_of_the_keyboard_are_unique(self):
        """And none of them is one that Odoo itself uses there."""
        taken = set("bchjkmnpstuvxz")
        Task = self.env["sajad.task"].with_user(self.user_officer)
        for kind in ("form", "list"):
            view = self.env.ref(f"sajad_base.sajad_task_view_{kind}")
            arch = etree.fromstring(Task.get_view(view.id, kind)["arch"])
            seen = {}
            for button in arch.xpath("//header/button[@data-hotkey]"):
                key = button.get("data-hotkey")
                self.assertNotIn(key, taken)
                # two buttons of which one shows at a time may share a letter
                name = button.get("name") + (button.get("context") or "")
                if button.get("name") in ("action_approve", "action_assign"):
                    name = "primary"
                self.assertEqual(seen.setdefault(key, name), name)
            self.assertGreater(len(seen), 3)


@tagged("post_install", "-at_install", "is_tour")
class TestInboxTour(InboxCommon, HttpCase):
    """The inbox in the browser, in Persian (row A10)."""

    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.user_officer.write({"lang": "fa_IR", "tz": "Asia/Tehran"})

    def test_empty(self):
        self.start_tour(
            "/odoo/sajad-inbox", "sajad_base_inbox_empty", login="t_officer"
        )

    def test_late_ones_at_once_then_the_next(self):
        tasks = self.make_tasks(5)
        for task in tasks[:3]:
            self.set_due(task, -3)
        tasks[1].with_user(self.colleague).action_claim()
        self.start_tour("/odoo/sajad-inbox", "sajad_base_inbox", login="t_officer")
        self.env.invalidate_all()
        self.assertEqual(
            tasks.mapped("state"), ["done", "ready", "done", "done", "ready"]
        )
