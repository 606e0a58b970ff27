import base64

from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.sajad_base.tests.test_window import AttachmentCommon


@tagged("post_install", "-at_install")
class TestWindowDesign(AttachmentCommon):
    """What a form asks for stays when it is designed or carried as a file (row A8)."""

    def test_another_university_asks_for_the_same(self):
        """A process as a file keeps tags and what is required."""
        content = self.process.published_flow_id._export_file()
        form = Form(self.env["sajad.process.import"])
        form.file = base64.b64encode(content)
        form.as_new = True
        flow = self.env["sajad.flow"].browse(form.save().action_apply()["res_id"])
        copy = flow.process_id
        self.assertNotEqual(copy, self.process)
        # places of one database are none of another's
        self.assertEqual(flow.required_properties, ["why", "sure", "ways", "count"])
        tags = {d["name"]: d.get("tags") for d in flow.request_properties_definition}
        self.assertEqual(tags["ways"], [["bus", "By bus", 1], ["rail", "By rail", 2]])

    def test_designer_keeps_required_ones(self):
        Design = self.env["sajad.form.design"].with_user(self.user_admin)
        design = Design.create({"flow_id": self.process.flow_ids.copy().id})
        lines = {line.code: line for line in design.line_ids}
        self.assertTrue(lines["why"].required)
        self.assertEqual(lines["ways"].choices, "By bus\nBy rail")
        lines["why"].required = False
        lines["ways"].choices = "By rail\nBy air"
        design.line_ids = [
            Command.create(
                {"label": "New", "kind": "char", "required": True, "sequence": 200}
            )
        ]
        design.action_apply()
        flow = design.flow_id
        required = flow.required_properties
        self.assertNotIn("why", required)
        definitions = {d["name"]: d for d in flow.request_properties_definition}
        new = next(d for d in definitions.values() if d["string"] == "New")
        self.assertIn(new["name"], required)
        self.assertEqual(definitions["ways"]["tags"][0], ["rail", "By rail", 2])
