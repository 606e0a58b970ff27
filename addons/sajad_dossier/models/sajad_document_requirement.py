from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL
from odoo.tools.i18n import format_list

from .sajad_document_type import PHASES

# {field of the requirement: (column of the student, table of the relation)}
LISTS = {
    "degree_level_ids": ("degree_level_id", "sajad_requirement_degree_rel"),
    "admission_kind_ids": ("admission_kind_id", "sajad_requirement_kind_rel"),
    "admission_quota_ids": ("admission_quota_id", "sajad_requirement_quota_rel"),
}


class SajadDocumentRequirement(models.Model):
    """Who needs which documents: columns instead of a condition (row C3).

    All requirements are applied to any number of dossiers in one statement, and the
    screen can say in words why something is required. A dossier keeps the rules of
    the day on which it was opened.
    """

    _name = "sajad.document.requirement"
    _description = "Required Document"
    _inherit = ["sajad.spelling", "sajad.date.guard"]
    _order = "phase, sequence, id"
    _spelling = {"name": "text"}

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    phase = fields.Selection(PHASES, required=True, default="admission")
    type_ids = fields.Many2many(
        "sajad.document.type",
        "sajad_requirement_type_rel",
        "requirement_id",
        "type_id",
        string="Any of",
        required=True,
        help="One of these documents is enough.",
    )
    mode = fields.Selection(
        [
            ("upload", "A File"),
            ("reference", "A Reference to Another System"),
            ("office", "The Word of Another Office"),
            ("original", "The Original Is Seen"),
        ],
        string="Satisfied by",
        required=True,
        default="upload",
    )
    is_required = fields.Boolean(
        string="Required", default=True, help="Otherwise it is only offered."
    )
    # who needs it; empty: everybody
    degree_level_ids = fields.Many2many(
        "sajad.degree.level",
        "sajad_requirement_degree_rel",
        "requirement_id",
        "value_id",
        string="Degree Levels",
    )
    admission_kind_ids = fields.Many2many(
        "sajad.admission.kind",
        "sajad_requirement_kind_rel",
        "requirement_id",
        "value_id",
        string="Kinds of Admission",
    )
    admission_quota_ids = fields.Many2many(
        "sajad.admission.quota",
        "sajad_requirement_quota_rel",
        "requirement_id",
        "value_id",
        string="Quotas",
    )
    entry_year_from = fields.Integer(string="Entry Year from", aggregator=None)
    entry_year_to = fields.Integer(string="Entry Year to", aggregator=None)
    nationality = fields.Selection(
        [("iranian", "Iranian Students"), ("international", "International Students")]
    )
    sex = fields.Selection([("male", "Male"), ("female", "Female")])
    marital_status = fields.Selection([("single", "Single"), ("married", "Married")])
    # when
    date_from = fields.Date(
        string="For Dossiers Opened from", help="Older dossiers keep their rules."
    )
    date_to = fields.Date(string="For Dossiers Opened until")
    why = fields.Char(string="Who Needs It", compute="_compute_why")

    _years_check = models.Constraint(
        "CHECK (entry_year_to = 0 OR entry_year_to IS NULL OR entry_year_from IS NULL "
        "OR entry_year_from <= entry_year_to)",
        "The last entry year comes before the first.",
    )
    _dates_check = models.Constraint(
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "The rule ends before it begins.",
    )

    @api.constrains("type_ids")
    def _check_types(self):
        for requirement in self:
            if not requirement.type_ids:
                raise ValidationError(
                    self.env._(
                        "Say which documents satisfy %(name)s.",
                        name=requirement.name,
                    )
                )

    @api.constrains("mode", "type_ids")
    def _check_somebody_sees(self):
        """Whose original is seen, somebody verifies."""
        for requirement in self.filtered(lambda r: r.mode == "original"):
            requirement.type_ids._check_original_seen()

    # ------------------------------------------------------------
    # IN WORDS
    # ------------------------------------------------------------

    @api.depends_context("lang")
    @api.depends(
        "degree_level_ids.name",
        "admission_kind_ids.name",
        "admission_quota_ids.name",
        "entry_year_from",
        "entry_year_to",
        "nationality",
        "sex",
        "marital_status",
    )
    def _compute_why(self):
        for requirement in self:
            parts = requirement._get_reasons()
            requirement.why = (
                format_list(self.env, parts) if parts else self.env._("Everybody")
            )

    def _get_reasons(self):
        """Return whom the rule means, a few words for each condition."""
        self.ensure_one()
        reasons = [
            format_list(self.env, self[name].mapped("name"), "or")
            for name in LISTS
            if self[name]
        ]
        if years := self._get_years_text():
            reasons.append(years)
        for name in ("nationality", "sex", "marital_status"):
            if self[name]:
                labels = dict(self._fields[name]._description_selection(self.env))
                reasons.append(labels[self[name]])
        return reasons

    def _get_years_text(self):
        first, last = self.entry_year_from, self.entry_year_to
        if first and first == last:
            return self.env._("entry %(year)s", year=first)
        if first and last:
            return self.env._("entry %(first)s to %(last)s", first=first, last=last)
        if first:
            return self.env._("entry %(year)s and later", year=first)
        if last:
            return self.env._("entry until %(year)s", year=last)
        return ""

    # ------------------------------------------------------------
    # IN SQL
    # ------------------------------------------------------------

    @api.model
    def _get_applies_sql(self):
        """Return the condition by which requirement `r` means student `s`.

        `d` is the dossier, whose day of opening decides which rules it follows.
        """
        lists = [
            SQL(
                "(NOT EXISTS (SELECT FROM %(table)s l WHERE l.requirement_id = r.id)"
                " OR EXISTS (SELECT FROM %(table)s l WHERE l.requirement_id = r.id"
                " AND l.value_id = %(column)s))",
                table=SQL.identifier(table),
                column=SQL.identifier("s", column),
            )
            for column, table in LISTS.values()
        ]
        return SQL(
            """r.active
            AND (r.date_from IS NULL OR r.date_from <= d.date_open)
            AND (r.date_to IS NULL OR r.date_to >= d.date_open)
            AND COALESCE(s.entry_year, 0) >= COALESCE(r.entry_year_from, 0)
            AND (COALESCE(r.entry_year_to, 0) = 0 OR s.entry_year <= r.entry_year_to)
            AND (r.nationality IS NULL OR COALESCE(s.is_international, false)
                                          = (r.nationality = 'international'))
            AND (r.sex IS NULL OR r.sex = s.sex)
            AND (r.marital_status IS NULL OR r.marital_status = s.marital_status)
            AND %s""",
            SQL(" AND ").join(lists),
        )
