from odoo import api, models
from odoo.tools import format_date


class SajadAboutPanel(models.AbstractModel):
    """What whoever answers a question sees of what it is about (row D2).

    No more than the requester sees of it in the portal: an expert of support is no
    member of the offices that decide there. Called with elevated rights, with a key
    that was found to be the requester's own, see `sajad.request._get_about`.
    """

    _name = "sajad.about.panel"
    _description = "What a Question Is About"

    @api.model
    def _get_sections(self, key):
        """Hook: what is shown beside the conversation.

        :param str key: a kind and an id, such as ``request-7``
        :return: [{"title", "lines": [{"label", "text", "is_open"}]}]; `is_open` says
            that something is still to be done about the line
        :rtype: list
        """
        kind, _dash, number = (key or "").partition("-")
        if kind != "request" or not number.isdecimal():
            return []
        request = self.env["sajad.request"].browse(int(number)).exists()
        return self._get_request_sections(request) if request else []

    @api.model
    def _get_request_sections(self, request):
        """Hook: the sections of a request."""
        states = dict(request._fields["state"]._description_selection(self.env))
        lines = [
            {"label": self.env._("Status"), "text": states[request.state]},
            {
                "label": self.env._("Submitted on"),
                "text": format_date(self.env, request.date_submit),
            },
            {"label": self.env._("Lies with"), "text": request.waiting_for},
        ]
        title = f"{request.process_id.name} ({request.name})"
        return [{"title": title, "lines": [line for line in lines if line["text"]]}]
