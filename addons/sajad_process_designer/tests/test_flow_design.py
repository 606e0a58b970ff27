from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged, users

from odoo.addons.sajad_base.tests.common import SajadCommon


@tagged("post_install", "-at_install")
class TestFlowDesign(SajadCommon):
    """A process is built, published and compared without code (row A5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.role = cls.make_role("design")
        cls.published = cls.make_process("deny", {"a": {}})

    def build(self, names):
        """Fill in the form of a process as an administrator does."""
        form = Form(self.env["sajad.process"])
        form.name = "وام دانشجویی"
        for name in names:
            with form.stage_ids.new() as stage:
                stage.name = name
                stage.role_id = self.role.with_env(self.env)
        return form.save()

    # ------------------------------------------------------------
    # CODES
    # ------------------------------------------------------------

    @users("t_admin")
    def test_nobody_types_codes(self):
        process = self.build(["Library", "کتابخانه", "Library", "تغذیه"])
        self.assertRegex(process.code, r"^process_\d+$")
        self.assertEqual(
            process.stage_ids.mapped("code"),
            ["library", "stage_1", "library_2", "stage_2"],
        )
        other = self.env["sajad.process"].create({"name": process.name})
        self.assertNotEqual(other.code, process.code)

    @users("t_admin")
    def test_a_typed_code_is_kept(self):
        form = Form(self.env["sajad.process"])
        form.name = "Loan of Students"
        self.assertEqual(form.code, "loan_of_students")
        form.code = "mine"
        form.name = "Another Name"
        self.assertEqual(form.save().code, "mine")

    @users("t_admin")
    def test_roles_are_made_by_their_name(self):
        role_id, _name = self.env["sajad.role"].name_create("اداره وام")
        role = self.env["sajad.role"].browse(role_id)
        self.assertRegex(role.code, r"^role_\d+$")
        self.assertTrue(role.group_id)

    def test_archived_codes_stay_taken(self):
        values = {"name": "Old", "role_id": self.role.id}
        process = self.env["sajad.process"].create({"name": "P"})
        Stage = self.env["sajad.stage"]
        old = Stage.create({**values, "process_id": process.id})
        old.active = False
        new = Stage.create({**values, "process_id": process.id})
        self.assertEqual((old.code, new.code), ("old", "old_2"))

    # ------------------------------------------------------------
    # FROM STAGES TO A VERSION
    # ------------------------------------------------------------

    def design(self, process):
        return self.env["sajad.flow"].browse(process.action_design()["res_id"])

    @users("t_admin")
    def test_stages_become_a_first_version(self):
        process = self.build(["One", "Two", "Three"])
        flow = self.design(process)
        self.assertEqual(flow.step_ids.mapped("name"), ["One", "Two", "Three"])
        one, two, three = flow.step_ids
        self.assertFalse(one.predecessor_ids)
        self.assertEqual(two.predecessor_ids, one)
        self.assertEqual(three.predecessor_ids, two)
        # the second click opens the same draft
        self.assertEqual(self.design(process), flow)
        flow.action_publish()
        draft = self.design(process)
        self.assertEqual((draft.version, draft.state), (2, "draft"))
        self.assertEqual(len(draft.step_ids), 3)

    @users("t_admin")
    def test_a_process_without_stages_says_so(self):
        process = self.env["sajad.process"].create({"name": "Empty"})
        with self.assertRaisesRegex(UserError, "Add the stages first"):
            process.action_design()

    @users("t_admin")
    def test_a_further_step_follows_the_last_one(self):
        process = self.build(["One", "Two", "Three"])
        flow = self.design(process)
        flow.step_ids[2].unlink()
        context = flow.action_add_step()["context"]
        form = Form(self.env["sajad.flow.step"].with_context(**context))
        step = form.save()
        self.assertEqual(step.name, "Three")
        self.assertEqual(step.predecessor_ids, flow.step_ids[1])
        flow.action_publish()
        for method in ("action_add_step", "action_add_stages"):
            with self.assertRaisesRegex(UserError, "frozen"):
                getattr(flow, method)()

    @users("t_officer", "t_organization")
    def test_only_admins_design(self):
        process = self.published.with_env(self.env)
        flow = process.flow_ids
        for record, method in (
            (process, "action_design"),
            (flow, "action_add_step"),
            (flow, "action_add_stages"),
            (flow, "action_open_publish"),
            (flow, "action_export"),
        ):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(record, method)()
        for name in ("publish", "compare", "migrate"):
            with self.subTest(name), self.assertRaises(AccessError):
                self.env[f"sajad.flow.{name}"].create({"flow_id": flow.id})
        with self.assertRaises(AccessError):
            self.env["sajad.process.import"].create({})

    # ------------------------------------------------------------
    # PUBLISH
    # ------------------------------------------------------------

    def open_publish(self, flow):
        return self.env["sajad.flow.publish"].browse(
            flow.action_open_publish()["res_id"]
        )

    @users("t_admin")
    def test_what_prevents_publishing_is_listed_with_its_step(self):
        process = self.build(["One", "Two", "Three"])
        flow = self.design(process)
        one, two, three = flow.step_ids
        one.predecessor_ids = [Command.set(three.ids)]
        two.condition = "[('properties.gone', '=', 1)]"
        wizard = self.open_publish(flow)
        problems = wizard.line_ids.filtered(lambda line: line.kind == "problem")
        text = "\n".join(problems.mapped("sentence"))
        self.assertIn("wait for each other", text)
        self.assertIn("no longer has", text)
        self.assertIn(two, problems.step_id)
        self.assertEqual(problems[0].action_open()["res_id"], problems[0].step_id.id)
        with self.assertRaises(UserError):
            wizard.action_apply()
        self.assertEqual(flow.state, "draft")

    @users("t_admin")
    def test_a_rule_about_a_field_that_is_gone(self):
        process = self.build(["One"])
        flow = self.design(process)
        step = flow.step_ids
        step.condition = "[('properties.gone', '=', 'x')]"
        self.env["sajad.flow.step.check"].create(
            {
                "step_id": step.id,
                "name": "Fill it in",
                "domain": "[('properties.also_gone', '!=', False)]",
            }
        )
        self.assertEqual(len(step._get_problems()), 1)
        flow.request_properties_definition = [
            {"name": "gone", "string": "G", "type": "char"}
        ]
        step.task_properties_definition = [
            {"name": "also_gone", "string": "G", "type": "char"}
        ]
        self.assertFalse(step._get_problems())

    @users("t_admin")
    def test_the_request_form_is_laid_out_in_the_draft(self):
        process = self.make_process("form", {"a": {}}).with_env(self.env)
        published = process.published_flow_id
        action = process.action_design_form()
        draft = process.flow_ids - published
        self.assertEqual(action["context"]["default_flow_id"], draft.id)
        # a second click opens the same
        self.assertEqual(process.action_design_form(), action)
        design = self.env["sajad.form.design"].create({"flow_id": draft.id})
        design.line_ids = [Command.create({"label": "City", "required": True})]
        design.action_apply()
        self.assertEqual(draft.request_properties_definition[0]["string"], "City")
        self.assertTrue(draft.required_properties)
        self.assertFalse(published.request_properties_definition)
        with self.assertRaisesRegex(UserError, "frozen"):
            published.action_design_form()
        new = self.env["sajad.process"].create({"name": "New", "code": "new_form"})
        new.action_design_form()
        self.assertEqual(new.flow_ids.state, "draft")

    @users("t_admin")
    def test_publishing_says_what_becomes_of_running_requests(self):
        process = self.make_process("pub", {"a": {}}).with_env(self.env)
        self.make_request(process.sudo())
        draft = self.design(process)
        wizard = self.open_publish(draft)
        self.assertEqual(wizard.running_count, 1)
        self.assertFalse(wizard.problem_count)
        self.assertEqual(set(wizard.line_ids.mapped("kind")), {"warning"})
        wizard.action_apply()
        self.assertEqual(process.published_flow_id, draft)
        with self.assertRaisesRegex(UserError, "frozen"):
            wizard.action_apply()

    # ------------------------------------------------------------
    # COMPARE
    # ------------------------------------------------------------

    @users("t_admin")
    def test_compare(self):
        process = self.make_process(
            "cmp",
            {"a": {"time_limit": 8}, "b": {"after": ["a"]}, "c": {"after": ["b"]}},
        ).with_env(self.env)
        former = process.published_flow_id
        draft = self.design(process)
        a, b, c = draft.step_ids
        a.write({"time_limit": 16, "allow_refuse": True})
        b.write({"condition": "[('has_dormitory', '=', True)]", "mode": "information"})
        c.unlink()
        stage = self.env["sajad.stage"].create(
            {"name": "New", "process_id": process.id, "role_id": self.role.id}
        )
        draft._add_stages(stage)
        b.task_properties_definition = [
            {"name": "debt", "string": "Debt", "type": "integer"}
        ]
        self.env["sajad.flow.step.check"].create(
            {"step_id": b.id, "name": "Pay", "domain": "[('properties.debt', '=', 0)]"}
        )
        draft.request_properties_definition = [
            {"name": "city", "string": "City", "type": "char"}
        ]
        draft.required_properties = ["city"]
        wizard = self.env["sajad.flow.compare"].create({"flow_id": draft.id})
        self.assertEqual(wizard.former_id, former)
        lines = {
            (line.stage_id.code, line.what): (line.before, line.after)
            for line in wizard.line_ids
        }
        kinds = {line.stage_id.code: line.kind for line in wizard.line_ids}
        self.assertEqual(lines[False, "Request Form"], ("", "City * (Short Text)"))
        self.assertEqual(kinds.pop(False), "changed")
        self.assertEqual(
            kinds, {"a": "changed", "b": "changed", "c": "removed", "new": "added"}
        )
        self.assertEqual(
            lines["a", "Time Limit (Hours)"], ("8 working hours", "16 working hours")
        )
        self.assertEqual(lines["a", "May Refuse"], ("no", "yes"))
        self.assertEqual(lines["b", "Condition"], ("", "Has Dormitory: yes"))
        self.assertEqual(lines["b", "Mode"], ("Decision", "For information"))
        self.assertEqual(lines["b", "Step Form"], ("", "Debt (Whole Number)"))
        self.assertEqual(lines["b", "Checks"], ("", "Pay [Debt is 0]"))
        self.assertEqual(lines["new", "The step, after:"], ("", "Stage b"))
        self.assertEqual(lines["c", "The step, after:"], ("Stage b", ""))

    @users("t_admin")
    def test_compare_the_same(self):
        process = self.make_process("same", {"a": {}}).with_env(self.env)
        draft = self.design(process)
        wizard = self.env["sajad.flow.compare"].create({"flow_id": draft.id})
        self.assertFalse(wizard.line_ids)
        alone = self.make_process("alone", {"a": {}}, publish=False)
        wizard = self.env["sajad.flow.compare"].create({"flow_id": alone.flow_ids.id})
        self.assertFalse(wizard.former_id)
