from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.i18n import format_list

# students that are named when a file lies in many dossiers
TWINS = 5


class SajadDossierDocument(models.Model):
    """A document beside the data of its student, one after the other (rows C5, C10)."""

    _inherit = "sajad.dossier.document"

    student_number = fields.Char(related="dossier_id.student_number")
    national_id = fields.Char(related="student_id.national_id")
    father_name = fields.Char(related="student_id.father_name")
    birth_date = fields.Date(related="student_id.birth_date")
    entry_year = fields.Integer(related="dossier_id.entry_year", aggregator=None)
    degree_level_id = fields.Many2one(related="dossier_id.degree_level_id")
    checklist_ids = fields.One2many(related="dossier_id.item_ids", string="Checklist")
    previews = fields.Json(compute="_compute_previews")
    can_verify = fields.Boolean(compute="_compute_can_verify")
    twin_note = fields.Char(string="Same File", compute="_compute_twin_note")
    # the paper itself, beside the picture of it
    original_by_id = fields.Many2one(
        "res.users", string="Original Seen by", readonly=True
    )
    original_date = fields.Datetime(string="Original Seen on", readonly=True)
    original_place = fields.Char(string="Original Seen at", readonly=True)
    original_missing = fields.Boolean(
        string="Original Not Seen", compute="_compute_original_missing"
    )

    # ------------------------------------------------------------
    # READ
    # ------------------------------------------------------------

    @api.readonly
    def web_read(self, specification):
        """Read a form, with what lies beside the document by one question a table.

        :raise AccessError: the user may not read the document
        """
        if "checklist_ids" in specification:
            self._read_beside()
        return super().web_read(specification)

    def _read_beside(self):
        """Have in memory what a form shows of these documents and beside them.

        Odoo would work out the rights on each table, and read the entry of the
        checklist that a document satisfies before the others.
        """
        # who may read the document is asked next, of what is in memory then
        documents_sudo = self.sudo().search_fetch([("id", "in", self.ids)])
        documents_sudo.with_env(self.env).check_access("read")
        # versions, checks and the checklist are read by whoever reads the document
        documents_sudo.version_ids.mapped("number")
        documents_sudo.check_ids.mapped("tier")
        documents_sudo.dossier_id.item_ids.mapped("requirement_id.mode")

    @api.depends("page_ids")
    def _compute_previews(self):
        """Say what the browser shows: [{url, is_pdf, name}], a file for each page."""
        for document in self:
            document.previews = [
                {
                    "url": version._get_url(),
                    "is_pdf": version._get_shown_type() == "application/pdf",
                    "name": version.file_name,
                }
                for version in document.page_ids
            ]

    @api.depends_context("uid")
    @api.depends("page_ids")
    def _compute_twin_note(self):
        for document in self:
            numbers = document._find_twin_numbers()
            document.twin_note = bool(numbers) and self.env._(
                "The same file lies in another dossier, too: %(numbers)s",
                numbers=format_list(self.env, numbers),
            )

    def _find_twin_numbers(self):
        """Return the numbers of other students whose dossier has a file of this one.

        For the university's office alone, and of the dossiers that it sees: a faculty
        would learn of a person of another one.
        """
        Version = self.env["sajad.dossier.version"]
        same = [("sha256", "in", self.page_ids.mapped("sha256"))]
        # whether there is any at all is an index's to say; whose, is asked below
        if not Version.sudo().search_count(
            [*same, ("document_id", "not in", self.ids)], limit=1
        ):
            return []
        levels = self.dossier_id._get_own_levels().values()
        if not any("university" in own for own in levels):
            return []
        domain = [
            *same,
            ("document_id.dossier_id", "!=", self.dossier_id.id),
            ("document_id.date_deleted", "=", False),
        ]
        found = Version.search(domain, limit=TWINS)
        return sorted(set(found.document_id.dossier_id.mapped("student_number")))

    @api.depends_context("uid")
    @api.depends("state", "date_deleted")
    def _compute_can_verify(self):
        allowed = self._filter_decidable()
        for document in self:
            document.can_verify = document in allowed

    def _filter_decidable(self):
        """Return the documents on which the user can decide now."""
        own = self.dossier_id._get_own_levels()
        # of which faculty it is, is no secret of who reads it
        keepers = self.filtered(lambda d: own.get(d.sudo().faculty_id))
        if not keepers:
            return keepers
        work = keepers._get_open_work()
        # for the user; what it depends on is read with elevated rights
        return keepers.sudo().filtered(
            lambda d: not d._get_decision_problem(own[d.faculty_id], work)
        )

    @api.depends("item_id.mode", "original_date")
    def _compute_original_missing(self):
        for document in self:
            document.original_missing = (
                document.item_id.mode == "original" and not document.original_date
            )

    def _get_paper_problem(self):
        """Return the error why it is not verified without its paper, or None.

        It may still be rejected: a paper that nobody brings, or a false one.
        """
        self.ensure_one()
        if not self.original_missing:
            return None
        return UserError(
            self.env._(
                "%(name)s: have the original shown to you first, and press "
                "Original Seen.",
                name=self.name,
            )
        )

    def action_verify_next(self):
        """Verify a document and open the next one of the request (row C5).

        :raise UserError: with the reason, when it was not verified
        """
        self.ensure_one()
        self.action_verify()
        return self._open_next()

    def action_see_original(self):
        """Note that the original of documents was seen: who, when and where (row C5).

        Who saw it first stays, until a newer file is brought.

        :raise AccessError: the user is not in charge of the dossier
        """
        self.dossier_id._check_keeper()
        for document in self:
            if document.date_deleted:
                raise UserError(self.env._("%(name)s is deleted.", name=document.name))
            if document._is_original_seen():
                continue
            # who may was asked; which office it was is no secret
            cartables_sudo = document.faculty_id.sudo().dossier_cartable_ids
            office = cartables_sudo.filtered("is_mine")[:1]
            # clients do not write what was seen
            document.sudo().write(
                {
                    "original_by_id": self.env.uid,
                    "original_date": fields.Datetime.now(),
                    "original_place": office.visit_place or office.display_name,
                }
            )

    def _is_original_seen(self):
        """Whether the original was seen since the newest file came."""
        seen, file = self.original_date, self.version_id.create_date
        return bool(seen) and (not file or seen >= file.replace(microsecond=0))

    # ------------------------------------------------------------
    # ONE AFTER THE OTHER
    # ------------------------------------------------------------

    def _open_side_by_side(self):
        """Return the action that opens the first, with all in the pager."""
        return {
            "type": "ir.actions.client",
            "tag": "sajad_dossier.side_by_side",
            "params": {"resIds": self.ids, "name": self.env._("Verify Documents")},
        }

    def _open_next(self):
        """Return the action that opens the next document, or goes back to the work."""
        following = self._get_next_document()
        return {
            "type": "ir.actions.client",
            "tag": "sajad_dossier.next_document",
            "params": {"resId": following.id},
        }

    def _get_next_document(self):
        """Return the next document of the phase on which the user can decide."""
        waiting = self.search(
            [
                ("dossier_id", "in", self.dossier_id.ids),
                ("phase", "in", self.mapped("phase")),
                ("state", "in", ("submitted", "checked")),
                ("date_deleted", "=", False),
            ]
        )
        return waiting._filter_decidable().sorted("id")[:1]
