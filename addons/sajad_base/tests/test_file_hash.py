import os

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import SajadCommon
from .test_portal import PDF


@tagged("post_install", "-at_install")
class TestFileHash(SajadCommon, HttpCase):
    """Files are served as they came, or not at all (row B9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # nobody else may hold these bytes: the test changes them on the disk
        cls.content = PDF + b"%" + os.urandom(8).hex().encode()
        cls.request = cls.make_request(cls.make_process("hash", {"a": {}}))
        Upload = cls.env["sajad.upload"].with_user(cls.user_student)
        cls.file = Upload._attach(cls.request, [("a.pdf", cls.content)])
        cls.path = cls.file._full_path(cls.file.store_fname)

    def get_file(self):
        self.authenticate("t_student", "t_student")
        return self.url_open(f"/my/requests/{self.request.id}/files/{self.file.id}")

    def put(self, content):
        os.chmod(self.path, 0o644)
        with open(self.path, "wb") as file:
            file.write(content)
        self.addCleanup(self.restore)

    def restore(self):
        with open(self.path, "wb") as file:
            file.write(self.content)

    def test_as_it_came(self):
        answer = self.get_file()
        self.assertEqual((answer.status_code, answer.content), (200, self.content))

    @mute_logger("odoo.addons.sajad_base.models.request.ir_attachment", "odoo.http")
    def test_changed_on_the_disk(self):
        for content in (self.content[:-1] + b"x", self.content + b"x", b""):
            self.put(content)
            answer = self.get_file()
            self.assertEqual(answer.status_code, 404)
            self.assertNotIn(b"%PDF", answer.content)

    @mute_logger("odoo.addons.sajad_base.models.request.ir_attachment", "odoo.http")
    def test_deleted_on_the_disk(self):
        os.remove(self.path)
        self.addCleanup(self.restore)
        self.assertEqual(self.get_file().status_code, 404)

    def test_job_reports(self):
        self.put(self.content[:-1] + b"x")
        Attachment = self.env["ir.attachment"]
        self.assertEqual(
            self.file._batch_check_files(),
            {self.file: "The file was changed on the server."},
        )
        Attachment._cron_check_files()
        batch = self.env["sajad.batch"].search([("job", "=", "_batch_check_files")])
        self.assertIn(self.file.id, batch.res_ids)
        self.assertTrue(batch.user_id.has_group("sajad_base.group_sajad_admin"))
