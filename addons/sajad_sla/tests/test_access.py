from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.sajad_base.tests.access_table import USERS, AccessTable

from .clock_common import ClockFactory
from .common import DisputeCommon

# "officer" decided the request, "settler" settles its dispute, "super" looks there
TABLE = """
record    student other officer settler none super liaison auditor org admin
section   -       -     r       r       r    r     r       r       r   rwcu
agreement -       -     r       r       r    r     r       r       r   rwcu
draft     -       -     r       r       r    r     r       r       r   rwu
published -       -     r       r       r    r     r       r       r   rwu
text      -       -     r       r       r    r     r       r       r   rwcu
kept      -       -     r       r       r    r     r       r       r   r
dispute   -       -     -       r       -    r     -       r       r   r
entry     -       -     -       r       -    r     -       r       r   r
clock     -       -     r       r       -    r     r       r       r   r
policy    -       -     r       r       r    r     r       r       r   rwcu
promise   -       -     r       r       r    r     r       r       r   r
step      -       -     r       r       r    r     r       r       r   rwcu
line      -       -     r       r       r    r     r       r       r   rwcu
day       -       -     -       -       -    -     -       r       r   r
risk      -       -     -       -       -    -     -       r       r   r
check     -       -     -       -       -    -     -       -       -   r
"""
# what the maker of a dialog may do; nobody else may do anything
DIALOGS = """
dialog                student other officer settler none super liaison auditor org admin
sajad.agreement.compare -       -     rwc     rwc     rwc  rwc   rwc     rwc     rwc rwc
sajad.dispute.write     -       -     rwc     rwc     rwc  rwc   rwc     rwc     rwc rwc
sajad.sla.print         -       -     -       -       -    -     -       rwc     rwc rwc
"""


@tagged("post_install", "-at_install")
class TestAccess(AccessTable, ClockFactory, DisputeCommon):
    """Who may do what with agreements, disputes and clocks (row E5)."""

    module = "sajad_sla"
    table = TABLE
    dialogs = DIALOGS
    users = {
        **dict(list(USERS.items())[:3]),
        "settler": "settler",
        **dict(list(USERS.items())[3:]),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cartable_dispute.member_ids = [
            Command.create({"user_id": cls.user_supervisor.id, "kind": "supervisor"})
        ]
        cls.dispute = cls.open_dispute()
        cls.agreement.action_new_version()
        draft = cls.agreement.draft_id
        cls.records = {
            "section": cls.env.ref("sajad_sla.sajad_agreement_section_goal"),
            "agreement": cls.agreement,
            "draft": draft,
            "published": cls.version,
            "text": draft.text_ids[0],
            "kept": cls.version.text_ids[0],
            "dispute": cls.dispute,
            "entry": cls.dispute.entry_ids,
            **cls.make_clock(),
        }

    @classmethod
    def make_clock(cls):
        """Make a promise and a clock, of a request that a supervisor sees, too."""
        cls.cartable.member_ids = [
            Command.create({"user_id": cls.user_supervisor.id, "kind": "supervisor"})
        ]
        policy = cls.make_policy("solution", steps=[(0, "expert")])
        policy.line_ids = [Command.create({"priority": "3", "target": 4})]
        request = cls.make_request(cls.process)
        return {
            "clock": request.sla_clock_ids,
            "policy": policy,
            "promise": policy.version_id,
            "step": policy.step_ids,
            "line": policy.line_ids,
            "day": cls.env["sajad.sla.day"].create(
                {
                    "day": "2026-11-28",
                    "process_id": cls.process.id,
                    "university_id": cls.university.id,
                    "metric": "solution",
                }
            ),
            "risk": cls.env["sajad.sla.risk"].create(
                {
                    "day": "2026-11-28",
                    "process_id": cls.process.id,
                    "metric": "solution",
                }
            ),
            "check": cls.env["sajad.sla.check"].create(
                {"date": "2026-11-28", "request_id": request.id}
            ),
        }
