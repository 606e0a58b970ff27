import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

PLACEHOLDER = re.compile(r"\{(\w*)\}")


class SajadSupportReply(models.Model):
    """A ready answer: what experts write often, with places for names (row D2)."""

    _name = "sajad.support.reply"
    _description = "Ready Answer"
    _inherit = ["sajad.search.key.mixin"]
    _order = "sequence, name"
    _rec_names_search = ("name", "search_key")
    _spelling = {"name": "text"}
    _search_key_fields = ("name", "body")

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    body = fields.Text(
        string="Answer",
        required=True,
        help="{name} stands for the requester, {number} for the request, {category} "
        "for what it is about, {link} for its page.",
    )
    category_ids = fields.Many2many(
        "sajad.support.category", string="Categories", help="Empty: for all of them."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Own Answer of",
        default=lambda self: self.env.uid,
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: shared by all experts.",
    )

    @api.constrains("body")
    def _check_body(self):
        names = self._get_places(self.env["sajad.request"])
        for reply in self:
            unknown = set(PLACEHOLDER.findall(reply.body or "")) - set(names)
            if unknown:
                raise ValidationError(
                    self.env._(
                        "There is no place called %(unknown)s. These are: %(known)s",
                        unknown=[f"{{{name}}}" for name in sorted(unknown)],
                        known=[f"{{{name}}}" for name in names],
                    )
                )

    @api.model
    def _get_places(self, request):
        """Return {place: what stands there for a request}, nothing for none."""
        # who answers reads these of the request anyway
        request_sudo = request.sudo()
        if not request_sudo:
            return dict.fromkeys(("name", "number", "category", "link"), "")
        name, _number = request_sudo._get_requester()._get_requester_texts()
        return {
            "name": name or "",
            "number": request_sudo.name,
            "category": request_sudo.support_category_id.name or "",
            "link": request_sudo.get_base_url() + request_sudo.access_url,
        }

    @api.model
    def _fill_in(self, text, request):
        """Return a text with the places of ready answers filled in for a request."""
        places = self._get_places(request)
        return PLACEHOLDER.sub(lambda m: places.get(m[1], m[0]), text or "")
