import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools.binary import decode_binary, read_binary
from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestBinary(SajadCommon):
    """One reader of what fields of files hold."""

    def test_values(self):
        text = base64.encodebytes(b"a list" * 40)
        for value, expected in (
            (text, b"a list" * 40),
            (text.decode(), b"a list" * 40),
            (False, b""),
            ("", b""),
        ):
            self.assertEqual(decode_binary(value), expected)
        for value in ("no base64 at all", "YWJ"):
            with self.assertRaises(ValueError):
                decode_binary(value)

    def test_content_and_not_its_size(self):
        Import = self.env["sajad.student.import"]
        record = Import.create(
            {"university_id": self.university.id, "file": base64.b64encode(b"x" * 2000)}
        )
        self.assertEqual(
            read_binary(record.with_context(bin_size=True), "file"), b"x" * 2000
        )

    def test_damaged(self):
        record = self.env["sajad.student.import"].new({"file": b"?"})
        with self.assertRaisesRegex(UserError, "did not arrive whole"):
            read_binary(record, "file")
