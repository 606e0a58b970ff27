import base64
import io
import os

from PIL import Image

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import SajadCommon
from .test_portal import PDF


def make_picture():
    """Return a picture that nobody else has."""
    stream = io.BytesIO()
    Image.frombytes("RGB", (8, 8), os.urandom(192)).save(stream, "PNG")
    return stream.getvalue()


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
        self.restore(content)
        self.addCleanup(self.restore, self.content, self.path)

    def restore(self, content, path=None):
        path = path or self.path
        if os.path.exists(path):
            os.chmod(path, 0o644)
        with open(path, "wb") as file:
            file.write(content)

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
        self.addCleanup(self.restore, self.content)
        self.assertEqual(self.get_file().status_code, 404)

    @mute_logger("odoo.addons.sajad_base.models.request.ir_attachment")
    def test_doors_past_the_page(self):
        """Calls, lists, copies and mails give no bytes that are not what came."""
        whole = self.file.copy({"name": "b.pdf", "raw": self.content + b"%"})
        files = self.file | whole
        doors = {
            "raw": lambda file: file.read(["raw"]),
            "datas": lambda file: file.read(["datas"]),
            "web_read": lambda file: file.web_read({"datas": {}}),
            "list": lambda file: file.export_data(["datas"]),
            "copy": lambda file: file.copy({"name": "c.pdf"}).raw,
        }
        for content in (self.content[:-1] + b"x", self.content + b"x", b"", None):
            self.put(content or b"")
            if content is None:
                os.remove(self.path)
            for name, door in doors.items():
                with self.subTest(door=name, content=content):
                    self.env.invalidate_all()
                    with self.assertRaisesRegex(AccessError, "a.pdf: The file "):
                        door(self.file)
                    # and others are read beside it
                    self.env.invalidate_all()
                    files.mapped("name")
                    self.assertEqual(whole.raw, self.content + b"%")
            self.env.invalidate_all()
            mail = self.env["mail.mail"].create(
                {"email_to": "a@example.com", "attachment_ids": self.file.ids}
            )
            with self.assertRaisesRegex(AccessError, "a.pdf: The file "):
                mail._prepare_outgoing_list()

    @mute_logger("odoo.addons.sajad_base.models.request.ir_attachment")
    def test_file_of_a_field(self):
        """A record is read whose picture is not as it was; that is left out."""
        picture = base64.b64encode(make_picture())
        self.university.emblem = picture
        self.env.flush_all()
        files = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "sajad.university"),
                ("res_id", "=", self.university.id),
                ("res_field", "=like", "emblem%"),
            ]
        )
        # sizes of a small picture are one file
        contents = {file._full_path(file.store_fname): file.raw for file in files}
        self.assertTrue(contents)
        for self.path, self.content in contents.items():
            self.put(self.content[:-1] + b"x")
        self.env.invalidate_all()
        values = self.university.read(["name", "emblem"])[0]
        self.assertEqual(values["name"], self.university.name)
        self.assertFalse(values["emblem"])

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
        self.assertGreaterEqual(batch.chunk, 1000)
        self.assertTrue(batch.user_id.has_group("sajad_base.group_sajad_admin"))
