from odoo.tests import tagged

from odoo.addons.sajad_base.tests.access_table import AccessTable

from .common import AgreementCommon

TABLE = """
record    student other officer none super liaison auditor org admin
section   -       -     r       r    r     r       r       r   rwcu
agreement -       -     r       r    r     r       r       r   rwcu
draft     -       -     r       r    r     r       r       r   rwu
published -       -     r       r    r     r       r       r   rwu
text      -       -     r       r    r     r       r       r   rwcu
kept      -       -     r       r    r     r       r       r   r
"""
# what the maker of a dialog may do; nobody else may do anything
DIALOGS = """
dialog                  student other officer none super liaison auditor org admin
sajad.agreement.compare -       -     rwc     rwc  rwc   rwc     rwc     rwc rwc
"""


@tagged("post_install", "-at_install")
class TestAccess(AccessTable, AgreementCommon):
    """Who may do what with agreements and disputes (row E5)."""

    module = "sajad_sla"
    table = TABLE
    dialogs = DIALOGS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.version.action_publish()
        cls.agreement.action_new_version()
        draft = cls.agreement.draft_id
        cls.records = {
            "section": cls.env.ref("sajad_sla.sajad_agreement_section_goal"),
            "agreement": cls.agreement,
            "draft": draft,
            "published": cls.version,
            "text": draft.text_ids[0],
            "kept": cls.version.text_ids[0],
        }
