import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.sajad_base.tools.file_check import guess_type

from .ir_attachment import DOOR


class SajadDossierVersion(models.Model):
    """A file as it came, with its checksum; none is ever changed (row C2).

    The bytes that were sent are the bytes that are kept: pictures are not made
    smaller. Nobody reaches the attachment but through `_get_attachment`, and who looks
    is written down.
    """

    _name = "sajad.dossier.version"
    _description = "Version of a Document"
    _inherit = ["sajad.client.guard"]
    _order = "document_id, number desc"
    _rec_name = "file_name"

    document_id = fields.Many2one(
        "sajad.dossier.document",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    file_name = fields.Char(required=True, readonly=True)
    mimetype = fields.Char(required=True, readonly=True)
    size = fields.Integer(string="Size (Bytes)", readonly=True, aggregator=None)
    sha256 = fields.Char(
        string="Checksum",
        required=True,
        readonly=True,
        index=True,
        help="SHA-256 of the bytes as they came.",
    )
    attachment_id = fields.Many2one(
        "ir.attachment",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_no_one",
    )

    _number_uniq = models.Constraint(
        "unique(document_id, number)", "This version is there already."
    )

    def write(self, vals):
        """Refuse: a version is as it came.

        :raise AccessError: it has its file already
        """
        if self.filtered("attachment_id"):
            raise AccessError(self.env._("A version is never changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("A version is never deleted."))

    @api.model
    def _keep(self, document, name, content):
        """Keep a file as the next version of a document.

        Called with elevated rights; the caller has checked who may.

        :raise UserError: the file is not acceptable, or is there already
        """
        name, mimetype = self._check_content(document.type_id, name, content)
        digest = hashlib.sha256(content).hexdigest()
        if digest in document.version_ids.mapped("sha256"):
            raise UserError(
                self.env._("%(name)s is the file that is there already.", name=name)
            )
        # two that send at once get two numbers
        document.lock_for_update()
        version = self.create(
            {
                "document_id": document.id,
                "number": max(document.version_ids.mapped("number"), default=0) + 1,
                "file_name": name,
                "mimetype": mimetype,
                "size": len(content),
                "sha256": digest,
            }
        )
        attachment = (
            self.env["ir.attachment"]
            .with_context(image_no_postprocess=True, **{DOOR.key: DOOR})
            .create(
                {
                    "name": name,
                    "raw": content,
                    "mimetype": mimetype,
                    "res_model": self._name,
                    "res_id": version.id,
                }
            )
        )
        version.attachment_id = attachment.with_env(self.env)
        return version

    @api.model
    def _check_content(self, document_type, name, content):
        """Return the clean name and the type of a file that the document may be.

        :raise UserError: the file is not acceptable
        """
        accepted = document_type._get_accepted()
        taken, problems = self.env["sajad.upload"]._check([(name, content)], accepted)
        if problems:
            raise UserError("\n".join(problems))
        name = taken[0][0]
        return name, accepted.find_type(name, guess_type(content)).mimetype

    def _get_attachment(self):
        """Return the file with elevated rights, for a user who may read the version.

        :raise AccessError: the user may not
        """
        self.ensure_one()
        self.check_access("read")
        # the attachment has no reader of its own; who may was asked above
        return self.sudo().with_context(**{DOOR.key: DOOR}).attachment_id

    def _get_url(self):
        self.ensure_one()
        return f"/sajad/dossier/file/{self.id}"
