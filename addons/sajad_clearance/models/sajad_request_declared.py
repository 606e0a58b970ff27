from datetime import date

from odoo import api, fields, models


class SajadRequest(models.Model):
    """What the student declared in the form of a clearance (rows B4, B5).

    It is a snapshot: the printed form stays the same when the record changes later.
    """

    _inherit = "sajad.request"

    # [{name, value, declared}]: fields of the student in the order of the form
    declared = fields.Json(readonly=True, copy=False, prefetch="clearance")
    record_problem = fields.Text(
        string="Said to Be Wrong in the Record",
        readonly=True,
        copy=False,
        prefetch="clearance",
    )
    commitment_file_id = fields.Many2one(
        "ir.attachment",
        string="Notarised Commitment",
        readonly=True,
        copy=False,
        prefetch="clearance",
        ondelete="set null",
        index="btree_not_null",
    )
    declared_html = fields.Html(
        string="Form of the Student",
        compute="_compute_declared_html",
        compute_sudo=True,
        sanitize=False,
    )

    @api.depends_context("lang")
    @api.depends("declared", "record_problem", "commitment_file_id")
    def _compute_declared_html(self):
        for request in self:
            request.declared_html = request.declared and self.env["ir.qweb"]._render(
                "sajad_clearance.declared_form", {"request_form": request}
            )

    @api.model
    def _prepare_declared(self, student, values):
        """Return the snapshot of a form.

        :param values: {field: value} of the inputs of `sajad.student`; what the
            student emptied is False
        """
        lines = []
        for name in student._get_form_names():
            value = values.get(
                name,
                student._fields[name].convert_to_read(
                    student[name], student, use_display_name=False
                ),
            )
            if isinstance(value, date):
                value = fields.Date.to_string(value)
            shown = student._show_form_value(name, value)
            declared = name in values and shown != student._get_form_shown(name)
            if value or declared:
                lines.append({"name": name, "value": value or "", "declared": declared})
        return lines

    def _get_declared_lines(self):
        """Return the form as people read it, whatever the record says today.

        :return: [{name, label, value, declared}], empty where no form was sent
        """
        self.ensure_one()
        # read through the request, to which access was checked
        student = self.student_id.sudo()
        return [
            {
                **line,
                "label": student._fields[line["name"]]._description_string(self.env),
                "value": student._show_form_value(line["name"], line["value"]),
            }
            for line in self.declared or []
            if line["name"] in student._fields
        ]

    @api.model
    def _portal_submit(self, process, requester, values, token):
        request_sudo = super()._portal_submit(process, requester, values, token)
        if request_sudo.declared:
            request_sudo._keep_declared()
        return request_sudo

    def _keep_declared(self):
        """Keep on the record of the student what it did not know."""
        self.ensure_one()
        values = {
            line["name"]: line["value"] for line in self.declared if line["declared"]
        }
        self.student_id._keep_declared(values, self)
