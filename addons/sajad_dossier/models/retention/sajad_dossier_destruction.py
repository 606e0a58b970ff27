from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

MAX_LINES = 5000
# more are destroyed in the background
FEW = 100


class SajadDossierDestruction(models.Model):
    """A list of papers whose time is over, for two people to agree on (row C2).

    One person of the university's office of dossiers proposes it, another one approves
    it; then the files go, and of each document its name, number, dates and checksums
    stay. The list is the certificate.
    """

    _name = "sajad.dossier.destruction"
    _description = "List of Destruction"
    _inherit = ["sajad.client.guard"]
    _client_create_fields = frozenset({"university_id", "note"})
    _client_fields = frozenset({"note"})
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    university_id = fields.Many2one(
        "sajad.university",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._get_own_universities()[:1],
        domain="[('id', 'in', own_university_ids)]",
    )
    own_university_ids = fields.Many2many(
        "sajad.university", compute="_compute_own_university_ids"
    )
    note = fields.Text(help="Printed on the list.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("proposed", "Waits for Approval"),
            ("running", "Being Destroyed"),
            ("done", "Destroyed"),
            ("refused", "Refused"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        index=True,
    )
    proposed_by_id = fields.Many2one("res.users", string="Proposed by", readonly=True)
    date_proposed = fields.Datetime(string="Proposed on", readonly=True)
    approved_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    date_approved = fields.Datetime(string="Decided on", readonly=True)
    refuse_reason = fields.Text(string="Why It Was Refused", readonly=True)
    line_ids = fields.One2many(
        "sajad.dossier.destruction.line", "destruction_id", string="Papers"
    )
    line_count = fields.Integer(compute="_compute_counts", string="Number of Papers")
    destroyed_count = fields.Integer(compute="_compute_counts", string="Gone")
    kept_count = fields.Integer(compute="_compute_counts", string="Kept After All")

    def _compute_name(self):
        for record in self:
            record.name = self.env._("List %(number)s", number=record.id or "")

    @api.depends_context("uid")
    def _compute_own_university_ids(self):
        self.own_university_ids = self._get_own_universities()

    @api.depends("line_ids.outcome")
    def _compute_counts(self):
        Line = self.env["sajad.dossier.destruction.line"]
        groups = Line._read_group(
            [("destruction_id", "in", self.ids)],
            ["destruction_id", "outcome"],
            ["__count"],
        )
        counts = {(record, outcome): count for record, outcome, count in groups}
        for record in self:
            of_record = [
                counts.get((record, o), 0) for o in ("waiting", "gone", "kept")
            ]
            record.line_count = sum(of_record)
            record.destroyed_count, record.kept_count = of_record[1:]

    @api.model_create_multi
    def create(self, vals_list):
        """Begin lists with what is due.

        :raise AccessError: the user is not in the university's office of dossiers
        """
        records = super().create(vals_list)
        if not self.env.su:
            records._check_office()
        records._fill()
        return records

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("A list is refused, never deleted."))

    def _check_client_write(self, vals):
        self._check_office()
        self._check_state("draft")

    # ------------------------------------------------------------
    # WHO MAY
    # ------------------------------------------------------------

    @api.model
    def _get_office_domain(self):
        """Return the domain of cartables of universities' offices of dossiers."""
        return Domain("role_id.keeps_dossiers", "=", True) & Domain(
            "role_id.level", "=", "university"
        )

    @api.model
    def _get_own_universities(self):
        # which cartables the user works in is no secret
        Cartable_sudo = self.env["sajad.cartable"].sudo()
        found = Cartable_sudo.search(self._get_office_domain()).filtered("is_mine")
        return found.university_id.sudo(False)

    def _check_office(self):
        """Refuse who is not in the office of dossiers of these universities.

        :raise AccessError: also for supervisors and auditors, who look
        """
        self.check_access("read")
        # the university of a list that may be read
        if self.sudo().university_id - self._get_own_universities().sudo():
            raise AccessError(
                self.env._("Only the university's office of dossiers destroys papers.")
            )

    def _check_state(self, state):
        """Refuse lists that are further, or not so far: a click that came late."""
        # the state of a list that may be read
        if any(record.state != state for record in self.sudo()):
            raise UserError(self.env._("This list is no longer where you saw it."))

    # ------------------------------------------------------------
    # STEPS
    # ------------------------------------------------------------

    def action_fill(self):
        """Put what has become due since into the list (row C2).

        :raise AccessError: another office's
        :raise UserError: the list is proposed already
        """
        self._check_office()
        self._check_state("draft")
        self._fill()

    def _fill(self):
        Retention = self.env["sajad.dossier.retention"]
        for record in self:
            room = MAX_LINES - record.line_count
            due = Retention._find_due(record.university_id, room) if room else {}
            # lines are the system's own; who may was asked by the caller
            record.sudo().line_ids._add(record, due)

    def action_propose(self):
        """Ask a second person of the office to approve the list (row C2).

        :raise AccessError: another office's
        :raise UserError: the list is empty, or proposed already
        """
        self._check_office()
        self._check_state("draft")
        if not all(record.line_count - record.kept_count for record in self):
            raise UserError(self.env._("There is nothing on the list."))
        now = fields.Datetime.now()
        # who may and when was asked
        self.sudo().write(
            {"state": "proposed", "proposed_by_id": self.env.uid, "date_proposed": now}
        )
        self._tell_office()

    def _tell_office(self):
        Member_sudo = self.env["sajad.cartable.member"].sudo()  # who is in the office
        # which cartables are the office's is no secret
        office = self.env["sajad.cartable"].sudo()._search(self._get_office_domain())
        for record in self:
            members = Member_sudo.search(
                Domain("cartable_id", "in", office)
                & Domain("cartable_id.university_id", "=", record.university_id.id)
                & Domain("user_id", "!=", self.env.uid)
                & Member_sudo._get_decider_domain()
            )
            self.env["sajad.notice"]._queue(
                "destruction",
                members.user_id.partner_id,
                path=f"/odoo/sajad-destruction/{record.id}",
            )

    def action_refuse(self, reason):
        """Keep all papers of the list, for a reason that stays with it (row C2).

        :raise AccessError: another office's
        :raise UserError: no reason, or not proposed
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why it is refused."))
        self._check_office()
        self._check_state("proposed")
        self._decide("refused", refuse_reason=reason)

    def action_approve(self):
        """Destroy the files of the list, as the second person (row C2).

        What was put under a stay meanwhile, or got another rule, is kept.

        :raise AccessError: another office's, or the user proposed the list
        :raise UserError: not proposed
        """
        self.ensure_one()
        self._check_office()
        # two who approve at once: the second one finds it done
        self.sudo().lock_for_update()
        self._check_state("proposed")
        self._check_second_person()
        self._decide("running")
        return self._destroy_waiting()

    def action_go_on(self):
        """Destroy what is left of an approved list whose work was cut off (row C2).

        :raise AccessError: another office's, or the user proposed the list
        :raise UserError: not approved, or through
        """
        self.ensure_one()
        self._check_office()
        self._check_state("running")
        self._check_second_person()
        return self._destroy_waiting()

    def _check_second_person(self):
        # of a list that the user may read
        if self.env.user in self.sudo().proposed_by_id | self.sudo().create_uid:
            raise AccessError(
                self.env._("You proposed this list; somebody else approves it.")
            )

    def _destroy_waiting(self):
        """Destroy what is left, of a long list in the background."""
        waiting = self.line_ids.filtered(lambda line: line.outcome == "waiting")
        if len(waiting) > FEW:
            Batch = self.env["sajad.batch"]
            name = self.env._("Destroy Papers")
            return Batch._start(name, waiting, "_batch_destroy")
        waiting._batch_destroy()
        return None

    def _decide(self, state, **vals):
        # who may and when was asked
        self.sudo().write(
            {
                "state": state,
                "approved_by_id": self.env.uid,
                "date_approved": fields.Datetime.now(),
                **vals,
            }
        )

    def _finish(self):
        """End lists of which nothing waits any more; for the job that destroys."""
        Line = self.env["sajad.dossier.destruction.line"]
        open_lines = Line.search(
            [("destruction_id", "in", self.ids), ("outcome", "=", "waiting")]
        )
        # the system says when it is through
        (self - open_lines.destruction_id).sudo().write({"state": "done"})
