from odoo.exceptions import AccessError
from odoo.tests import Form, tagged, users

from .common import SupportCommon, SupportPortalCommon


@tagged("post_install", "-at_install")
class TestCategoryForm(SupportCommon, SupportPortalCommon):
    """An administrator lays out the questions of a category. Row D1"""

    def design(self, *lines):
        """Open the dialog of the category and add fields to it."""
        Design = self.env["sajad.form.design"].with_context(
            default_support_category_id=self.category.id
        )
        with Form(Design) as form:
            for values in lines:
                with form.line_ids.new() as line:
                    for name, value in values.items():
                        setattr(line, name, value)
        return form.record

    @users("t_admin")
    def test_questions_are_laid_out(self):
        self.design(
            {"label": "Trouble", "kind": "selection", "choices": "Mobile\nOther"},
            {"label": "Picture", "kind": "file", "required": True},
        ).action_apply()
        trouble, picture = self.category.form_definition
        self.assertEqual(
            [text for _key, text in trouble["selection"]], ["Mobile", "Other"]
        )
        self.assertEqual(picture["written_as"], "file")
        self.assertEqual(self.category.required_properties, [picture["name"]])
        self.assertIn("Picture *", self.category.form_text)
        # opened again, what is there is there, and its name stays
        again = self.design({"label": "Since When", "kind": "date"})
        self.assertEqual(
            again.line_ids.mapped("label"), ["Trouble", "Picture", "Since When"]
        )
        again.action_apply()
        self.assertEqual(self.category.form_definition[1]["name"], picture["name"])

    def test_a_deleted_question_keeps_its_answers(self):
        """Who reads the request later reads what was asked and answered then."""
        trouble = {"name": "trouble", "type": "char", "string": "Trouble"}
        since = {"name": "since", "type": "char", "string": "Since"}
        self.category.form_definition = [trouble, since]
        request = self.ask()
        request.support_properties = {"trouble": "Red light", "since": "Monday"}
        for form in ([since], [], [{"name": "x", "type": "char", "string": "X"}]):
            self.category.form_definition = form
            self.env.invalidate_all()
            (row,) = request.read(["support_properties"])
            answers = {a["string"]: a.get("value") for a in row["support_properties"]}
            self.assertEqual(answers["Trouble"], "Red light", form)
            self.assertEqual(answers["Since"], "Monday", form)

    @users("t_technical")
    def test_experts_design_nothing(self):
        with self.assertRaises(AccessError):
            self.design()

    def test_the_portal_asks_what_was_laid_out(self):
        self.design(
            {"label": "Since When", "kind": "date", "required": True}
        ).action_apply()
        self.authenticate("t_student", "t_student")
        page = self.url_open(
            f"/my/services/support/apply?support_category={self.category.id}"
        )
        self.assertIn("Since When", page.text)
