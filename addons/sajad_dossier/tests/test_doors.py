import base64
import json

from odoo.exceptions import AccessError, UserError
from odoo.http import Request
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .common import PDF, DossierCommon

# what no door may give away: in a file, in JSON, and packed by it
LEAKS = (PDF, base64.b64encode(PDF), PDF[9:60])

# the type in which Odoo sends the first page of a PDF
FIRST_PAGE = "attachment/pdf"


@tagged("post_install", "-at_install")
class TestDoors(DossierCommon, HttpCase):
    """Each door of Odoo to the files of a dossier, tried by everybody (row C2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls.add("confidential_transcript", user=cls.user_officer)
        cls.version = cls.document.version_id
        cls.attachment = cls.version.attachment_id
        cls.people = (
            None,
            cls.user_student,
            cls.user_other_student,
            cls.user_officer,
            cls.user_stranger,
            cls.user_central,
            cls.user_admin,
            cls.env.ref("base.user_admin"),
        )
        for user in filter(None, cls.people):
            user.password = user.login

    def each(self):
        for user in self.people:
            login = user and user.login
            self.authenticate(login, login)
            yield login or "public"

    def check_closed(self, content):
        for leak in LEAKS:
            self.assertNotIn(leak, content)

    def post(self, address, **data):
        """Send a form, with the token that a page of Odoo has."""
        files = data.pop("files", None)
        data["csrf_token"] = Request.csrf_token(self)
        return self.url_open(address, data, files=files)

    def call(self, model, method, *args, **kwargs):
        """Return what a client is told, as bytes; refused is good, too."""
        parameters = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        try:
            said = self.make_jsonrpc_request(
                f"/web/dataset/call_kw/{model}/{method}", parameters
            )
        except JsonRpcException as error:
            return str(error).encode()
        return json.dumps(said).encode()

    def test_addresses(self):
        ids, version = self.attachment.id, f"sajad.dossier.version/{self.version.id}"
        token = self.attachment._get_raw_access_token()
        for _login in self.each():
            for address in (
                f"/web/content/{ids}",
                f"/web/content/{ids}/x.pdf",
                f"/web/content/{ids}?download=1&mimetype=text/html",
                f"/web/content/{ids}?access_token={token}",
                f"/web/content?model=ir.attachment&id={ids}&field=raw",
                f"/web/content?model=ir.attachment&id={ids}&field=datas",
                f"/web/content/{version}/attachment_id",
                f"/web/content/{version}/raw",
                f"/web/image/{ids}",
                f"/web/image/{ids}/100x100",
                f"/web/image/{ids}?access_token={token}",
                f"/web/image?model=ir.attachment&id={ids}&field=raw",
                f"/web/image/{version}/attachment_id",
                f"/mail/attachment/pdf_first_page/{ids}",
                f"/mail/attachment/pdf_first_page/{ids}?access_token={token}",
            ):
                with self.subTest(f"{_login} {address}"):
                    answer = self.url_open(address, allow_redirects=False)
                    self.check_closed(answer.content)
                    self.assertNotEqual(
                        answer.headers["Content-Type"], "attachment/pdf"
                    )

    def test_token_of_an_owner(self):
        """Whoever got hold of the token that Odoo gives to an uploader."""
        ids = self.attachment.id
        token = self.attachment._get_ownership_token()
        for login in self.each():
            with self.subTest(login):
                address = f"/mail/attachment/pdf_first_page/{ids}?access_token={token}"
                self.assertEqual(self.url_open(address).status_code, 404)
                with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
                    self.make_jsonrpc_request(
                        "/mail/attachment/delete",
                        {"attachment_id": ids, "access_token": token},
                    )
        self.assertTrue(self.attachment.exists())

    @mute_logger("odoo.http")
    def test_archive_of_a_chatter(self):
        for login in self.each():
            with self.subTest(login):
                ids = str(self.attachment.id)
                answer = self.post("/mail/attachment/zip", file_ids=ids, zip_name="x")
                self.assertNotEqual(answer.status_code, 400, "the token is wrong")
                self.check_closed(answer.content)
                self.assertNotIn(b"PK", answer.content[:4])

    @mute_logger("odoo.http", "odoo.sql_db")
    def test_rpc(self):
        """Reading, exporting, and looking through a field of another record."""
        file, ids = "ir.attachment", [self.attachment.id]
        field = {"attachment_id": {"fields": {"datas": {}, "raw": {}}}}
        for login in self.each():
            for args in (
                (file, "read", ids, ["datas"]),
                (file, "web_read", ids, {"raw": {}, "datas": {}}),
                (file, "search_read", [["id", "in", ids]], ["datas", "name"]),
                (file, "export_data", ids, ["datas", "name"]),
                (file, "copy", ids),
                (file, "get_formview_action", ids),
                ("sajad.dossier.version", "read", self.version.ids, ["attachment_id"]),
                ("sajad.dossier.version", "web_read", self.version.ids, field),
                (
                    "sajad.dossier.version",
                    "export_data",
                    self.version.ids,
                    ["attachment_id/datas", "attachment_id/raw"],
                ),
                (
                    "sajad.dossier.document",
                    "export_data",
                    self.document.ids,
                    ["version_ids/attachment_id/datas", "found_text"],
                ),
            ):
                with self.subTest(f"{login} {args[:2]}"):
                    self.check_closed(self.call(*args))

    @mute_logger("odoo.http", "odoo.sql_db")
    def test_chatter(self):
        """Nobody hangs the file to a message to read it there, or beside a version."""
        for login in self.each():
            with self.subTest(login):
                said = self.call(
                    "res.partner",
                    "message_post",
                    self.user_officer.partner_id.ids,
                    body="x",
                    attachment_ids=self.attachment.ids,
                )
                self.check_closed(said)
                for thread in (self.version, self.document):
                    file = {"ufile": ("x.pdf", b"%PDF-1.4 other")}
                    self.post(
                        "/mail/attachment/upload",
                        thread_id=thread.id,
                        thread_model=thread._name,
                        files=file,
                    )
                    self.post(
                        "/web/binary/upload_attachment",
                        id=thread.id,
                        model=thread._name,
                        files=file,
                    )
        self.env.invalidate_all()
        beside = self.env["ir.attachment"].search_count(
            [("res_model", "=", self.version._name), ("res_id", "=", self.version.id)]
        )
        self.assertEqual(beside, 1)
        self.assertEqual(self.attachment.res_model, self.version._name)
        self.assertEqual(self.attachment.raw, PDF)

    def test_search_by_content(self):
        """A search that finds something tells what stands in it."""
        self.env.cr.execute(
            "UPDATE ir_attachment SET index_content = 'rareword' WHERE id = %s",
            [self.attachment.id],
        )
        self.env.invalidate_all()
        sees = {self.user_central}
        for user in filter(None, self.people):
            for model, domain in (
                ("ir.attachment", [("index_content", "ilike", "rareword")]),
                ("ir.attachment", [("checksum", "=", self.attachment.checksum)]),
                ("ir.attachment", [("file_size", "=", self.attachment.file_size)]),
                (
                    "sajad.dossier.version",
                    [("attachment_id.index_content", "ilike", "rareword")],
                ),
                ("sajad.dossier.version", [("sha256", "=", self.version.sha256)]),
                (
                    "sajad.dossier",
                    [("document_ids.version_ids.sha256", "=", self.version.sha256)],
                ),
            ):
                with self.subTest(f"{user.login} {domain}"):
                    try:
                        found = self.env[model].with_user(user).search(domain)
                    except (AccessError, UserError):
                        continue
                    if model == "ir.attachment":
                        self.assertNotIn(self.attachment, found)
                    elif user not in sees:
                        self.assertFalse(found)

    def test_own_door(self):
        """Who sees sensitive papers opens it, and that is one look."""
        for login in self.each():
            address = self.version._get_url()
            part = {"Range": "bytes=0-3"}
            answer = self.url_open(address, allow_redirects=False, headers=part)
            with self.subTest(login):
                if login == self.user_central.login:
                    self.assertEqual(answer.content, PDF)
                    # a viewer that asks for parts would be many looks
                    self.assertEqual(answer.headers["Accept-Ranges"], "none")
                else:
                    self.assertIn(answer.status_code, (303, 404))
                    self.check_closed(answer.content)
        self.assertEqual(self.dossier.access_ids.user_id, self.user_central)
