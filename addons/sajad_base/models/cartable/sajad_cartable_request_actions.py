from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.clock import get_country_today

# beyond it decisions go on in the background
MANY = 100


class SajadCartableRequest(models.Model):
    """Submitting and deciding (row A4)."""

    _inherit = "sajad.cartable.request"

    # ------------------------------------------------------------
    # THE UNIVERSITY
    # ------------------------------------------------------------

    def action_submit(self):
        """Send to the Organization; of many show what became of each (row A4).

        :raise AccessError: the user may not edit them
        :raise UserError: the only request lacks something, or says something wrong
        """
        self.check_access("write")
        if len(self) > MANY:
            name = self.env._("Submit to the Organization")
            return self.env["sajad.batch"]._start(name, self, "_batch_submit")
        problems = self._batch_submit()
        return self._show_problems(problems) if problems else None

    def _batch_submit(self):
        """Send those that are right; return {request: sentence} of the others."""
        self.check_access("write")
        problems = {}
        for request in self:
            if request.state not in ("draft", "returned"):
                problems[request] = self.env._("The request was submitted already.")
            elif found := request._get_problems():
                problems[request] = "\n".join(found)
        # states are the model's own; the right to edit was checked
        (self - self.browse().union(*problems)).sudo().write(
            {
                "state": "submitted",
                "date_submit": fields.Datetime.now(),
                "requested_by_id": self.env.uid,
                "decision_reason": False,
            }
        )
        return problems

    def action_cancel(self):
        """Withdraw requests on which nobody has decided.

        :raise UserError: one was decided already
        """
        self.check_access("write")
        if any(
            request.state not in ("draft", "submitted", "returned") for request in self
        ):
            raise UserError(self.env._("The Organization has decided already."))
        # states are the model's own; the right to edit was checked
        self.sudo().state = "cancelled"

    # ------------------------------------------------------------
    # THE ORGANIZATION
    # ------------------------------------------------------------

    def action_approve(self):
        """Approve, one or many; of many show what became of each (row A4).

        :raise UserError: the only request cannot be approved
        """
        return self._decide_with_result("approved", "")

    def action_decide(self):
        """Open the dialog in which a reason is given."""
        self._check_organization()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decide on Cartable Requests"),
            "res_model": "sajad.cartable.request.decide",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_request_ids": [fields.Command.set(self.ids)],
                "default_decision": self.env.context.get(
                    "default_decision", "returned"
                ),
            },
        }

    def _check_organization(self):
        if not self.env.user.has_group("sajad_base.group_sajad_organization"):
            raise AccessError(
                self.env._("The Organization decides on cartable requests.")
            )

    def _decide_with_result(self, decision, reason):
        if len(self) > MANY:
            return self._start_decisions(decision, reason)
        problems = self._decide(decision, reason)
        if len(self) == 1 and not problems:
            return None
        return self._show_problems(problems, decision=decision, reason=reason)

    def _show_problems(self, problems, **values):
        """Raise the problem of the only request; of many, show what became of each.

        :param values: of the dialog that shows it
        """
        if len(self) == 1:
            raise UserError(problems[self])
        wizard = self.env["sajad.cartable.request.decide"].create(
            {**values, "request_ids": [fields.Command.set(self.ids)]}
        )
        return wizard._show_result(problems)

    def _decide(self, decision, reason):
        """Decide on each request by itself: one that fails does not hold the others.

        :param str decision: "approved", "returned" or "rejected"
        :return: {request: sentence} of those on which nothing was decided
        :raise AccessError: the user is not of the Organization
        """
        self._check_decision(decision, reason)
        problems = {}
        for request in self:
            try:
                with self.env.cr.savepoint():
                    request._decide_one(decision, reason)
            except UserError as error:
                self.env.invalidate_all()
                problems[request] = error.args[0]
        return problems

    def _check_decision(self, decision, reason):
        self._check_organization()
        self.check_access("read")
        if decision != "approved" and not (reason or "").strip():
            raise UserError(self.env._("Give the university a reason."))

    def _start_decisions(self, decision, reason):
        """Decide in the background (row A10)."""
        self._check_decision(decision, reason)
        wizard = self.env["sajad.cartable.request.decide"]
        selection = wizard._fields["decision"]._description_selection(self.env)
        return self.env["sajad.batch"]._start(
            dict(selection)[decision],
            self,
            "_batch_decide",
            decision=decision,
            reason=reason,
        )

    def _batch_decide(self, decision, reason):
        """Decide on some; return {request: sentence} of those that were not."""
        return self._decide(decision, reason)

    def _decide_one(self, decision, reason):
        # the row decides when two people press at once
        self.lock_for_update()
        if self.state != "submitted":
            raise UserError(self.env._("This request is not to be decided now."))
        # decisions are the model's own; who decides was checked
        request_sudo = self.sudo()
        if decision == "approved":
            problems = self._get_problems()
            if problems:
                raise UserError("\n".join(problems))
            getattr(request_sudo, f"_carry_out_{self.kind}")()
        request_sudo.write(
            {
                "state": decision,
                "decision_reason": reason,
                "decided_by_id": self.env.uid,
                "date_decided": fields.Datetime.now(),
            }
        )
        request_sudo._tell()

    def _carry_out_new(self):
        """Open the cartable, or man the one that is there."""
        self.cartable_id = self._get_cartable() or self.env["sajad.cartable"].create(
            {
                "role_id": self.role_id.id,
                "process_id": self.process_id.id,
                "university_id": self.university_id.id,
                "faculty_id": self.faculty_id.id,
            }
        )
        self._appoint("owner")

    def _carry_out_replace(self):
        """End the membership of who was in charge; the claimed work goes over."""
        before = self.replaced_user_id
        old = self.cartable_id.member_ids.filtered(
            lambda m: before in (m.user_id, m.on_behalf_of_id)
        )
        self._appoint("owner")
        if before == self.user_id:
            raise UserError(self.env._("The person is in charge already."))
        last = (self.date_from or get_country_today()) - timedelta(days=1)
        # those whose time had not begun yet never come
        old.filtered(lambda m: m.date_from and m.date_from > last).unlink()
        old.exists().write({"date_to": last})
        if last < get_country_today():
            self.env["sajad.engine"]._pass_claims(
                self.cartable_id, before, self.user_id
            )

    def _carry_out_substitute(self):
        self._appoint("substitute")

    def _carry_out_close(self):
        """Close the cartable: its work is suspended until another opens (row A6)."""
        self.cartable_id.active = False

    def _appoint(self, kind):
        group = self.role_id.group_id
        self.user_id = self._get_or_invite_user(self.university_id, group)
        self.env["sajad.cartable.member"].create(
            {
                "cartable_id": self.cartable_id.id,
                "user_id": self.user_id.id,
                "kind": kind,
                "on_behalf_of_id": kind == "substitute" and self.replaced_user_id.id,
                "date_from": self.date_from,
                "date_to": self.date_to,
            }
        )

    def _tell(self):
        """Tell the liaison what became of it, and the person of the new office."""
        Notice = self.env["sajad.notice"]
        liaison = self.requested_by_id.partner_id
        Notice._queue(
            f"cartable_{self.state}",
            liaison,
            note=Notice._localize(self, liaison)._get_decision_note(),
            path=f"/odoo/sajad-cartable-requests/{self.id}",
        )
        if self.state == "approved" and self.user_id:
            person = self.user_id.partner_id
            note = Notice._localize(self, person)._get_office_note()
            Notice._queue("appointed", person, note=note, path="/odoo/sajad-inbox")

    def _get_decision_note(self):
        if not self.decision_reason:
            return self.name
        reason = self.env._("Reason: %(reason)s", reason=self.decision_reason)
        return f"{self.name}\n{reason}"

    def _get_office_note(self):
        offices = (self.role_id, self.process_id, self.university_id, self.faculty_id)
        return "\n".join(office.name for office in offices if office)
