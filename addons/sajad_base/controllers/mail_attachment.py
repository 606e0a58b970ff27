from odoo import http
from odoo.http import request

from odoo.addons.mail.controllers.attachment import AttachmentController

from ..tools.file_check import PAPERS


class SajadAttachmentController(AttachmentController):
    @http.route()
    def mail_attachment_upload(self, ufile, thread_id, thread_model, **kwargs):
        """Take the file of a comment as any other file that comes in. Row B9

        Of people of the portal everywhere, of staff where it goes to their students.
        """
        if request.env.user.share or thread_model.startswith("sajad."):
            # one byte more than the limit, so that the check can say so
            content = ufile.read(PAPERS.max_size + 1)
            # Odoo reads it once more
            ufile.seek(0)
            thread = self._get_thread_with_access_for_post(
                thread_model, thread_id, **kwargs
            )
            problem = thread and request.env["sajad.upload"]._get_comment_problem(
                thread, ufile.filename, content
            )
            if problem:
                return request.make_json_response({"error": problem})
        return super().mail_attachment_upload(ufile, thread_id, thread_model, **kwargs)
