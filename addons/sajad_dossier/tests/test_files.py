import base64

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import PDF, DossierCommon


@tagged("post_install", "-at_install")
class TestFiles(DossierCommon, HttpCase):
    """Every door of Odoo to the file of a dossier but its own is closed (row C2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls.add("birth")
        cls.version = cls.document.version_id
        cls.attachment = cls.version.attachment_id
        for user in (
            cls.user_officer,
            cls.user_admin,
            cls.user_student,
            cls.user_other_student,
        ):
            user.password = user.login
        cls.everybody = (
            cls.user_officer,
            cls.user_central,
            cls.user_admin,
            cls.env.ref("base.user_admin"),
            cls.user_student,
            cls.user_stranger,
        )

    def test_rpc(self):
        """Nobody reads, replaces, moves, copies, removes or shares the attachment."""
        calls = {
            "read": lambda file: file.read(["datas"]),
            "name": lambda file: file.read(["name"]),
            "raw": lambda file: file.write({"raw": b"x"}),
            "move": lambda file: file.write({"res_id": 0, "res_model": False}),
            "unlink": lambda file: file.unlink(),
            "token": lambda file: file.generate_access_token(),
            "copy": lambda file: file.copy(),
        }
        for user in self.everybody:
            for name, call in calls.items():
                file = self.attachment.with_user(user)
                with (
                    self.subTest(f"{user.login} {name}"),
                    self.assertRaises(AccessError),
                ):
                    call(file)
        self.assertEqual(self.attachment.raw, PDF)

    def test_elevated(self):
        """Elevated rights do not change it either: a chatter, a cleanup, a mistake."""
        with self.assertRaises(AccessError):
            self.attachment.sudo().write({"raw": b"x"})
        with self.assertRaises(AccessError):
            self.attachment.sudo().unlink()

    def test_key_of_the_context(self):
        """A client can send any key of the context."""
        for value in (True, 1, "sajad_dossier_door"):
            file = self.attachment.with_user(self.user_admin)
            file = file.with_context(sajad_dossier_door=value)
            with self.subTest(value), self.assertRaises(AccessError):
                file.read(["datas"])

    def test_beside(self):
        """No file is put beside a version."""
        values = {
            "name": "x",
            "res_model": self.version._name,
            "res_id": self.version.id,
        }
        Attachment = self.env["ir.attachment"]
        for user in self.everybody:
            with self.subTest(user.login), self.assertRaises(AccessError):
                Attachment.with_user(user).create(values)
            context = {f"default_{name}": value for name, value in values.items()}
            with self.subTest(user.login), self.assertRaises(AccessError):
                Attachment.with_user(user).with_context(**context).create({"name": "x"})

    def test_search(self):
        # a portal user searches no attachment at all
        for user in set(self.everybody) - {self.user_student}:
            Attachment = self.env["ir.attachment"].with_user(user)
            for domain in (
                [("id", "=", self.attachment.id)],
                [("res_model", "=", self.version._name)],
                [("checksum", "=", self.attachment.checksum)],
            ):
                with self.subTest(f"{user.login} {domain}"):
                    self.assertFalse(Attachment.search(domain))
        other = self.env["ir.attachment"].create({"name": "other", "raw": b"other"})
        found = self.env["ir.attachment"].search([("id", "=", other.id)])
        self.assertEqual(found, other)

    def test_addresses_of_odoo(self):
        """Neither an officer in charge nor an administrator, nor with a token."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET access_token = 'known' WHERE id = %s",
            [self.attachment.id],
        )
        self.env.invalidate_all()
        ids = self.attachment.id
        addresses = (
            f"/web/content/{ids}",
            f"/web/content/{ids}?access_token=known",
            f"/web/content/{ids}?mimetype=text/html",
            f"/web/image/{ids}",
            f"/web/content/sajad.dossier.version/{self.version.id}/attachment_id",
        )
        for user in (None, self.user_officer, self.user_admin, self.user_student):
            if user:
                self.authenticate(user.login, user.login)
            for address in addresses:
                answer = self.url_open(address)
                with self.subTest(f"{user and user.login} {address}"):
                    self.assertNotIn(PDF, answer.content)

    def test_own_address(self):
        """Whoever may read it gets it, with a type that nobody chooses; it is noted."""
        self.authenticate(self.user_officer.login, self.user_officer.login)
        answer = self.url_open(self.version._get_url() + "?mimetype=text/html")
        self.assertEqual(answer.content, PDF)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn("sandbox", answer.headers["Content-Security-Policy"])
        self.assertIn("no-store", answer.headers["Cache-Control"])
        look = self.dossier.access_ids
        self.assertEqual((look.user_id, look.kind), (self.user_officer, "view"))

    def test_own_address_of_others(self):
        """What is not theirs and what is not there look the same."""
        for user in (self.user_admin, self.user_other_student):
            self.authenticate(user.login, user.login)
            for number in (self.version.id, self.version.id + 1000):
                answer = self.url_open(f"/sajad/dossier/file/{number}")
                allowed = user == self.user_admin and number == self.version.id
                self.assertEqual(answer.status_code, 200 if allowed else 404)
        self.authenticate(None, None)
        answer = self.url_open(self.version._get_url(), allow_redirects=False)
        self.assertIn("/web/login", answer.headers["Location"])

    def test_own_address_of_the_student(self):
        """The student opens what lies in the own dossier, and it is noted (row C4)."""
        self.authenticate("t_student", "t_student")
        answer = self.url_open(self.version._get_url())
        self.assertEqual(answer.content, PDF)
        self.assertEqual(self.dossier.access_ids.user_id, self.user_student)
        self.document.with_user(self.user_officer).action_delete("of somebody else")
        self.assertEqual(self.url_open(self.version._get_url()).status_code, 404)

    def test_fields_of_the_version(self):
        """The version tells its checksum, and no way to the file."""
        version = self.version.with_user(self.user_officer)
        self.assertEqual(len(version.sha256), 64)
        with self.assertRaises(AccessError):
            version.read(["attachment_id"])
        self.assertNotIn(
            base64.b64encode(PDF).decode(), str(version.read(["file_name", "sha256"]))
        )
