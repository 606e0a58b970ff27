from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.i18n import format_list

from odoo.addons.sajad_base.tools.answers import is_empty
from odoo.addons.sajad_base.tools.form_properties import get_kind
from odoo.addons.sajad_base.tools.show_if import find_unasked

OPEN = ("new", "progress", "waiting")


class SajadRequest(models.Model):
    """What a category asks, and nobody was asked: mails come without a form (D1).

    The requester fills it in on the page of the request, and the expert sees what is
    missing until then.
    """

    _inherit = "sajad.request"

    support_missing = fields.Char(
        string="Still to Be Filled In",
        compute="_compute_support_missing",
        help="What the category requires and nobody has answered yet.",
    )

    @api.depends("support_category_id", "support_properties", "support_state")
    def _compute_support_missing(self):
        for request in self:
            missing = request._get_missing_questions()
            names = [line["string"] for line in missing]
            request.support_missing = format_list(self.env, names)

    def _get_missing_questions(self):
        """Return the required questions of the category that have no answer.

        The caller has checked access to the request.

        :return: their definitions, none of requests that are over
        :rtype: list
        """
        self.ensure_one()
        # what a category asks is no secret of those who read the answers
        request_sudo = self._origin.sudo()
        category_sudo = request_sudo.support_category_id
        required = category_sudo.required_properties or ()
        if request_sudo.support_state not in OPEN or not required:
            return []
        lines = request_sudo.read(["support_properties"])[0]["support_properties"]
        answers = {line["name"]: line.get("value") for line in lines}
        unasked = find_unasked(category_sudo.form_definition, answers)
        return [
            line
            for line in lines
            if line["name"] in required
            and line["name"] not in unasked
            and line["type"] != "boolean"
            and is_empty(line.get("value"))
        ]

    def _fill_missing_file(self, attached):
        """Take files that came by mail for the one document that is missing.

        :param attached: attachments of the request
        """
        asked = [q for q in self._get_missing_questions() if get_kind(q) == "file"]
        if attached and len(asked) == 1:
            names = format_list(self.env, attached.mapped("name"))
            # only what is the requester's own comes here
            self.sudo()._correct_answers(
                {asked[0]["name"]: names}, "support_properties"
            )

    def _portal_complete(self, values, attached):
        """Fill in what is missing of the own request (row D1).

        :param dict values: {question: answer} of the form of the category
        :param attached: attachments that came with it
        :raise UserError: nothing is missing any more
        """
        self._check_support_owner()
        if not self._get_missing_questions():
            raise UserError(self.env._("Nothing is missing any more."))
        # the owner was checked; portal users write nothing on requests
        lines = self.sudo()._correct_answers(values, "support_properties")
        self._say_as_requester("\n".join(lines), attached.ids)
