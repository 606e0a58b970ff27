from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sajad_base.tools.clock import get_country_today
from odoo.addons.sajad_jalali.tools import jalali

from ..sajad_dossier import END_KINDS

# a document of an ended study, the rule that fits it best, and no stay
DUE = """
SELECT f.id, rule.id, d.date_end
  FROM sajad_dossier_document f
  JOIN sajad_dossier d ON d.id = f.dossier_id
  JOIN LATERAL (
    SELECT r.id, r.years FROM sajad_dossier_retention r
     WHERE r.active AND COALESCE(r.type_id, f.type_id) = f.type_id
       AND COALESCE(r.end_kind, d.end_kind) = d.end_kind
     ORDER BY r.type_id IS NULL, r.end_kind IS NULL, r.id LIMIT 1
  ) rule ON rule.years > 0
  JOIN (VALUES %(limits)s) past (years, day) ON past.years = rule.years
 WHERE d.university_id = %(university)s AND d.date_end <= past.day::date
   AND f.version_id IS NOT NULL AND f.date_destroyed IS NULL
   AND NOT EXISTS (
       SELECT FROM sajad_dossier_stay s
        WHERE s.dossier_id = d.id AND s.date_released IS NULL)
   AND %(more)s
 ORDER BY f.id LIMIT %(limit)s
"""


class SajadDossierRetention(models.Model):
    """How long papers are kept after a study has ended (row C2).

    The rule that names the type of paper comes before one for all types, and one that
    names how the study ended before one for all ends. What no rule fits is kept.
    """

    _name = "sajad.dossier.retention"
    _description = "Retention of Documents"
    _order = "type_id, end_kind, id"
    _rec_name = "basis"

    type_id = fields.Many2one(
        "sajad.document.type",
        string="Papers",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: all types that have no rule of their own.",
    )
    end_kind = fields.Selection(
        END_KINDS,
        string="How the Study Ended",
        help="Empty: however it ended.",
    )
    years = fields.Integer(
        string="Kept for (Years)",
        aggregator=None,
        help="Years of the Persian calendar after the end of the study. 0: for ever.",
    )
    basis = fields.Char(
        string="Based on",
        required=True,
        translate=True,
        help="The regulation that says so; the list of destruction prints it.",
    )
    active = fields.Boolean(default=True)

    _years_check = models.Constraint(
        "CHECK (years BETWEEN 0 AND 200)", "Papers are kept for 0 to 200 years."
    )
    _fit_uniq = models.UniqueIndex(
        "(COALESCE(type_id, 0), COALESCE(end_kind, '')) WHERE active",
        "There is a rule for these papers already.",
    )

    @api.model
    def _find_due(self, university, limit, documents=None):
        """Find documents whose time is over and that nothing keeps back.

        :param documents: only these, or None for those of the whole university
        :return: {document id: (rule id, the day from which on it may go)}
        """
        self.env.flush_all()
        years = sorted({rule.years for rule in self.search([("years", ">", 0)])})
        if not years:
            return {}
        today = get_country_today()
        limits = [(count, jalali.add_years(today, -count)) for count in years]
        some = documents is not None
        query = SQL(
            DUE,
            limits=SQL(", ").join(SQL("%s", row) for row in limits),
            university=university.id,
            more=SQL("f.id IN %s", tuple(documents.ids) or (0,)) if some else _FREE,
            limit=limit,
        )
        rules = {rule.id: rule.years for rule in self.search([])}
        return {
            document: (rule, jalali.add_years(end, rules[rule]))
            for document, rule, end in self.env.execute_query(query)
        }


# what another list holds already is not put into two
_FREE = SQL(
    """NOT EXISTS (
       SELECT FROM sajad_dossier_destruction_line l
         JOIN sajad_dossier_destruction o ON o.id = l.destruction_id
        WHERE l.document_id = f.id AND o.state IN ('draft', 'proposed', 'running'))"""
)
