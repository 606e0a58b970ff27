from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.sajad_base.tools import paper_code

from ..tools.certificate_snapshot import CertificateSnapshots, draw_numbers
from ..tools.event_chain import get_fingerprints

# All that ever changes on a certificate. What it says is frozen with its issue.
CHANGING_FIELDS = {
    "state",
    "revoked_by_id",
    "date_revoked",
    "revoke_reason",
}


class SajadClearanceCertificate(models.Model):
    """What a university certifies when every office has cleared a student (row B8).

    The engine issues it with the last decision and revokes it when that decision is
    taken back; both papers are kept, each with its own number.
    """

    _name = "sajad.clearance.certificate"
    _description = "Clearance Certificate"
    _inherit = ["sajad.client.guard", "sajad.search.key.mixin"]
    _order = "date desc, id desc"
    _rec_names_search = ("name", "student_name", "student_number")
    _spelling = {"name": "number", "student_name": "text", "student_number": "number"}
    _search_key_fields = ("name", "student_name", "student_number")

    name = fields.Char(string="Number", required=True, readonly=True)
    year = fields.Integer(
        required=True, readonly=True, aggregator=None, help="Jalali year."
    )
    sequence = fields.Integer(
        string="Number in the Year",
        required=True,
        readonly=True,
        aggregator=None,
        help="Without gaps for each university and year.",
    )
    date = fields.Datetime(string="Issued on", required=True, readonly=True)
    request_id = fields.Many2one(
        "sajad.request", required=True, readonly=True, index=True, ondelete="restrict"
    )
    student_id = fields.Many2one(
        "sajad.student", required=True, readonly=True, index=True, ondelete="restrict"
    )
    student_name = fields.Char(required=True, readonly=True)
    student_number = fields.Char(required=True, readonly=True)
    university_id = fields.Many2one(
        "sajad.university", required=True, readonly=True, ondelete="restrict"
    )
    faculty_id = fields.Many2one(
        "sajad.faculty", required=True, readonly=True, ondelete="restrict"
    )
    clearance_reason = fields.Selection(
        lambda self: self.env["sajad.request"]._get_clearance_reasons(),
        string="Reason for Clearance",
        readonly=True,
    )
    # one row, in the insert itself: certificates are made in hundreds
    search_key = fields.Char(compute="_compute_search_key", store=True, precompute=True)
    snapshot = fields.Json(
        required=True,
        readonly=True,
        help="The student, the university and the signatures as they were at issue.",
    )
    event_hash = fields.Char(
        string="Fingerprint of the History", required=True, readonly=True
    )
    last_event_id = fields.Integer(
        readonly=True,
        aggregator=None,
        help="The fingerprint covers the history up to here.",
    )
    is_chain_intact = fields.Boolean(
        string="History Unchanged",
        compute="_compute_is_chain_intact",
        help="Whether the history still gives the fingerprint of the day of issue.",
    )
    # public verification
    token = fields.Char(required=True, readonly=True, copy=False)
    token_digest = fields.Char(required=True, readonly=True, copy=False)
    code = fields.Char(string="Verification Code", required=True, readonly=True)
    verification_count = fields.Integer(
        string="Verifications", compute="_compute_verification_count"
    )
    # revocation
    state = fields.Selection(
        [("valid", "Valid"), ("revoked", "Revoked")],
        string="Status",
        required=True,
        readonly=True,
        default="valid",
    )
    revoked_by_id = fields.Many2one("res.users", string="Revoked by", readonly=True)
    date_revoked = fields.Datetime(string="Revoked on", readonly=True)
    revoke_reason = fields.Text(string="Reason for Revocation", readonly=True)
    can_revoke = fields.Boolean(compute="_compute_can_revoke")

    _number_uniq = models.Constraint(
        "unique(university_id, year, sequence)", "This certificate number is in use."
    )
    _token_uniq = models.UniqueIndex("(token_digest)", "This token is in use.")
    _valid_uniq = models.UniqueIndex(
        "(request_id) WHERE state = 'valid'",
        "The request has a valid certificate already.",
    )
    _name_idx = models.Index("(name)")
    _university_idx = models.Index("(university_id, date DESC)")

    # ------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------

    @api.depends("name", "student_name")
    def _compute_display_name(self):
        for certificate in self:
            certificate.display_name = (
                f"{certificate.name} - {certificate.student_name}"
            )

    def _compute_verification_count(self):
        groups = (
            self.env["sajad.clearance.verification"]
            # how often is no secret to whoever reads the certificate
            .sudo()
            ._read_group(
                [("certificate_id", "in", self.ids)], ["certificate_id"], ["__count"]
            )
        )
        counts = {certificate.id: count for certificate, count in groups}
        for certificate in self:
            certificate.verification_count = counts.get(certificate.id, 0)

    def _compute_is_chain_intact(self):
        # history may be hidden from the reader, whether it is intact is not
        env = self.sudo().env
        last_event_id = max(self.mapped("last_event_id"), default=0)
        chains = get_fingerprints(env, self.request_id.ids, last_event_id)
        for certificate in self:
            link = (certificate.last_event_id, certificate.event_hash)
            known = chains.get(certificate.request_id.id, ())
            certificate.is_chain_intact = link in known

    @api.depends_context("uid")
    @api.depends("state", "university_id")
    def _compute_can_revoke(self):
        for certificate in self:
            certificate.can_revoke = (
                certificate.state == "valid" and certificate._may_revoke()
            )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def _get_client_refusal(self):
        return self.env._("Certificates are issued by the engine alone.")

    def write(self, vals):
        """Let the engine revoke; nothing else that a certificate says ever changes.

        :raise AccessError: called by a client, or with another field
        """
        if set(vals) - CHANGING_FIELDS:
            raise AccessError(self.env._("A certificate never changes."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("A certificate is revoked, never deleted."))

    # ------------------------------------------------------------
    # ISSUE
    # ------------------------------------------------------------

    @api.model
    def _issue(self, requests):
        """Certify finished clearances; those with a valid certificate keep it.

        Called by the engine with elevated rights. The number of queries does not
        depend on how many there are.
        """
        requests -= self.env["sajad.request"].union(*self._get_valid(requests))
        if not requests:
            return self.browse()
        now = fields.Datetime.now()
        chains = get_fingerprints(self.env, requests.ids)
        snapshots = CertificateSnapshots(requests)
        vals_list = []
        for request, number in draw_numbers(requests, now).items():
            last_event_id, digest = chains[request.id][-1]
            vals = self._prepare_certificate(request, snapshots.get(request))
            vals.update(date=now, event_hash=digest, last_event_id=last_event_id)
            vals_list.append({**vals, **number})
        return self.create(vals_list)

    def _prepare_certificate(self, request, snapshot):
        """Hook: what a certificate says, apart from its number."""
        student = request.student_id
        token = paper_code.make_token()
        return {
            "request_id": request.id,
            "student_id": student.id,
            "student_name": student.name,
            "student_number": student.student_number,
            "university_id": request.university_id.id,
            "faculty_id": request.faculty_id.id,
            "clearance_reason": request.clearance_reason,
            "token": token,
            "token_digest": paper_code.digest(token),
            "code": paper_code.make_code(),
            "snapshot": snapshot,
        }

    def _get_verify_url(self):
        self.ensure_one()
        return f"{self.get_base_url()}/clearance/verify/{self.token}"

    @api.model
    def _get_valid(self, requests):
        """Return {request: its valid certificate}."""
        domain = Domain("request_id", "in", requests.ids) & Domain(
            "state", "=", "valid"
        )
        return self.search(domain).grouped("request_id")

    # ------------------------------------------------------------
    # REVOCATION
    # ------------------------------------------------------------

    def _may_revoke(self):
        """Whether the user answers for certificates of this university.

        Its liaisons and the administrator; offices take back their decision, which
        revokes by itself.
        """
        self.ensure_one()
        user = self.env.user
        if self.env.su or user.has_group("sajad_base.group_sajad_admin"):
            return True
        # liaisons of the own university only
        return user in self.university_id.sudo().liaison_ids

    def _revoke(self, reason):
        """Revoke what is valid. The caller has checked who may.

        :return: the certificates that were valid
        """
        valid = self.filtered(lambda certificate: certificate.state == "valid")
        if valid:
            # certificates change by revocation alone, and it tells the student
            valid_sudo = valid.sudo()
            valid_sudo.write(
                {
                    "state": "revoked",
                    "revoked_by_id": self.env.uid,
                    "date_revoked": fields.Datetime.now(),
                    "revoke_reason": reason,
                }
            )
            self.env["sajad.notice"]._queue_many(
                [
                    {
                        "request_id": certificate.request_id.id,
                        "partner_id": certificate.student_id.partner_id.id,
                        "kind": "certificate_revoked",
                    }
                    for certificate in valid_sudo
                ]
            )
        return valid

    def action_revoke(self):
        """Open the dialog that asks for the reason. Row B8"""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Revoke"),
            "res_model": "sajad.clearance.revoke",
            "view_mode": "form",
            "target": "new",
            "context": {"default_certificate_ids": self.ids},
        }
