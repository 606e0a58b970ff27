from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sajad_base.tools.file_check import JPG, PDF, PNG, Accepted

PHASES = [
    ("admission", "Admission and Registration"),
    ("study", "During Study"),
    ("graduation", "Graduation"),
]


class SajadDocumentType(models.Model):
    """A kind of paper that dossiers hold (row C3)."""

    _name = "sajad.document.type"
    _description = "Document Type"
    _inherit = ["sajad.search.key.mixin", "sajad.code"]
    _code_prefix = "document"
    _order = "phase, sequence, id"
    _spelling = {"name": "text", "code": "number"}
    _search_key_fields = ("name", "code")

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    phase = fields.Selection(PHASES, required=True, default="admission")
    source = fields.Selection(
        [
            ("student", "The Student"),
            ("faculty", "The Faculty"),
            ("central", "The University's Office"),
            ("bulk", "Many at Once"),
            ("system", "Another System"),
        ],
        string="Brought by",
        required=True,
        default="student",
    )
    tiers = fields.Selection(
        [
            ("0", "Nobody"),
            ("1", "The Faculty"),
            ("2", "The Faculty and the University"),
        ],
        string="Verified by",
        required=True,
        default="2",
    )
    substitute_days = fields.Integer(
        string="Counts for (Days)",
        aggregator=None,
        help="A substitute, such as an interim certificate, counts until the document "
        "itself is there. Zero: it counts for good.",
    )
    is_sensitive = fields.Boolean(
        string="Sensitive",
        help="Only offices that see sensitive papers, and the student, open it.",
    )
    is_hidden = fields.Boolean(
        string="Between Offices",
        help="The student neither opens it nor reads who did, such as a transcript "
        "that one university sends another in confidence.",
    )
    is_watermarked = fields.Boolean(
        string="Watermark",
        help="Whoever opens it reads their own name and the time over its pages; the "
        "file that is kept stays as it came.",
    )
    takes_pdf = fields.Boolean(string="PDF", default=True)
    takes_pictures = fields.Boolean(string="JPG, PNG", default=True)
    max_kb = fields.Integer(
        string="Largest File (KB)", default=2048, required=True, aggregator=None
    )
    max_files = fields.Integer(
        string="Files, at most",
        default=10,
        required=True,
        aggregator=None,
        help="Photographs of a paper with several pages are several files.",
    )
    max_pages = fields.Integer(
        string="Pages of a PDF, at most", default=30, required=True, aggregator=None
    )
    file_names = fields.Char(
        string="Called in File Names",
        help="What scans of it are called besides its name and code, with commas "
        "between them.",
    )
    help_text = fields.Text(translate=True, help="What the student reads beside it.")

    _code_uniq = models.Constraint("unique(code)", "This code is in use.")
    _size_check = models.Constraint(
        "CHECK (max_kb BETWEEN 1 AND 20480)",
        "The largest file lies between 1 and 20,480 KB.",
    )
    _files_check = models.Constraint(
        "CHECK (max_files BETWEEN 1 AND 50 AND max_pages BETWEEN 1 AND 500)",
        "A document has 1 to 50 files, and a PDF 1 to 500 pages.",
    )

    @api.constrains("takes_pdf", "takes_pictures")
    def _check_formats(self):
        for kind in self:
            if not kind.takes_pdf and not kind.takes_pictures:
                raise ValidationError(
                    self.env._("Say which files %(name)s takes.", name=kind.name)
                )

    @api.constrains("tiers")
    def _check_tiers(self):
        asked = self.env["sajad.document.requirement"].search(
            [("mode", "=", "original"), ("type_ids", "in", self.ids)]
        )
        (self & asked.type_ids)._check_original_seen()

    def _check_original_seen(self):
        for kind in self.filtered(lambda kind: kind.tiers == "0"):
            raise ValidationError(
                self.env._(
                    "The original of %(name)s has to be seen: say who verifies it.",
                    name=kind.name,
                )
            )

    def _get_accepted(self):
        """Return what a file of this type may be, as `sajad.upload` asks for it."""
        self.ensure_one()
        types = (PDF,) if self.takes_pdf else ()
        if self.takes_pictures:
            types += (JPG, PNG)
        return Accepted(
            types=types,
            max_size=self.max_kb * 1024,
            max_count=self.max_files,
            max_pages=self.max_pages,
            is_paper=True,
        )

    @api.model
    def _get_largest_size(self):
        """Return the most bytes that all files of a document may have together.

        With one file more, so that it is said which one was too many.
        """
        return max(
            (kind.max_kb * 1024 * (kind.max_files + 1) for kind in self.search([])),
            default=0,
        )
