from odoo import api, fields, models

from odoo.addons.sajad_sla.models.clock.sajad_sla_line import PRIORITIES


class SajadSupportCategory(models.Model):
    """What a support request is about: which line has it first, what is asked (D1)."""

    _name = "sajad.support.category"
    _description = "Support Category"
    _inherit = ["sajad.search.key.mixin"]
    _order = "sequence, name"
    _spelling = {"name": "text"}
    _search_key_fields = ("name",)

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    line = fields.Selection(
        [("technical", "Technical"), ("regulations", "Regulations and International")],
        required=True,
        default="technical",
        help="Which office has the request first.",
    )
    description = fields.Text(
        translate=True, help="What belongs here, in the words of those who ask."
    )
    priority = fields.Selection(
        PRIORITIES,
        required=True,
        default="1",
        help="Of new requests; experts can change it.",
    )
    is_assigned = fields.Boolean(
        string="Assigned by Itself",
        help="A new request is given to the expert of the office who has the least.",
    )
    # as forms of versions: questions have a `show_if`, texts are `written_as` "file"
    form_definition = fields.PropertiesDefinition("Form")
    required_properties = fields.Json(
        string="Required Fields", help="Names of the fields that must be filled in."
    )
    # what the form asked once: requests have answers to it
    former_definition = fields.Json("Former Questions", copy=False)
    form_text = fields.Text(string="Questions", compute="_compute_form_text")

    @api.depends("form_definition", "required_properties")
    @api.depends_context("lang")
    def _compute_form_text(self):
        Line = self.env["sajad.form.design.line"]
        for category in self:
            category.form_text = Line._describe_form(
                category.form_definition, category.required_properties
            )

    def write(self, vals):
        """Change categories; what their forms asked is kept with its answers."""
        asked = {category: category.form_definition or [] for category in self}
        result = super().write(vals)
        for category, questions in asked.items():
            names = {question["name"] for question in category.form_definition or []}
            gone = [dict(q) for q in questions if q["name"] not in names]
            if gone:
                category.former_definition = gone + (category.former_definition or [])
        return result
