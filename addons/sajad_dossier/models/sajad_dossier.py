from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.sajad_base.tools.clock import get_country_today

END_KINDS = [
    ("graduated", "Graduated"),
    ("withdrawn", "Withdrawn"),
    ("expelled", "Expelled"),
    ("transferred", "Transferred"),
    ("deceased", "Deceased"),
    ("other", "Other"),
]
# of which level the offices are in which somebody decides on dossiers of faculties
LEVELS = """
SELECT kept.sajad_faculty_id, array_agg(DISTINCT role.level)
  FROM (%s) decider
  JOIN sajad_dossier_faculty_cartable_rel kept
       ON kept.sajad_cartable_id = decider.cartable_id
  JOIN sajad_cartable cartable ON cartable.id = decider.cartable_id
  JOIN sajad_role role ON role.id = cartable.role_id
 WHERE decider.user_id = %s AND kept.sajad_faculty_id IN %s
 GROUP BY kept.sajad_faculty_id
"""


class SajadDossier(models.Model):
    """What a university keeps of one study of a person (row C1).

    A dossier is current while the study goes on, and inactive after it, however it
    ended: both are filled the same way. What it has to hold are its items; what it
    holds are its documents, in versions of which none is ever lost (row C2).
    """

    _name = "sajad.dossier"
    _description = "Dossier"
    _inherit = ["sajad.client.guard", "sajad.date.guard"]
    _client_create_fields = frozenset({"student_id"})
    # notes and stays ask for themselves who may add them
    _client_fields = frozenset(
        {"end_kind", "date_end", "box", "shelf", "note_ids", "stay_ids"}
    )
    _order = "university_id, student_number, id"
    _rec_name = "student_id"
    _rec_names_search = ("student_id",)

    student_id = fields.Many2one(
        "sajad.student", required=True, index=True, ondelete="restrict"
    )
    student_number = fields.Char(related="student_id.student_number", store=True)
    partner_id = fields.Many2one(
        related="student_id.partner_id", store=True, index=True, string="Person"
    )
    university_id = fields.Many2one(
        related="student_id.university_id", store=True, index=True
    )
    faculty_id = fields.Many2one(
        related="student_id.faculty_id", store=True, index=True
    )
    entry_year = fields.Integer(
        related="student_id.entry_year", store=True, aggregator=None
    )
    degree_level_id = fields.Many2one(related="student_id.degree_level_id", store=True)
    date_open = fields.Date(
        string="Opened on",
        required=True,
        default=lambda self: get_country_today(),
        help="The rules of this day say what the dossier has to hold.",
    )
    archive = fields.Selection(
        [("current", "Current"), ("inactive", "Inactive")],
        compute="_compute_archive",
        store=True,
        precompute=True,
    )
    end_kind = fields.Selection(END_KINDS, string="How the Study Ended")
    date_end = fields.Date(string="Ended on")
    box = fields.Char(help="Of the paper file.")
    shelf = fields.Char(help="Of the paper file.")
    # what it holds
    item_ids = fields.One2many("sajad.dossier.item", "dossier_id", string="Checklist")
    document_ids = fields.One2many(
        "sajad.dossier.document", "dossier_id", string="Documents"
    )
    note_ids = fields.One2many("sajad.dossier.note", "dossier_id", string="Notes")
    phase_ids = fields.One2many("sajad.dossier.phase", "dossier_id", string="Phases")
    access_ids = fields.One2many(
        "sajad.dossier.access", "dossier_id", string="Who Looked"
    )
    stay_ids = fields.One2many(
        "sajad.dossier.stay", "dossier_id", string="Stays of Destruction"
    )
    is_stayed = fields.Boolean(compute="_compute_is_stayed")
    # how complete it is, right after every change (row C9)
    required_count = fields.Integer(string="Required", readonly=True)
    present_count = fields.Integer(string="Present", readonly=True)
    verified_count = fields.Integer(string="Verified", readonly=True)
    missing_count = fields.Integer(string="Missing", readonly=True)
    percent = fields.Integer(
        string="Complete (%)", readonly=True, aggregator="avg", default=0
    )

    _student_uniq = models.Constraint(
        "unique(student_id)", "The student has a dossier already."
    )

    @api.depends("end_kind")
    def _compute_archive(self):
        for dossier in self:
            dossier.archive = "inactive" if dossier.end_kind else "current"

    @api.depends("stay_ids.date_released")
    def _compute_is_stayed(self):
        for dossier in self:
            dossier.is_stayed = any(not s.date_released for s in dossier.stay_ids)

    @api.depends("student_id.display_name")
    def _compute_display_name(self):
        for dossier in self:
            dossier.display_name = dossier.student_id.display_name

    @api.model_create_multi
    def create(self, vals_list):
        """Open dossiers; what they have to hold is known at once.

        :raise AccessError: the user is not in charge of the faculty's dossiers
        """
        dossiers = super().create(vals_list)
        if not self.env.su:
            dossiers._check_keeper()
        # checklists are the system's own
        dossiers.sudo()._apply_requirements()
        return dossiers

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A dossier is kept, whatever becomes of its study."))

    def _check_client_write(self, vals):
        self._check_keeper()

    def _get_client_refusal(self):
        return self.env._("This follows from the documents and the student.")

    # ------------------------------------------------------------
    # WHO MAY
    # ------------------------------------------------------------

    def _check_keeper(self):
        """Refuse who is not in charge of these dossiers today.

        Supervisors and auditors look; those who decide in a cartable that keeps the
        dossiers of the faculty add, verify and correct.

        :return: levels of the offices of the user: "faculty", "university"
        :rtype: set
        :raise AccessError: the user does not decide there
        """
        self.check_access("read")
        levels = self._get_own_levels()
        for faculty_sudo, own in levels.items():
            if not own:
                raise AccessError(
                    self.env._(
                        "You are not in charge of the dossiers of %(faculty)s.",
                        faculty=faculty_sudo.name,
                    )
                )
        return set.intersection(*levels.values()) if levels else set()

    def _is_keeper(self):
        """Whether the user is in charge of all of these dossiers today."""
        return all(self._get_own_levels().values())

    def _get_own_levels(self):
        """Return {faculty: {levels of offices in which the user decides}}.

        In one statement: it is asked for each document that somebody opens.
        """
        # which cartables keep the dossiers of a faculty is no secret
        faculties_sudo = self.sudo().faculty_id
        levels = {faculty_sudo: set() for faculty_sudo in faculties_sudo}
        if not levels:
            return levels
        faculties_sudo.flush_model(["dossier_cartable_ids"])
        faculties_sudo.env["sajad.cartable"].flush_model(["role_id"])
        faculties_sudo.env["sajad.role"].flush_model(["level"])
        deciders = self.env["sajad.cartable.member"]._get_decider_sql()
        query = SQL(LEVELS, deciders, self.env.uid, tuple(faculties_sudo.ids))
        for faculty_id, found in self.env.execute_query(query):
            levels[faculties_sudo.browse(faculty_id)].update(found)
        return levels

    def _change(self, records, vals):
        """Write what the user decided about records of these dossiers, and count.

        :raise AccessError: the user is not in charge of the dossiers
        """
        self._check_keeper()
        # who may was asked; what is decided of a dossier is the system's to write
        records.sudo().write(vals)
        # counts follow, whoever caused them
        self.sudo()._count_up()

    # ------------------------------------------------------------
    # HOOKS OF OTHERS
    # ------------------------------------------------------------

    def _get_missing_items(self, phase=None):
        """Return the required items that nothing verified satisfies (row C9).

        :param phase: of `PHASES`; None for all
        """
        return self.item_ids.filtered(
            lambda item: (
                item.is_required
                and not item._is_satisfied()
                and phase in (None, item.phase)
            )
        )

    def _is_complete(self, phase=None):
        """Whether nothing required is missing or unverified, in a phase or in all."""
        self.ensure_one()
        return not self._get_missing_items(phase)

    def action_open_student(self):
        """Open the record of the student."""
        self.ensure_one()
        return self.student_id.get_formview_action()
