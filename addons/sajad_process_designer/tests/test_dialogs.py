from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged, users

from odoo.addons.sajad_base.tests.common import SajadCommon
from odoo.addons.sajad_base.tools.form import read_form
from odoo.addons.sajad_base.tools.form_properties import make_property_inputs

from ..tools.process_file import form as is_form


@tagged("post_install", "-at_install")
class TestDesignDialogs(SajadCommon):
    """The dialogs in which an administrator builds and tries a process (row A5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "wiz",
            {
                "a": {"allow_visit": True, "allow_refuse": True},
                "dorm": {
                    "after": ["a"],
                    "condition": "[('has_dormitory', '=', True)]",
                },
                "b": {"after": ["dorm"]},
            },
        )
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.request = cls.make_request(cls.process)
        cls.institution = cls.make_institution(
            "sample", cls.user_other_student, cls.university
        )

    @users("t_admin")
    def test_try_a_version_on_samples(self):
        flow = self.process.published_flow_id.with_env(self.env)
        simulate = self.env["sajad.flow.simulate"].create(
            {"flow_id": flow.id, "student_id": self.student.id}
        )
        self.assertEqual(
            [(line.step_id.stage_id.code, line.result) for line in simulate.line_ids],
            [("a", "run"), ("dorm", "skip"), ("b", "run")],
        )
        simulate.student_id = self.other_student
        self.assertEqual(
            simulate.line_ids.mapped("result"), ["no_cartable", "skip", "no_cartable"]
        )
        simulate.student_id = False
        simulate.institution_id = self.institution
        self.assertEqual(simulate.line_ids.mapped("result"), ["run", "skip", "run"])
        self.assertFalse(simulate.faculty_id)
        self.assertFalse(
            self.env["sajad.request"].search(
                [("student_id", "=", self.other_student.id)]
            )
        )

    @users("t_admin")
    def test_try_answers_of_the_form(self):
        """A branch on an answer is tried before anybody is asked."""
        flow = self.process.published_flow_id.sudo().copy().with_env(self.env)
        flow.request_properties_definition = [
            {"name": "amount", "string": "Amount", "type": "integer"}
        ]
        step = flow.step_ids.filtered(lambda s: s.stage_id.code == "dorm")
        step.condition = "[('properties.amount', '>', '۱۰۰٬۰۰۰٬۰۰۰')]"
        self.assertIn("100,000,000", flow._describe_condition(step.condition))
        simulate = self.env["sajad.flow.simulate"].create(
            {"flow_id": flow.id, "student_id": self.student.id}
        )
        for amount, result in ((200_000_000, "run"), (5, "skip")):
            simulate.answers = {"amount": amount}
            line = simulate.line_ids.filtered(lambda line: line.step_id == step)
            self.assertEqual(line.result, result)

    @users("t_admin")
    def test_kinds_and_help(self):
        draft = self.process.published_flow_id.sudo().copy().with_env(self.env)
        design = self.env["sajad.form.design"].create({"flow_id": draft.id})
        kinds = ("mobile", "phone", "national_id", "amount", "char")
        design.line_ids = [
            Command.create({"label": kind, "kind": kind, "help_text": f"Help {kind}"})
            for kind in kinds
        ]
        design.action_apply()
        again = self.env["sajad.form.design"].create({"flow_id": draft.id})
        self.assertEqual(tuple(again.line_ids.mapped("kind")), kinds)
        inputs = make_property_inputs(self.env, draft.request_properties_definition)
        self.assertEqual([item.kind for item in inputs], list(kinds))
        self.assertEqual(inputs[0].help, "Help mobile")
        self.assertEqual(inputs[3].label, "amount (Rials)")
        texts = ("۰۹۱۲۱۲۳۴۵۶۷", "02112345678", "0013542419", "۱٬۲۵۰٬۰۰۰", "x")
        post = {item.name: text for item, text in zip(inputs, texts, strict=True)}
        values, errors = read_form(self.env, inputs, post)
        self.assertFalse(errors)
        self.assertEqual(
            list(values.values()),
            ["+989121234567", "+982112345678", "0013542419", 1250000, "x"],
        )
        wrong = {item.name: "12" for item in inputs[:3]}
        self.assertEqual(len(read_form(self.env, inputs, wrong)[1]), 3)
        # another kind keeps the answers, and the rule of the former one goes
        again.line_ids[0].kind = "char"
        again.action_apply()
        self.assertNotIn("written_as", draft.request_properties_definition[0])

    def make_design(self, *lines):
        """Return the dialog of a draft with these lines, {label: values of it}."""
        draft = self.process.published_flow_id.sudo().copy().with_env(self.env)
        design = self.env["sajad.form.design"].create({"flow_id": draft.id})
        design.line_ids = [
            Command.clear(),
            *(
                Command.create({"label": code, "code": code, "sequence": place, **vals})
                for place, (code, vals) in enumerate(lines)
            ),
        ]
        return draft, design

    @users("t_admin")
    def test_shown_after_an_answer(self):
        choices = {"kind": "selection", "choices": "Own\nRented\nDormitory"}
        rented = {"show_if": "home", "show_if_answers": "Rented\nDormitory"}
        draft, design = self.make_design(
            ("home", choices),
            ("address", {"required": True, **rented}),
            ("works", {"kind": "boolean"}),
            ("why", {"show_if": "works", "show_if_answers": "no"}),
            ("paper", {"kind": "file", "required": True, "show_if": "address"}),
        )
        design.action_apply()
        form = {q["name"]: q for q in draft.request_properties_definition}
        keys = [key for key, _label in form["home"]["selection"]]
        self.assertEqual(
            form["address"]["show_if"], {"question": "home", "answers": keys[1:]}
        )
        self.assertEqual(
            form["why"]["show_if"], {"question": "works", "answers": [False]}
        )
        self.assertEqual(
            form["paper"]["show_if"], {"question": "address", "answers": []}
        )
        self.assertEqual(form["paper"]["written_as"], "file")
        self.assertEqual(draft.required_properties, ["address", "paper"])
        # the dialog shows what it wrote, and writes the same again
        again = self.env["sajad.form.design"].create({"flow_id": draft.id})
        self.assertEqual(
            again.line_ids.mapped("show_if_answers"),
            [False, "Rented\nDormitory", False, "no", ""],
        )
        before = draft.request_properties_definition
        again.action_apply()
        self.assertEqual(draft.request_properties_definition, before)
        self.assertIn("only after home: Rented or Dormitory", draft._get_form_words())
        # and it goes to other universities as it is
        self.assertTrue(is_form(draft._export_data()["process"]["form"]))

    @users("t_admin")
    def test_rules_that_cannot_be(self):
        home = ("home", {"kind": "selection", "choices": "Own"})
        after = {"show_if": "home", "show_if_answers": "Own"}
        draft, design = self.make_design(("address", after), home)
        with self.assertRaisesRegex(UserError, "has to stand above it"):
            design.action_apply()
        draft, design = self.make_design(
            home, ("address", {**after, "show_if_answers": "Rented"})
        )
        with self.assertRaisesRegex(UserError, "waits for the answer “Rented”"):
            design.action_apply()
        step = self.env["sajad.form.design"].create({"step_id": draft.step_ids[:1].id})
        step.line_ids = [Command.create({"label": "Scan", "kind": "file"})]
        with self.assertRaisesRegex(UserError, "takes no files"):
            step.action_apply()

    @users("t_admin")
    def test_a_sample_answers_what_is_asked(self):
        """An answer to a hidden question opens no branch."""
        draft, design = self.make_design(
            ("works", {"kind": "boolean"}),
            ("pay", {"kind": "integer", "show_if": "works"}),
        )
        design.action_apply()
        step = draft.step_ids.sorted("sequence")[-1]
        step.condition = "[('properties.pay', '>', 5)]"
        for works in (False, True):
            simulate = self.env["sajad.flow.simulate"].create(
                {
                    "flow_id": draft.id,
                    "student_id": self.student.id,
                    "answers": {"works": works, "pay": 10},
                }
            )
            line = simulate.line_ids.filtered(lambda line: line.step_id == step)
            self.assertEqual(line.result == "skip", not works)

    def test_admin_makes_a_process_without_code(self):
        """Row A5: process, stages, steps, branch, form and check, then publish."""
        process = Form(self.env["sajad.process"])
        process.name = "Loan"
        process.code = "loan"
        process = process.save()
        roles = self.process.stage_ids.role_id.with_env(self.env)
        for code, role in zip(("one", "two"), roles, strict=False):
            stage = Form(self.env["sajad.stage"])
            stage.name, stage.code = f"Stage {code}", code
            stage.process_id, stage.role_id = process, role
            stage.save()
        flow = self.env["sajad.flow"].create({"process_id": process.id})
        one, two = process.stage_ids
        first = self.env["sajad.flow.step"].create(
            {"flow_id": flow.id, "stage_id": one.id, "sequence": 1}
        )
        self.env["sajad.flow.step"].create(
            {
                "flow_id": flow.id,
                "stage_id": two.id,
                "sequence": 2,
                "condition": "[('is_international', '=', True)]",
                "predecessor_ids": [Command.link(first.id)],
            }
        )
        design = self.env["sajad.form.design"].create({"step_id": first.id})
        design.line_ids = [
            Command.create({"label": "Guarantor", "kind": "char", "sequence": 1})
        ]
        design.action_apply()
        name = first.task_properties_definition[0]["name"]
        self.env["sajad.flow.step.check"].create(
            {
                "step_id": first.id,
                "name": "Name the guarantor.",
                "domain": f"[('properties.{name}', '!=', False)]",
            }
        )
        flow.action_publish()
        self.assertEqual(process.published_flow_id, flow)
        self.make_cartables(process.sudo(), self.university, self.user_officer)
        request = self.make_request(process.sudo())
        task = self.task(request, "one", self.user_officer)
        with self.assertRaisesRegex(UserError, "guarantor"):
            task.action_approve()
        task.properties = {name: "Somebody"}
        task.action_approve()
        self.assertStates(request, one="done", two="skipped")
        self.assertEqual(request.state, "done")

    @users("t_officer", "t_organization")
    def test_only_admins_design(self):
        with self.assertRaises(AccessError):
            self.env["sajad.form.design"].create(
                {"flow_id": self.process.flow_ids[:1].id}
            )
