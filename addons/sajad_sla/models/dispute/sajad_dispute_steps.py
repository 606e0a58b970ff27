from odoo import fields, models
from odoo.exceptions import UserError

from .sajad_dispute import OUTCOMES

OTHER = {"recipient": "provider", "provider": "recipient"}


class SajadDispute(models.Model):
    """What the two sides do in a dispute (row D6).

    Methods of the provider check who is in charge; those of the recipient are called
    by the portal and check whose dispute it is. Each locks the dispute: of two clicks
    the second one finds it done.
    """

    _inherit = "sajad.dispute"

    # ------------------------------------------------------------
    # BOTH SIDES
    # ------------------------------------------------------------

    def _say(self, side, kind, text, files=(), kept=None):
        """Append a message or an offer of one side, and tell the other one.

        The caller has checked who speaks.

        :param str kind: ``message`` or ``offer``; an offer replaces the own last one
        :raise UserError: nothing is said, or the negotiation is over
        """
        text = self._clean(text)
        self._lock_open()
        self._check_negotiable()
        if said := self._get_said(side, kind, text):
            return said
        Entry = self.env["sajad.dispute.entry"]
        entry = Entry._add(self, side, kind, text, files, kept)
        if kind == "offer":
            # the steps of disputes are the system's; who may was asked
            self.sudo()[f"{side}_offer_id"] = entry
        self._tell_side(OTHER[side], f"dispute_{kind}")
        return entry

    def _get_said(self, side, kind, text):
        """Return the last entry when it says the same: a form that was sent twice."""
        last = self.sudo().entry_ids[-1:]  # of a dispute that the caller reads
        same = (last.side, last.kind, last.text) == (side, kind, text)
        return last if same else last.browse()

    def _accept(self, side, offer_id):
        """Settle the dispute by the offer of the other side.

        :param int offer_id: the offer that was read; a newer one is not accepted
        :raise UserError: there is no such offer any more
        """
        self._lock_open()
        self._check_negotiable()
        offer = self.sudo()[f"{OTHER[side]}_offer_id"]  # of a dispute that is read
        if not offer or offer.id != offer_id:
            raise UserError(
                self.env._("This offer is not there any more; read the latest one.")
            )
        Entry = self.env["sajad.dispute.entry"]
        Entry._add(self, side, "accepted", offer.text, offer_id=offer.id)
        self._end("settled")
        self._tell_side(OTHER[side], "dispute_settled")

    def _tell_side(self, side, kind):
        tell = self._tell_provider if side == "provider" else self._tell_recipient
        tell(kind)

    def _end(self, state, **values):
        # the steps of disputes are the system's; who may and when was asked
        self.sudo().write({"state": state, "date_end": fields.Datetime.now(), **values})

    def _clean(self, text):
        text = (text or "").strip()
        if not text:
            raise UserError(self.env._("Write something first."))
        return text

    def _lock_open(self):
        """Lock a dispute that has not ended.

        :raise UserError: it has
        """
        self.ensure_one()
        # who may was asked; two at once come one after the other
        self.sudo().lock_for_update()
        if not self._is_open():
            raise UserError(self.env._("This dispute has ended already."))

    def _check_negotiable(self):
        if not self._is_negotiable():
            raise UserError(
                self.env._(
                    "The month of negotiation is over; the final opinion of the "
                    "provider follows."
                )
            )

    # ------------------------------------------------------------
    # RECIPIENT
    # ------------------------------------------------------------

    def _portal_say(self, kind, text, files=(), kept=None):
        """Write to the provider, or offer how to settle (row D6).

        :raise AccessError: somebody else's dispute
        :raise UserError: with a sentence for the recipient
        """
        self._check_recipient()
        kind = "offer" if kind == "offer" else "message"
        return self._say("recipient", kind, text, files, kept)

    def _portal_accept(self, offer_id):
        """Accept the provider's offer: the dispute is settled (row D6).

        :raise AccessError: somebody else's dispute
        :raise UserError: the offer or the negotiation is over
        """
        self._check_recipient()
        self._accept("recipient", offer_id)

    def _portal_withdraw(self):
        """Take the dispute back, at any time before it ends (row D6).

        :raise AccessError: somebody else's dispute
        :raise UserError: it has ended
        """
        self._check_recipient()
        self._lock_open()
        self.env["sajad.dispute.entry"]._add(self, "recipient", "withdrawn")
        self._end("withdrawn")
        self._tell_provider("dispute_withdrawn")

    # ------------------------------------------------------------
    # PROVIDER
    # ------------------------------------------------------------

    def action_accept(self):
        """Accept the recipient's offer: the dispute is settled (row D6).

        :raise AccessError: the user is not in charge
        :raise UserError: there is none, or the negotiation is over
        """
        self.ensure_one()
        self._check_in_charge()
        self._accept("provider", self.recipient_offer_id.id)

    def _provider_say(self, kind, text, kept=None):
        """Write to the recipient, or offer how to settle (row D6).

        :raise AccessError: the user is not in charge
        :raise UserError: nothing is said, or the negotiation is over
        """
        self.ensure_one()
        self._check_in_charge()
        return self._say("provider", kind, text, kept=kept)

    def _decide(self, outcome, text, kept=None):
        """Record the provider's final opinion, after the month (row D6).

        :raise AccessError: the user is not in charge
        :raise UserError: too early, ended, empty, or the user decided the request
        """
        self.ensure_one()
        self._check_in_charge()
        text = self._clean(text)
        if outcome not in dict(OUTCOMES):
            raise UserError(self.env._("Say in whose favour the opinion is."))
        self._lock_open()
        self._check_month_over()
        self._check_impartial()
        Entry = self.env["sajad.dispute.entry"]
        Entry._add(self, "provider", "decided", text, kept=kept, outcome=outcome)
        self._end("decided", outcome=outcome, opinion=text, decided_by_id=self.env.uid)
        self._tell_recipient("dispute_decided")
