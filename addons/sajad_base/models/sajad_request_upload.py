from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.mimetypes import guess_mimetype
from odoo.tools.osutil import clean_filename

from ..tools.file_check import clean_name, is_misnamed, is_sound

MAX_FILES = 10
MAX_FILE_SIZE = 10 * 1024 * 1024
ACCEPTED_TYPES = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
}


class SajadRequest(models.Model):
    """Files of students: checked by content, kept when a form has errors (row B9)."""

    _inherit = "sajad.request"

    @api.model
    def _check_files(self, files, kept_count=0, max_count=MAX_FILES):
        """Return the acceptable files and why the others are not.

        :param files: list of (name, content)
        :param kept_count: how many files the form has already
        :param max_count: how many it takes
        :return: (list of (clean name, content), list of sentences)
        """
        accepted, problems = [], []
        for name, content in files:
            name = clean_name(name)
            problem = self._get_file_problem(name, content)
            if problem:
                problems.append(problem)
            elif len(accepted) + kept_count >= max_count:
                problems.append(
                    self.env._(
                        "%(name)s: at most %(count)s files.", name=name, count=max_count
                    )
                )
            else:
                accepted.append((clean_filename(name)[-100:], content))
        return accepted, problems

    @api.model
    def _get_file_problem(self, name, content):
        if not content:
            return self.env._("%(name)s is empty.", name=name)
        if len(content) > MAX_FILE_SIZE:
            return self.env._(
                "%(name)s is larger than %(size)s MB.",
                name=name,
                size=MAX_FILE_SIZE // 1024**2,
            )
        # The name says what the student means, the content what it is.
        mimetype = guess_mimetype(content)
        if not name.lower().endswith(ACCEPTED_TYPES.get(mimetype, ())):
            return self.env._("%(name)s is not a PDF, JPG or PNG file.", name=name)
        if is_misnamed(name):
            return self.env._(
                "%(name)s has the ending of a program or page in its name; rename it.",
                name=name,
            )
        if not is_sound(content, mimetype):
            return self.env._(
                "%(name)s is damaged, very large as a picture, or holds something "
                "besides its pages. Save it anew as PDF, JPG or PNG.",
                name=name,
            )
        return ""

    def _attach_files(self, files, kept=None):
        """Attach checked files, and those kept from a form with errors.

        :param files: list of (name, content) that `_check_files` accepted
        :param kept: attachments of `_get_kept_files`
        :return: all of them
        """
        self.ensure_one()
        created = self._create_files(files, {"res_id": self.id})
        if kept:
            kept.write(
                {"res_model": self._name, "res_id": self.id, "description": False}
            )
            created |= kept
        return created

    @api.model
    def _create_files(self, files, values):
        # A student may read a request and not write it, so the rights to attach are
        # elevated; the owner and the content were checked before. Papers are kept
        # as they were sent, so images are not made smaller.
        Attachment_sudo = (
            self.env["ir.attachment"].sudo().with_context(image_no_postprocess=True)
        )
        return Attachment_sudo.create(
            [
                {
                    "name": name,
                    "raw": content,
                    "mimetype": guess_mimetype(content),
                    "res_model": self._name,
                    **values,
                }
                for name, content in files
            ]
        )

    def _name_files(self, slot, files):
        """Name files after the document that they are, so that offices see it.

        :param slot: `sajad.process.attachment`, their place in the form
        :param files: attachments of this request, with elevated rights
        """
        self.ensure_one()
        for file in files:
            title = clean_filename(slot.name)[:60]
            file.write({"name": f"{title} - {file.name}", "description": slot.name})

    # ------------------------------------------------------------
    # FORMS WITH ERRORS
    # ------------------------------------------------------------

    @api.model
    def _keep_files(self, files, key):
        """Keep the files of a form with errors, so that none is chosen twice."""
        return self._create_files(files, {"description": f"sajad-form:{key}"})

    @api.model
    def _get_kept_files(self, key, ids=None):
        """Return the user's own files that were kept for a form.

        :param ids: those that are still wanted; None for all
        """
        held = Domain("res_model", "=", "sajad.request.draft")
        domain = (
            (self._get_kept_domain() | held)
            & Domain("description", "=", f"sajad-form:{key}")
            & Domain("create_uid", "=", self.env.uid)
        )
        if ids is not None:
            domain &= Domain("id", "in", ids)
        # own files without a record: the domain names their owner
        return self.env["ir.attachment"].sudo().search(domain, limit=MAX_FILES)

    @api.model
    def _get_kept_domain(self):
        return (
            Domain("res_model", "=", self._name)
            & Domain("res_id", "in", (0, False))
            & Domain("description", "=like", "sajad-form:%")
        )

    @api.autovacuum
    def _gc_kept_files(self):
        """Delete files of forms that were never sent."""
        limit = fields.Datetime.now() - timedelta(days=1)
        domain = self._get_kept_domain() & Domain("create_date", "<", limit)
        self.env["ir.attachment"].search(domain, limit=1000).unlink()

    def _get_portal_files(self):
        """Return what the student sent; papers of offices come with comments."""
        self.ensure_one()
        return (
            self.env["ir.attachment"]
            # Access to the request was checked; files of staff are left out.
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("create_uid.partner_id", "=", self.partner_id.id),
                ],
                order="id",
            )
        )
