import re

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.file_check import PAPERS, WEBP

PICTURE = re.compile(
    r"/web/(?:image|content)/(?:ir\.attachment/)?(\d+)(?:[-/][^\"'?\s<>]*)?"
    r"(?:\?[^\"'\s<>]*)?"
)
# what a browser draws and never runs
PICTURE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp")


class SajadProcessGuide(models.Model):
    """How a service works, told to those who apply or to those who work (row A8)."""

    _name = "sajad.process.guide"
    _description = "Guide of a Service"
    _inherit = ["sajad.spelling"]
    _order = "process_id, audience, sequence, id"
    _spelling = {"name": "text"}

    process_id = fields.Many2one(
        "sajad.process", required=True, index=True, ondelete="cascade"
    )
    audience = fields.Selection(
        [
            ("student", "Those Who Apply"),
            ("university", "University Staff"),
            ("organization", "Organization Staff"),
        ],
        required=True,
        default="student",
        help="Who reads it. Visitors of the portal read the guides of those who apply.",
    )
    name = fields.Char(string="Title", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    body = fields.Html(string="Text", translate=True)
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "sajad_process_guide_attachment_rel",
        string="Files",
        bypass_search_access=True,
        copy=False,
        help="Forms to fill in and the like, to download beside the text.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        guides = super().create(vals_list)
        guides._adopt_files()
        return guides

    def write(self, vals):
        result = super().write(vals)
        if "body" in vals or "attachment_ids" in vals:
            self._adopt_files()
        return result

    # ------------------------------------------------------------
    # PICTURES AND FILES
    # ------------------------------------------------------------

    def _adopt_files(self):
        """Make pictures and files the guide's own, so that its readers see them.

        What belongs to something else is copied: putting a picture into a guide
        never opens the record that it was taken from.
        """
        for guide in self:
            for file in guide.attachment_ids:
                if (own := guide._adopt(file)) != file:
                    guide.attachment_ids = guide.attachment_ids - file + own
            body = guide.body or ""
            replaced = PICTURE.sub(guide._adopt_picture, body)
            if replaced != body:
                # once more through here: what is the guide's own stays as it is
                guide.body = replaced

    def _adopt_picture(self, match):
        picture = self.env["ir.attachment"].browse(int(match[1])).exists()
        # the author puts in only what the author may see
        if not picture or not picture.has_access("read"):
            return match[0]
        own = self._adopt(picture)
        return match[0] if own == picture else f"/web/image/{own.id}"

    def _adopt(self, file):
        if self._is_own_file(file):
            return file
        place = {"res_model": self._name, "res_id": self.id, "public": False}
        self._check_file(file)
        is_free = not file.res_id and not file.public
        if is_free and file.create_uid == self.env.user:
            file.write(place)
            return file
        return file.copy({**place, "access_token": False})

    def _check_file(self, file):
        """Refuse what is neither a paper nor a picture.

        :raise ValidationError: with what is wrong with it
        """
        accepted = PAPERS._replace(types=(*PAPERS.types, WEBP))
        Upload = self.env["sajad.upload"]
        if problem := Upload._get_problem(file.name, file.raw, accepted):
            raise ValidationError(problem)

    def _is_own_file(self, file):
        return file.res_model == self._name and file.res_id == self.id

    def _get_own_file(self, file_id):
        """Return a file of the guide with elevated rights, or none.

        The caller has checked that the reader may read the guide.
        """
        self.ensure_one()
        # portal users have no access to files; it has to be one of the guide
        file_sudo = self.env["ir.attachment"].sudo().browse(file_id).exists()
        return file_sudo if self._is_own_file(file_sudo) else file_sudo.browse()

    def _get_portal_body(self):
        """Return the text whose pictures go through the page of the guide.

        Links of the editor carry tokens that open a file to whoever has the link.
        """
        self.ensure_one()
        base = f"/services/guides/{self.id}/files"
        body = self.body or ""
        # only addresses of pictures change; the text itself was cleaned when saved
        return Markup(PICTURE.sub(lambda match: f"{base}/{match[1]}", body))

    # ------------------------------------------------------------
    # READERS
    # ------------------------------------------------------------

    @api.model
    def _get_own_audiences(self):
        """Return the audiences to which the user belongs, the own one first."""
        user = self.env.user
        if not user._is_internal():
            return ["student"]
        if user.has_group("sajad_base.group_sajad_organization"):
            return ["organization", "university", "student"]
        return ["university", "student"]

    def _filter_readable(self):
        """Return the guides that the user reads, those of the own audience first."""
        order = self._get_own_audiences()
        return self.filtered(lambda g: g.active and g.audience in order).sorted(
            lambda g: (order.index(g.audience), g.sequence, g.id)
        )
