from odoo.tests import tagged

from odoo.addons.sajad_base.tests.access_table import AccessTable

from .common import SupportCommon

TABLE = """
record      student other officer  none     super    liaison  auditor  org      admin
asked       r       -     -        -        -        r        r        r        r
mail        -       -     -        -        -        -        -        rw       rw
mailbox     -       -     r        r        r        r        r        r        rwcu
category    r       r     r        r        r        r        r        r        rwcu
question    -       -     r        r        r        r        r        rwc      rwcu
draft       -       -     rwc      r        r        r        r        rwc      rwcu
shared      -       -     r        r        r        r        r        r        rwcu
own         -       -     rwcu     -        -        -        -        -        -
"""
# what the maker of a dialog may do; nobody else may do anything
DIALOGS = """
dialog               student other officer none super liaison auditor org admin
sajad.support.answer -       -     rwc     rwc  rwc   rwc     rwc     rwc rwc
sajad.support.change -       -     rwc     rwc  rwc   rwc     rwc     rwc rwc
sajad.support.merge  -       -     rwc     rwc  rwc   rwc     rwc     rwc rwc
sajad.support.open   -       -     rwc     rwc  rwc   rwc     rwc     rwc rwc
sajad.support.print  -       -     -       -    -     -       rwc     rwc rwc
"""


@tagged("post_install", "-at_install")
class TestAccess(AccessTable, SupportCommon):
    """Who may do what with the records of the desk (rows D1, D2, E5)."""

    module = "sajad_helpdesk"
    table = TABLE
    dialogs = DIALOGS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Reply = cls.env["sajad.support.reply"]
        values = {"name": "Test", "body": "Hello {name}"}
        cls.records = {
            # the officer is of another cartable, the supervisor of another process
            "asked": cls.ask(),
            "mail": cls.env["sajad.support.mail"].create({"name": "Hello"}),
            "mailbox": cls.env.ref("sajad_helpdesk.sajad_support_mailbox_technical"),
            "category": cls.category,
            "question": cls.env["sajad.support.question"].create(
                {"name": "Where is it?", "answer": "<p>Here.</p>", "published": True}
            ),
            "draft": cls.env["sajad.support.question"]
            .with_user(cls.user_officer)
            .create({"name": "When?", "answer": "<p>Soon.</p>"})
            .sudo(),
            "shared": Reply.create({**values, "user_id": False}),
            "own": Reply.create({**values, "user_id": cls.user_officer.id}),
        }
