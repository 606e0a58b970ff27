from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.sajad_base.tests.access_table import USERS, AccessTable

from .common import DossierCommon

# "officer" keeps the dossiers, "super" looks, "central" sees sensitive papers, too
TABLE = """
record      student other officer central none super liaison auditor org admin
kind        -       -     r       r       r    r     r       r       r   rwcu
quota       -       -     r       r       r    r     r       r       r   rwcu
type        -       -     r       r       r    r     r       r       r   rwcu
requirement -       -     r       r       r    r     r       r       r   rwcu
fault       -       -     r       r       r    r     r       r       r   rwcu
dossier     -       -     rwc     rwc     -    rwc   -       rwc     rwc rwc
phase       -       -     r       r       -    r     -       r       r   r
item        -       -     r       r       -    r     -       r       r   r
document    -       -     rw      rw      -    rw    -       rw      rw  rw
sensitive   -       -     -       rw      -    -     -       -       -   -
version     -       -     r       r       -    r     -       r       r   r
check       -       -     r       r       -    r     -       r       r   r
text        -       -     -       -       -    -     -       -       -   -
retention   -       -     r       r       r    r     r       r       r   rwcu
stay        -       -     rc      rc      -    rc    -       rc      rc  rc
destruction -       -     -       rwc     -    -     -       rwc     rwc rwc
paper       -       -     -       r       -    -     -       r       r   r
note        -       -     rc      rc      -    rc    -       rc      rc  rc
upload      -       -     rwc     -       -    -     -       -       -   -
file        -       -     r       -       -    -     -       -       -   -
access      -       -     r       r       -    r     -       r       r   r
check_run   -       -     -       -       -    -     -       -       -   r
faulty      -       -     -       -       -    -     -       -       -   rw
draft       -       -     -       -       -    -     -       -       -   -
page        -       -     -       -       -    -     -       -       -   -
export      -       -     r       r       -    r     -       r       r   r
"""
# what the maker of a dialog may do; nobody else may do anything
DIALOGS = """
dialog               student other officer central none super liaison auditor org admin
sajad.dossier.add    -       -     rwc     rwc     rwc  rwc   rwc     rwc     rwc rwc
sajad.dossier.note.print - -     rwc     rwc     rwc  rwc   rwc     rwc     rwc rwc
sajad.dossier.reason -       -     rwc     rwc     rwc  rwc   rwc     rwc     rwc rwc
"""


@tagged("post_install", "-at_install")
class TestAccess(AccessTable, DossierCommon):
    """Who may do what with dossiers; who decides is asked besides (rows C2, E5)."""

    module = "sajad_dossier"
    table = TABLE
    dialogs = DIALOGS
    users = {
        **dict(list(USERS.items())[:3]),
        "central": "central",
        **dict(list(USERS.items())[3:]),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cartable_faculty.member_ids = [
            Command.create({"user_id": cls.user_supervisor.id, "kind": "supervisor"})
        ]
        document = cls.add("birth")
        document.with_user(cls.user_officer).action_verify()
        cls.sensitive = cls.add("confidential_transcript")
        draft, page = cls.make_draft("photo")
        cls.retention = cls.env["sajad.dossier.retention"].create(
            {"type_id": document.type_id.id, "years": 1, "basis": "Regulation"}
        )
        cls.dossier.write({"end_kind": "other", "date_end": "2020-01-01"})
        cls.destruction = cls.env["sajad.dossier.destruction"].create(
            {"university_id": cls.university.id}
        )
        cls.upload = cls.make_upload()
        cls.check = cls.env["sajad.dossier.store.check"].create({})
        cls.env["sajad.dossier.store.fault"]._note(
            cls.check, document.version_id, {document.version_id: "missing"}
        )
        cls.records = {
            "kind": cls.env.ref("sajad_dossier.sajad_admission_kind_exam"),
            "quota": cls.env.ref("sajad_dossier.sajad_admission_quota_region1"),
            "type": cls.get_type("birth"),
            "requirement": cls.env.ref(
                "sajad_dossier.sajad_document_requirement_birth"
            ),
            "fault": cls.env.ref("sajad_dossier.sajad_document_fault_other"),
            "dossier": cls.dossier,
            "phase": cls.dossier.phase_ids[:1],
            "item": cls.dossier.item_ids[:1],
            "document": document,
            "sensitive": cls.sensitive,
            "version": document.version_id,
            "check": document.check_ids,
            "text": cls.env["sajad.dossier.text"].create(
                {"version_id": document.version_id.id, "state": "read"}
            ),
            "retention": cls.retention,
            "stay": cls.env["sajad.dossier.stay"].create(
                {"dossier_id": cls.dossier.id, "number": "1", "reason": "Court"}
            ),
            "destruction": cls.destruction,
            "paper": cls.destruction.line_ids,
            "note": cls.env["sajad.dossier.note"].create(
                {"dossier_id": cls.dossier.id, "text": "complete"}
            ),
            "upload": cls.upload,
            "file": cls.upload.line_ids,
            "access": cls.env["sajad.dossier.access"]
            .with_user(cls.user_officer)
            ._note(document.version_id, "view"),
            "check_run": cls.check,
            "faulty": cls.env["sajad.dossier.store.fault"].search(
                [("check_id", "=", cls.check.id)]
            ),
            "draft": draft,
            "page": page,
            "export": cls.dossier.with_user(cls.user_officer)._export("pdf"),
        }

    @classmethod
    def make_upload(cls):
        upload = (
            cls.env["sajad.dossier.import"]
            .with_user(cls.user_officer)
            .create({"university_id": cls.university.id})
        )
        # lines are the system's own
        cls.env["sajad.dossier.import.line"].create({"import_id": upload.id})
        return upload

    def test_who_looks_changes_nothing(self):
        """Supervisors and auditors have the menu, and no hand in a dossier."""
        for user in (self.user_supervisor, self.user_auditor, self.user_admin):
            dossier = self.dossier.with_user(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                dossier.box = "12"
            with self.subTest(user.login), self.assertRaises(AccessError):
                dossier.document_ids[:1].action_delete("mistake")
            with self.subTest(user.login), self.assertRaises(AccessError):
                dossier.item_ids[:1].action_waive("mistake")
            with self.subTest(user.login), self.assertRaises(AccessError):
                dossier.note_ids.create({"dossier_id": dossier.id, "text": "x"})

    def test_only_methods_change_states(self):
        document = self.add("photo", None, system="Archive").with_user(
            self.user_officer
        )
        for values in ({"state": "verified"}, {"date_deleted": False}):
            with self.subTest(values), self.assertRaises(AccessError):
                document.write(values)
        with self.assertRaises(AccessError):
            self.dossier.with_user(self.user_officer).percent = 100

    def test_membership_ends(self):
        """Who has left the office sees no dossier from the next day on."""
        dossier = self.dossier.with_user(self.user_officer)
        self.assertTrue(dossier.has_access("read"))
        self.cartable_faculty.member_ids.date_to = "2020-01-01"
        self.env.invalidate_all()
        self.assertFalse(dossier.has_access("read"))

    def test_keeping_is_the_roles(self):
        self.role_faculty.keeps_dossiers = False
        self.env.invalidate_all()
        self.assertFalse(self.dossier.with_user(self.user_officer).has_access("read"))
