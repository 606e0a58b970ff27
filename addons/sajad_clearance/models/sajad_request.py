from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SajadRequest(models.Model):
    """A clearance: its reason, on which conditions offices passed it, and its
    certificates (rows B5, B7, B8)."""

    _inherit = "sajad.request"

    # A prefetch group of their own: lists of other processes do not read them.
    clearance_reason = fields.Selection(
        [
            ("graduation", "Graduation"),
            ("withdrawal", "Withdrawal"),
            ("expulsion", "Expulsion"),
            ("non_registration", "Non-registration (deemed withdrawn)"),
            ("transfer", "Transfer"),
            ("previous_documents", "To receive previous-degree documents"),
        ],
        string="Reason for Clearance",
        readonly=True,
        prefetch="clearance",
    )
    card_delivered = fields.Boolean(
        string="Student Card Delivered",
        readonly=True,
        prefetch="clearance",
        help="What the student says; the office records what it received.",
    )

    cohort_id = fields.Many2one(
        "sajad.cohort",
        string="Graduating Class",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        prefetch="clearance",
    )
    certificate_ids = fields.One2many(
        "sajad.clearance.certificate", "request_id", string="Certificates"
    )
    conditional_count = fields.Integer(
        compute="_compute_conditional_count",
        help="How many debts in instalments or guarantees it is cleared on.",
    )

    @api.model
    def _get_clearance_reasons(self):
        """Return the reasons with their names in the language of the user."""
        return self._fields["clearance_reason"]._description_selection(self.env)

    @api.model
    def _get_portal_fields(self):
        return super()._get_portal_fields() | {
            "clearance_reason",
            "card_delivered",
            "declared",
            "record_problem",
        }

    # ------------------------------------------------------------
    # CONDITIONS
    # ------------------------------------------------------------

    def _get_conditional_holds(self):
        """Return what the requests are cleared on condition of: holds of their offices
        that are guaranteed, or in instalments that still run.

        Set-based, with elevated rights: callers check access to the requests.

        :return: {request: holds}
        :rtype: dict
        """
        # holds are the offices'; that a clearance is conditional is its own matter
        requests = self.sudo()
        holds = (
            self.env["sajad.hold"]
            # as above
            .sudo()
            .search(
                Domain("student_id", "in", requests.student_id.ids)
                & Domain("state", "in", ("guaranteed", "planned"))
            )
        )
        by_student = holds.grouped("student_id")
        found = {}
        for request in requests:
            own = by_student.get(request.student_id, holds.browse())
            # its offices are read where there is something to ask them for
            offices = own and request.current_task_ids.cartable_id.office_id
            found[request.with_env(self.env)] = own.filtered(
                lambda hold, offices=offices: hold.office_id in offices
            )
        return found

    def _compute_conditional_count(self):
        holds = self._get_conditional_holds()
        for request in self:
            request.conditional_count = len(holds[request])

    def _get_portal_timeline(self):
        """Tell the student what each office passed on condition of."""
        entries = super()._get_portal_timeline()
        conditional = self._get_conditional_holds()[self]
        # read with elevated rights, as the steps are: one office's own holds
        tasks = self._get_portal_tasks()
        for entry in reversed(entries):
            own = conditional.browse()
            if conditional and entry["state"] == "done":
                office = tasks.browse(entry["id"]).cartable_id.office_id
                own = conditional.filtered(
                    lambda hold, own=office: hold.office_id == own
                )
                # an office with two rounds says it once, where it passed last
                conditional -= own
            entry["conditions"] = [
                hold._get_condition(hold._get_portal_title()) for hold in own
            ]
        return entries

    def _get_duties(self):
        """Name the card to hand in, and what its offices hold (row B7)."""
        duties = super()._get_duties()
        # what a service is about is no secret, yet students have no access to it
        if self.process_id.sudo().matter != "clearance":
            return duties
        tasks = self._get_portal_tasks()
        return [
            *duties,
            *tasks._get_card_duties(),
            # a hold of an office that is not asked here keeps nothing back
            *self.env["sajad.hold"]._get_duties(
                self.student_id, tasks.stage_id.role_id
            ),
        ]

    # ------------------------------------------------------------
    # CERTIFICATES
    # ------------------------------------------------------------

    def write(self, vals):
        """Revoke the certificates of requests that are open again."""
        reopened = self.browse()
        if vals.get("state", "done") != "done":
            reopened = self.filtered(lambda request: request.state == "done")
        result = super().write(vals)
        if reopened:
            # whoever reopens a request was checked by the engine
            reopened.sudo().certificate_ids._revoke(
                self.env._("The clearance was opened again.")
            )
        return result

    def _get_valid_certificates(self):
        """Return the valid certificates of requests that the user may read."""
        self.check_access("read")
        found = self.env["sajad.clearance.certificate"]._get_valid(self)
        return self.env["sajad.clearance.certificate"].union(*found.values())

    def action_print_certificates(self):
        """Print the valid certificates of the requests. Row B8

        :raise UserError: none of them has one
        """
        certificates = self._get_valid_certificates()
        if not certificates:
            raise UserError(
                self.env._(
                    "There is no valid certificate: it is issued when the last office "
                    "has cleared the student."
                )
            )
        return certificates.action_print()

    def action_open_certificates(self):
        """Open the certificates of the requests, revoked ones too."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_clearance.sajad_clearance_certificate_action"
        )
        action["domain"] = [("request_id", "in", self.ids)]
        action["context"] = {}
        return action
