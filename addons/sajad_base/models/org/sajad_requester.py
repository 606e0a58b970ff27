from odoo import api, models


class SajadRequester(models.AbstractModel):
    """Who may ask: a study, an institution, or a member of staff.

    A model inherits this to have its records ask. The person who sends a request and
    the requester differ where somebody asks on behalf of an institution.
    """

    _name = "sajad.requester"
    _description = "Requester"

    # the kind of requester, as in `sajad.request.requester_kind`
    _requester_kind = None

    @api.model
    def _get_own(self):
        """Return the requesters as which the user may ask, with elevated rights.

        :return: own studies, institutions that named the user, the member of staff
        :rtype: list
        """
        user = self.env.user
        # portal users have no access to the register; these are the own studies
        Student_sudo = self.env["sajad.student"].sudo()
        domain = [("partner_id", "=", user.partner_id.id)]
        own = [*Student_sudo.search_fetch(domain, order="id desc")]
        own += user.sajad_institution_ids
        if user._is_internal():
            own.append(user.partner_id)
        return own

    def _get_requester_kind(self):
        """Hook: the kind of requester."""
        return self._requester_kind

    def _get_requester_key(self):
        """Return what names the requester in forms and in keys of requests."""
        self.ensure_one()
        return f"{self._requester_kind}-{self.id}"

    def _get_requester_university(self):
        """Hook: the university whose offices the requests reach."""
        return self.university_id

    def _prepare_requester_vals(self):
        """Hook: the values of a request that say whose it is and where."""
        self.ensure_one()
        return {
            "partner_id": self.env.user.partner_id.id,
            "university_id": self._get_requester_university().id,
        }

    def _get_requester_texts(self):
        """Hook: the name and the number or code that offices know it by."""
        return self.display_name, ""

    def _get_requester_label(self):
        """Hook: what it is called where one line has to do."""
        name, number = self._get_requester_texts()
        return f"{name} ({number})" if number else name

    def _get_requester_details(self):
        """Hook: what tells it from others of the same name, to whoever chooses."""
        _name, number = self._get_requester_texts()
        details = [number, self._get_requester_university().name]
        return [text for text in details if text]
