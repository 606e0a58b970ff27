from odoo import models
from odoo.exceptions import UserError


class MailThread(models.AbstractModel):
    """Files of comments come in by one more door (row B9)."""

    _inherit = "mail.thread"

    def _process_attachments_for_post(
        self, attachments, attachment_ids, message_values
    ):
        """Take the files of a comment as any other file that comes in.

        Those that were sent before are counted once more: none of them belonged to the
        record yet. A client may also send a file with the call itself.

        :raise UserError: a file is not acceptable, or they are too many for the record
        """
        if self.env.user.share and (attachments or attachment_ids):
            self._check_comment_files(attachments or (), attachment_ids, message_values)
        return super()._process_attachments_for_post(
            attachments, attachment_ids, message_values
        )

    def _check_comment_files(self, attachments, attachment_ids, message_values):
        Upload = self.env["sajad.upload"]
        files = [(name, _to_bytes(content)) for name, content, *_info in attachments]
        taken, problems = Upload._check(files)
        if problems:
            raise UserError("\n".join(problems))
        # the own ones that were sent for a comment, of which only the size is asked
        pending_sudo = self.env["ir.attachment"].sudo().browse(attachment_ids or ())
        pending_sudo = pending_sudo.filtered(
            lambda file: (
                file.create_uid.id == self.env.uid
                and file.res_model == "mail.compose.message"
            )
        )
        sizes = [len(content) for _name, content in taken]
        model = message_values.get("model") or self._name
        record = self.env[model].browse(message_values.get("res_id") or self.id)
        sizes += pending_sudo.mapped("file_size")
        self.env["sajad.upload.quota"]._check(sizes, record)


def _to_bytes(content):
    return content.encode() if isinstance(content, str) else content or b""
