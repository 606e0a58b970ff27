from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged, users

from odoo.addons.sajad_base.tests.common import SajadCommon


@tagged("post_install", "-at_install")
class TestProcessCopy(SajadCommon):
    """A university takes a copy and adapts it; it offers one of a kind (row A5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "orig",
            {
                "head": {"mode": "assign"},
                "expert": {"after": ["head"], "allow_visit": True, "time_limit": 8},
                "dorm": {
                    "after": ["expert"],
                    "condition": "[('has_dormitory', '=', True)]",
                },
                "end": {"after": ["expert", "dorm"], "numbering": True, "join": "any"},
            },
            publish=False,
            exclusive_group="orig",
        )
        flow = cls.process.flow_ids
        steps = {step.stage_id.code: step for step in flow.step_ids}
        steps["expert"].task_properties_definition = [
            {"name": "checked", "string": "Checked", "type": "boolean"}
        ]
        cls.env["sajad.flow.step.check"].create(
            {
                "step_id": steps["expert"].id,
                "name": "Check it.",
                "domain": "[('properties.checked', '=', True)]",
            }
        )
        flow.request_properties_definition = [
            {"name": "year", "string": "Year", "type": "char"}
        ]
        cls.process.stage_ids[0].active = True
        flow.action_publish()

    def describe(self, flow):
        """Return all that makes a version, without ids."""
        return [
            (
                step.stage_id.code,
                step.stage_id.name,
                step.role_id,
                step.sequence,
                sorted(step.predecessor_ids.mapped("stage_id.code")),
                step.join,
                step.condition,
                step.mode,
                step.numbering,
                step.allow_visit,
                step.time_limit,
                step.task_properties_definition,
                [(check.name, check.domain) for check in step.check_ids],
            )
            for step in flow.step_ids
        ]

    @users("t_admin")
    def test_copy_is_complete_and_a_draft(self):
        process = self.process.with_env(self.env)
        twin = process.copy()
        self.assertEqual(twin.name, "Process orig (copy)")
        self.assertEqual(twin.code, "orig_2")
        self.assertEqual(twin.exclusive_group, "orig")
        self.assertEqual(
            twin.flow_ids.request_properties_definition,
            process.flow_ids.request_properties_definition,
        )
        self.assertFalse(twin.published_flow_id)
        self.assertFalse(twin.is_open)
        self.assertEqual((twin.flow_ids.state, twin.flow_ids.version), ("draft", 1))
        self.assertEqual(
            self.describe(twin.flow_ids), self.describe(process.published_flow_id)
        )
        self.assertFalse(twin.stage_ids & process.stage_ids)
        self.assertFalse(
            twin.flow_ids.step_ids.predecessor_ids - twin.flow_ids.step_ids
        )

    @users("t_admin")
    def test_copy_is_adapted_and_published(self):
        process = self.process.with_env(self.env)
        twin = process.copy()
        draft = twin.flow_ids
        step = draft.step_ids.filtered(lambda s: s.stage_id.code == "end")
        step.time_limit = 24
        draft.action_publish()
        self.assertEqual(twin.published_flow_id, draft)
        original = process.published_flow_id.step_ids.filtered(
            lambda s: s.stage_id.code == "end"
        )
        self.assertEqual(original.time_limit, 0)
        self.make_cartables(twin.sudo(), self.university, self.user_officer)
        request = self.make_request(twin.sudo())
        self.assertEqual(request.state, "running")

    @users("t_admin")
    def test_codes_are_proposed(self):
        process = self.process.with_env(self.env)
        self.assertEqual([process.copy().code for _n in range(2)], ["orig_2", "orig_3"])
        self.assertEqual(process.copy().copy().code, "orig_5")
        process.search([("code", "=", "orig_3")]).active = False
        process.search([("code", "=", "orig_2")]).code = "other"
        self.assertEqual(process.copy().code, "orig_2")
        self.assertEqual(process.copy({"code": "mine"}).code, "mine")
        # several at once have different codes too
        both = process | process.copy()
        self.assertEqual(len(set(both.copy().mapped("code"))), 2)

    @users("t_officer", "t_organization")
    def test_only_admins_copy(self):
        with self.assertRaises(AccessError):
            self.process.with_env(self.env).copy()

    def test_versions_are_copied_as_before(self):
        self.process.published_flow_id.action_new_version()
        draft = self.process.flow_ids.filtered(lambda f: f.state == "draft")
        self.assertEqual(draft.version, 2)
        self.assertEqual(
            self.describe(draft), self.describe(self.process.published_flow_id)
        )

    # ------------------------------------------------------------
    # ONE OF A KIND
    # ------------------------------------------------------------

    def test_two_of_a_kind_at_one_university_are_warned_about(self):
        twin = self.process.copy()
        twin.flow_ids.action_publish()
        self.process.university_ids = self.university
        twin.university_ids = self.university | self.other_university
        self.assertIn("Test University", twin.exclusive_warning)
        self.assertNotIn("Other University", twin.exclusive_warning)
        self.assertIn("Process orig", twin.exclusive_warning)
        twin.university_ids = self.other_university
        self.assertFalse(twin.exclusive_warning)
        self.assertFalse(self.process.exclusive_warning)
        # nowhere named means everywhere, unless it is offered to the chosen only
        twin.university_ids = False
        self.assertIn("Test University", twin.exclusive_warning)
        twin.only_chosen = True
        self.assertFalse(twin.exclusive_warning)

    @users("t_admin")
    def test_warning_appears_while_typing(self):
        twin = self.process.with_env(self.env).copy()
        self.process.sudo().university_ids = self.university
        with Form(twin) as form:
            self.assertIn("Test University", form.exclusive_warning)
            form.university_ids.add(self.other_university)
            self.assertFalse(form.exclusive_warning)
        self.assertEqual(twin.university_ids, self.other_university)

    def test_drafts_and_other_kinds_are_no_rivals(self):
        twin = self.process.copy()
        self.assertFalse(self.process.exclusive_warning)
        self.assertTrue(twin.exclusive_warning)
        twin.exclusive_group = False
        self.assertFalse(twin.exclusive_warning)
        twin.university_ids = [Command.clear()]

    def test_offered(self):
        Request = self.env["sajad.request"]
        process = self.process
        for values, here, there in (
            ({"university_ids": False, "only_chosen": False}, True, True),
            ({"university_ids": self.university.ids}, True, False),
            ({"university_ids": False, "only_chosen": True}, False, False),
            (
                {"university_ids": self.university.ids, "only_chosen": True},
                True,
                False,
            ),
        ):
            with self.subTest(values):
                process.write({"only_chosen": False, **values})
                offered = Request._filter_offered(process, self.student)
                self.assertEqual(bool(offered), here)
                offered = Request._filter_offered(process, self.other_student)
                self.assertEqual(bool(offered), there)
