from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.sajad_base.tests.test_access import USERS

from .certificate_common import CertificateCommon

# As in sajad_base: what each user may do with each record of this addon.
TABLE = """
record       student other officer  none     super    liaison  auditor  org      admin
certificate  -       -     r        -        r        r        r        r        r
verification -       -     -        -        -        r        r        r        r
throttle     -       -     -        -        -        -        -        -        r
cohort       -       -     r        -        r        rwcu     r        r        rwcu
line         -       -     r        -        r        r        r        r        r
"""


@tagged("post_install", "-at_install")
class TestCertificateAccess(CertificateCommon):
    """Who may do what with certificates and classes (row E5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sajad.cartable.member"].create(
            {
                "cartable_id": cls.cartables[0].id,
                "user_id": cls.user_supervisor.id,
                "kind": "supervisor",
            }
        )
        cls.cohort = cls.env["sajad.cohort"].create(
            {
                "name": "Class",
                "university_id": cls.university.id,
                "process_id": cls.process.id,
                "numbers": "1001",
            }
        )
        cls.cohort.action_check()
        Throttle = cls.env["sajad.clearance.throttle"]
        Throttle._take("192.0.2.1")
        cls.throttle = Throttle.search([], limit=1, order="id desc")

    def test_table(self):
        certificate = self.certify()
        records = {
            "certificate": certificate,
            "verification": self.env["sajad.clearance.verification"]._log(
                certificate, "192.0.2.1"
            ),
            "throttle": self.throttle,
            "cohort": self.cohort,
            "line": self.cohort.line_ids,
        }
        found = ["record " + " ".join(USERS)]
        for name, record in records.items():
            cells = [self.get_cell(record, f"user_{user}") for user in USERS.values()]
            found.append(f"{name} {' '.join(cells)}")
        expected = [" ".join(line.split()) for line in TABLE.strip().splitlines()]
        self.assertEqual(found, expected)

    def get_cell(self, record, user):
        self.assertTrue(record)
        record = record.with_user(getattr(self, user))
        operations = ("read", "write", "create", "unlink")
        return "".join(op[0] for op in operations if record.has_access(op)) or "-"

    def test_other_universities_are_invisible(self):
        certificate = self.certify()
        self.make_cartables(self.process, self.other_university, self.user_stranger)
        env = self.env(user=self.user_stranger)
        for model in ("sajad.clearance.certificate", "sajad.cohort"):
            self.assertFalse(env[model].search([]), model)
        with self.assertRaises(AccessError):
            certificate.with_env(env).read(["token"])

    def test_verifications_are_append_only(self):
        verification = self.env["sajad.clearance.verification"]._log(
            self.certify(), "192.0.2.77"
        )
        self.assertEqual(verification.network, "192.0.2.0/24")
        with self.assertRaises(AccessError):
            verification.network = "x"
        with self.assertRaises(AccessError):
            verification.unlink()
        with self.assertRaises(AccessError):
            verification.with_user(self.user_admin).copy()

    def test_networks(self):
        Verification = self.env["sajad.clearance.verification"]
        self.assertEqual(Verification._truncate("2001:db8:1:2:3::4"), "2001:db8:1::/48")
        self.assertFalse(Verification._truncate("nonsense"))
        self.assertFalse(Verification._truncate(None))
