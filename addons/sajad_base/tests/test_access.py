from odoo.exceptions import AccessError
from odoo.fields import Command, Domain
from odoo.tests import tagged
from odoo.tools import mute_logger

from .access_table import AccessTable
from .common import SajadCommon

# The officer is in charge of the cartable, the supervisor looks at it, the liaison is
# of the same university, the stranger works for none. Writing work means its form, and
# the model itself asks whether the user is in charge.
TABLE = """
record      student other officer  none     super    liaison  auditor  org      admin
university  -       -     r        r        r        r        r        rwc      rwcu
faculty     -       -     r        r        r        rwc      r        rwc      rwcu
role        -       -     r        r        r        r        r        r        rwcu
process     -       -     r        r        r        r        r        r        rwcu
stage       -       -     r        r        r        r        r        r        rwcu
guide       -       -     r        r        r        r        r        r        rwcu
paper       -       -     r        r        r        r        r        r        rwcu
flow        -       -     r        r        r        r        r        r        rwcu
step        -       -     r        r        r        r        r        r        rwcu
check       -       -     r        r        r        r        r        r        rwcu
field       -       -     r        r        r        r        r        r        rwcu
degree      -       -     r        r        r        r        r        r        rwcu
student     -       -     r        -        r        rwc      r        r        rwcu
institution -       -     r        r        r        r        r        rwc      rwcu
named       -       -     -        -        -        -        -        rwcu     rwcu
partner     r       -     r        -        r        r        r        r        r
cartable    -       -     r        -        r        r        r        rwc      rwcu
member      -       -     r        -        r        r        r        rwcu     rwcu
scope       -       -     -        -        -        -        -        -        r
request     r       -     r        -        r        r        r        r        r
task        -       -     rw       -        rw       -        rw       rw       rw
event       -       -     r        -        r        r        r        r        r
holiday     -       -     r        r        r        r        r        r        rwcu
occasion    -       -     r        r        r        r        r        r        rwcu
notice      -       -     r        -        r        r        r        r        r
register    -       -     -        -        -        -        -        -        r
asked       -       -     -        -        -        rwcu     -        r        r
gap         -       -     -        -        -        r        -        r        r
reminder    -       -     -        -        -        -        -        r        r
draft       -       -     -        -        -        -        -        -        -
batch       -       -     -        -        -        r        -        -        r
left        -       -     -        -        -        r        -        -        r
list        -       -     -        -        -        rwcu     -        -        rwcu
row         -       -     -        -        -        r        -        -        r
wrong       -       -     -        -        -        -        -        -        ru
forgotten   -       -     -        -        -        -        -        -        -
throttle    -       -     -        -        -        -        -        -        r
seal        -       -     -        -        -        -        -        -        r
"""
# what the maker of a dialog may do; nobody else may do anything
DIALOGS = """
dialog                             stu oth off none sup lia aud org adm
sajad.cartable.request.decide      -   -   -   -    -   rwc -   rwc rwc
sajad.cartable.request.decide.line -   -   -   -    -   rwc -   rwc rwc
sajad.holiday.load                 -   -   -   -    -   -   -   -   rwc
sajad.liaison.appoint              -   -   -   -    -   -   -   rwc rwc
sajad.overview                     -   -   -   -    -   -   -   -   r
sajad.overview.step                -   -   -   -    -   -   -   -   r
sajad.task.assign                  -   -   rwc rwc  rwc rwc rwc rwc rwc
sajad.task.assign.expert           -   -   rwc rwc  rwc rwc rwc rwc rwc
sajad.task.assign.line             -   -   rwc rwc  rwc rwc rwc rwc rwc
sajad.task.decide                  -   -   rwc rwc  rwc rwc rwc rwc rwc
sajad.task.decide.line             -   -   rwc rwc  rwc rwc rwc rwc rwc
sajad.task.fill                    -   -   rwc rwc  rwc rwc rwc rwc rwc
"""


