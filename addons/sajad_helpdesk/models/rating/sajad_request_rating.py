from odoo import models
from odoo.exceptions import AccessError, UserError

# {value of Odoo's ratings: what it says}
RATES = (5, 3, 1)
MAX_FEEDBACK = 2000


class SajadRequest(models.Model):
    """How good the answer to a support request was, once for each answer (row D1)."""

    _name = "sajad.request"
    # before what it inherits itself, so that Python finds an order
    _inherit = ["rating.mixin", "sajad.request"]

    def _rating_get_operator(self):
        if self.support_state:
            return self.support_user_id.partner_id
        return super()._rating_get_operator()

    def _open_support_rating(self):
        """Ask for a rating of this answer; an earlier one that was not given is void.

        Called by the engine, in one statement for all.
        """
        self._get_support_ratings().filtered(lambda r: not r.consumed).unlink()
        self.env["rating.rating"].create(
            [
                {
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": request.id,
                    "partner_id": request.partner_id.id,
                    "rated_partner_id": request._rating_get_operator().id,
                }
                for request in self
            ]
        )

    def _get_support_ratings(self):
        """Return the ratings of the requests with elevated rights, the newest first."""
        # nobody has rights on ratings of requests; their tokens open a page
        Rating_sudo = self.env["rating.rating"].sudo()
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        return Rating_sudo.search(domain, order="id desc")

    def _get_open_rating(self, ratings_sudo=None):
        """Return the rating that the requester can give now, with elevated rights.

        :param ratings_sudo: all of the request, if they were read
        """
        self.ensure_one()
        if ratings_sudo is None:
            ratings_sudo = self._get_support_ratings()
        newest = ratings_sudo[:1]
        answered = self.support_state in ("solved", "closed") and self.state == "done"
        return newest if answered and not newest.consumed else newest.browse()

    def _support_rate(self, rating_sudo, rate, feedback=""):
        """Take the rating of an answer. The caller has checked whose it is.

        :raise UserError: it was rated already, opened again, or is no rating
        """
        if rate not in RATES:
            raise UserError(self.env._("Choose one of the three faces."))
        rating_sudo.lock_for_update()
        rating_sudo.invalidate_recordset(["consumed"])
        if not rating_sudo or rating_sudo != self._get_open_rating():
            raise UserError(
                self.env._("This answer was rated already, or is not the last one.")
            )
        # inside: it is not a word to the office that would open the request again
        self.sudo().rating_apply(
            rate,
            rating=rating_sudo,
            feedback=(feedback or "").strip()[:MAX_FEEDBACK],
            subtype_xmlid="mail.mt_note",
        )

    def rating_apply(
        self,
        rate,
        token=None,
        rating=None,
        feedback=None,
        subtype_xmlid=None,
        notify_delay_send=False,
    ):
        """Take a rating. Of a support request its page alone gives one, once.

        :raise AccessError: a client calls it
        """
        if not self.env.su and self.support_state:
            raise AccessError(self.env._("Only who asked rates an answer."))
        return super().rating_apply(
            rate,
            token=token,
            rating=rating,
            feedback=feedback,
            subtype_xmlid=subtype_xmlid,
            notify_delay_send=notify_delay_send,
        )
