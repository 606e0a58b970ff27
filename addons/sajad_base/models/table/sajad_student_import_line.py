from odoo import api, fields, models
from odoo.tools import SQL


class SajadStudentImportLine(models.Model):
    """A row of a registrar's list, and what became of it (row A1)."""

    _name = "sajad.student.import.line"
    _description = "Row of a List of Students"
    _order = "import_id, row, id"
    _rec_name = "row"

    import_id = fields.Many2one(
        "sajad.student.import", required=True, index=True, ondelete="cascade"
    )
    row = fields.Integer(readonly=True)
    student_number = fields.Char(readonly=True)
    name = fields.Char(string="Full Name", readonly=True)
    cells = fields.Json(readonly=True)
    # what was read in them, as it is recorded
    read_values = fields.Json(readonly=True)
    result = fields.Selection(
        [
            ("created", "New"),
            ("changed", "Changed"),
            ("unchanged", "As It Was"),
            ("refused", "Refused"),
        ],
        readonly=True,
    )
    message = fields.Char(readonly=True)

    @api.model
    def _fetch_kept(self, record, limit):
        """Return [(id, result, row, cells, read values)] of what comes next in a list.

        The ORM copies each cell of them.
        """
        self.flush_model()
        return self.env.execute_query(
            SQL(
                "SELECT id, result, row, cells, read_values "
                "FROM sajad_student_import_line WHERE import_id = %s AND row > %s "
                "AND result != 'refused' ORDER BY row LIMIT %s",
                record.id,
                record.recorded_row,
                limit,
            )
        )