@tagged("post_install", "-at_install")
class TestAccess(AccessTable, SajadCommon):
    """Who may do what (row E5): user x record x operation."""

    module = "sajad_base"
    table = TABLE
    dialogs = DIALOGS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        check = Command.create({"name": "Anything", "domain": "[]"})
        cls.process = cls.make_process("acc", {"a": {"check_ids": [check]}})
        cls.cartable = cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.env["sajad.cartable.member"].create(
            {
                "cartable_id": cls.cartable.id,
                "user_id": cls.user_supervisor.id,
                "kind": "supervisor",
            }
        )
        cls.request = cls.make_request(cls.process)
        cls.institution = cls.make_institution("access", cls.user_other_student)
        cls.env["sajad.register"]._draw(cls.university, "access")
        cls.register = cls.env["sajad.register"].search([("code", "=", "access")])
        role = cls.make_role("access_asked")
        place = {
            "university_id": cls.university.id,
            "process_id": cls.process.id,
            "role_id": role.id,
        }
        cls.asked = cls.env["sajad.cartable.request"].create(
            {**place, "state": "submitted"}
        )
        cls.reminder = cls.env["sajad.cartable.reminder"].create(place)
        cls.make_process("access_gap", {"gap": {"role": role}})
        cls.batch = cls.env["sajad.batch"].create(
            {
                "name": "Of the liaison",
                "user_id": cls.user_liaison.id,
                "res_model": "sajad.student",
                "job": "_batch_create_accounts",
                "line_ids": [Command.create({"record_name": "Left out"})],
            }
        )
        cls.list = cls.env["sajad.student.import"].create(
            {
                "university_id": cls.university.id,
                "line_ids": [Command.create({"row": 1})],
            }
        )
        cls.records = {
            "university": cls.university,
            "faculty": cls.faculty,
            "role": cls.process.stage_ids.role_id,
            "process": cls.process,
            "stage": cls.process.stage_ids,
            "guide": cls.env["sajad.process.guide"].create(
                {"process_id": cls.process.id, "name": "Guide"}
            ),
            "paper": cls.env["sajad.process.attachment"].create(
                {"process_id": cls.process.id, "name": "Paper"}
            ),
            "flow": cls.process.flow_ids,
            "step": cls.process.flow_ids.step_ids,
            "check": cls.process.flow_ids.step_ids.check_ids,
            "field": cls.env["sajad.study.field"].create({"name": "F", "code": "acc"}),
            "degree": cls.env.ref("sajad_base.sajad_degree_level_bachelor"),
            "student": cls.student,
            "institution": cls.institution,
            "named": cls.institution.member_ids,
            "partner": cls.student.partner_id,
            "cartable": cls.cartable,
            "member": cls.cartable.member_ids[:1],
            "scope": cls.request.scope_id,
            "request": cls.request,
            "task": cls.request.task_ids,
            "event": cls.request.event_ids[:1],
            "holiday": cls.env["sajad.holiday"].search([], limit=1),
            "occasion": cls.env.ref("sajad_base.sajad_occasion_fitr_1"),
            "notice": cls.env["sajad.notice"].search(
                [("request_id", "=", cls.request.id)], limit=1
            ),
            "register": cls.register,
            "asked": cls.asked,
            "gap": cls.env["sajad.cartable.gap"].search(
                [("university_id", "=", cls.university.id)], limit=1
            ),
            "reminder": cls.reminder,
            "draft": cls.env["sajad.request.draft"].create(
                {
                    "partner_id": cls.student.partner_id.id,
                    "process_id": cls.process.id,
                    "student_id": cls.student.id,
                    "token": "t",
                }
            ),
            "batch": cls.batch,
            "left": cls.batch.line_ids,
            "list": cls.list,
            "row": cls.list.line_ids,
            "wrong": cls.env["sajad.login.failure"].create({"login": "x"}),
            "forgotten": cls.env["sajad.password.reset"].create(
                {"login": "x", "date": "2026-01-01"}
            ),
            "throttle": cls.env["sajad.throttle"].create(
                {"key": "x", "slot": 1, "count": 1}
            ),
            "seal": cls.env["sajad.seal"].create(
                {
                    "table": "x",
                    "date": "2026-01-01",
                    "last_id": 1,
                    "seen_id": 1,
                    "row_count": 1,
                }
            ),
        }

    def test_other_universities_are_invisible(self):
        """Staff of one university search and find nothing of another."""
        self.make_cartables(self.process, self.other_university, self.user_stranger)
        other = self.make_request(self.process, self.other_student)
        for user, mine, theirs in (
            (self.user_officer, self.request, other),
            (self.user_stranger, other, self.request),
            (self.user_liaison, self.request, other),
        ):
            env = self.env(user=user)
            self.assertEqual(env["sajad.request"].search([]), mine)
            self.assertEqual(env["sajad.student"].search([]), mine.student_id)
            self.assertNotIn(theirs.partner_id, env["res.partner"].search([]))
            self.assertIn(user.partner_id, env["res.partner"].search([]))
            self.assertFalse(
                env["sajad.event"].search([("request_id", "=", theirs.id)])
            )
            self.assertFalse(env["sajad.task"].search([("request_id", "=", theirs.id)]))

    def test_one_declarative_rule_on_work(self):
        """A second rule of officers, or an OR, would ruin the boards.

        They were fifty times slower. Memberships are looked up in each query, so that
        one ends on time; ids in the rule would stay cached for the user.
        """
        rules = self.env["ir.rule"].search([("model_id.model", "=", "sajad.task")])
        officer = self.env.ref("sajad_base.group_sajad_officer")
        self.assertEqual(len(rules.filtered(lambda r: officer in r.groups)), 1)
        self.assertFalse(rules.filtered(lambda r: not r.groups))
        domain = Domain(
            self.env["ir.rule"]
            .with_user(self.user_officer)
            ._compute_domain("sajad.task", "read")
        )
        fields = [c.field_expr for c in domain.iter_conditions()]
        self.assertEqual(fields, ["cartable_id"])

    def test_experts_write_the_form_and_nothing_else(self):
        task = self.request.task_ids.with_user(self.user_officer)
        task.note = "Two books are missing."
        for name in set(task._fields) - {"note", "properties"}:
            field = task._fields[name]
            if field.store and name not in ("id", "create_uid", "create_date"):
                with self.subTest(name), self.assertRaises(AccessError):
                    task.write({name: task[name]})

    def test_form_is_closed_with_the_decision(self):
        task = self.request.task_ids.with_user(self.user_officer)
        task.action_approve()
        with self.assertRaises(AccessError):
            task.note = "later"

    def test_supervisor_does_not_write(self):
        task = self.request.task_ids.with_user(self.user_supervisor)
        with self.assertRaises(AccessError):
            task.note = "no"

    def test_nobody_creates_work(self):
        values = {"request_id": self.request.id, "round": 9}
        for user in (self.user_officer, self.user_admin):
            for model in ("sajad.task", "sajad.request", "sajad.event"):
                with (
                    self.subTest(f"{user.login} {model}"),
                    self.assertRaises(AccessError),
                ):
                    self.env[model].with_user(user).create(values)

    def test_admin_does_not_write_the_flow_of_requests(self):
        request = self.request.with_user(self.user_admin)
        with self.assertRaises(AccessError):
            request.state = "done"
        with self.assertRaises(AccessError):
            request.with_context(default_state="done").create({"name": "x"})

    def test_submitted_requests_are_kept(self):
        with self.assertRaises(AccessError):
            self.request.unlink()

    def test_removed_member_loses_access_at_once(self):
        """Without a cleared cache: memberships are in the query, not in the rule."""
        task = self.request.task_ids.with_user(self.user_officer)
        self.assertTrue(task.has_access("read"))
        other = self.make_user("t_second", "sajad_base.group_sajad_officer")
        self.env["sajad.cartable.member"].create(
            {"cartable_id": self.cartable.id, "user_id": other.id}
        )
        self.assertTrue(task.with_user(other).has_access("read"))
        self.cartable.member_ids.filtered(
            lambda m: m.user_id == self.user_officer
        ).unlink()
        self.assertFalse(task.has_access("read"))
        with (
            mute_logger("odoo.addons.base.models.ir_rule"),
            self.assertRaises(AccessError),
        ):
            task.action_approve()
