from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.sajad_base.tests.access_table import AccessTable

from .certificate_common import CertificateCommon
from .common_payment import HoldPaymentCommon

# The officer works for the library and for the offices that cleared. Writing a hold
# means what a person corrects; the model itself asks which field and which state.
TABLE = """
record      student other officer  none     super    liaison  auditor  org      admin
certificate -       -     r        -        r        r        r        r        r
verified    -       -     -        -        -        r        r        r        r
cohort      -       -     r        -        r        rwcu     r        r        rwcu
line        -       -     r        -        r        r        r        r        r
office      -       -     r        -        r        r        r        r        rw
hold        -       -     rwc      -        rwc      -        r        r        r
instalment  -       -     r        -        r        -        r        r        r
payment     -       -     r        -        r        -        r        r        r
history     -       -     r        -        r        -        r        r        r
paying      -       -     r        -        r        -        r        r        r
system      -       -     -        -        -        -        -        -        rwc
"""
# what the maker of a dialog may do; nobody else may do anything
DIALOGS = """
dialog                  student other officer none super liaison auditor org  admin
sajad.clearance.minutes -       -     rwc     rwc  rwc   rwc     rwc     rwc  rwc
sajad.clearance.revoke  -       -     -       -    -     rwc     -       -    rwc
sajad.hold.decide       -       -     rwc     rwc  rwc   rwc     rwc     rwc  rwc
sajad.hold.decide.line  -       -     rwcu    rwcu rwcu  rwcu    rwcu    rwcu rwcu
sajad.hold.import       -       -     rwc     rwc  rwc   rwc     rwc     rwc  rwc
sajad.hold.import.line  -       -     r       r    r     r       r       r    r
"""


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, CertificateCommon, HoldPaymentCommon):
    """Who may do what with holds, certificates and classes (row E5)."""

    module = "sajad_clearance"
    table = TABLE
    dialogs = DIALOGS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.library.cartable_ids.member_ids.user_id = cls.user_officer
        for cartable in cls.cartables[0] | cls.library.cartable_ids:
            values = {"user_id": cls.user_supervisor.id, "kind": "supervisor"}
            cartable.member_ids = [Command.create(values)]
        cls.cohort = cls.env["sajad.cohort"].create(
            {
                "name": "Class",
                "university_id": cls.university.id,
                "process_id": cls.process.id,
                "numbers": "1001",
            }
        )
        cls.cohort.action_check()

    def setUp(self):
        super().setUp()
        student = self.make_students(1, national_id="9990000018", father_name="Father")
        request = self.make_request(
            self.process, student, clearance_reason="graduation"
        )
        certificate = self.certify(request)
        planned = self.hold.copy()
        planned._pay(100)
        planned._plan([(planned.date, planned.amount - 100)])
        self.records = {
            "certificate": certificate,
            "verified": self.env["sajad.clearance.verification"]._log(
                certificate, "192.0.2.1"
            ),
            "cohort": self.cohort,
            "line": self.cohort.line_ids,
            "office": self.library,
            "hold": self.hold,
            "instalment": planned.instalment_ids,
            "payment": planned.payment_ids,
            "history": self.hold.event_ids,
            "paying": self._start([self.hold]).hold_line_ids,
            "system": self.env["sajad.hold.system"].create(
                {"name": "Koha", "office_ids": [Command.set(self.library.ids)]}
            ),
        }
