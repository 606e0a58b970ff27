from odoo.tests import tagged

from odoo.addons.sajad_base.tests.access_table import AccessTable
from odoo.addons.sajad_base.tests.common import SajadCommon

# the designer keeps nothing of its own: it has dialogs only
TABLE = """
record      student other officer  none     super    liaison  auditor  org      admin
"""
# what the maker of a dialog may do; nobody else may do anything
DIALOGS = """
dialog                     student other officer none super liaison auditor org admin
sajad.flow.compare         -       -     -       -    -     -       -       -   rwc
sajad.flow.compare.line    -       -     -       -    -     -       -       -   rwcu
sajad.flow.migrate         -       -     -       -    -     -       -       -   rwc
sajad.flow.migrate.line    -       -     -       -    -     -       -       -   rwcu
sajad.flow.migrate.problem -       -     -       -    -     -       -       -   rwcu
sajad.flow.migrate.stage   -       -     -       -    -     -       -       -   rwcu
sajad.flow.publish         -       -     -       -    -     -       -       -   rwc
sajad.flow.publish.line    -       -     -       -    -     -       -       -   rwcu
sajad.flow.simulate        -       -     -       -    -     -       -       -   rwc
sajad.flow.simulate.line   -       -     -       -    -     -       -       -   rwcu
sajad.form.design          -       -     -       -    -     -       -       -   rwc
sajad.form.design.line     -       -     -       -    -     -       -       -   rwcu
sajad.process.import       -       -     -       -    -     -       -       -   rwc
sajad.process.import.line  -       -     -       -    -     -       -       -   rwcu
"""


@tagged("post_install", "-at_install")
class TestAccess(AccessTable, SajadCommon):
    """Who may open the dialogs of the designer (rows A5, E5)."""

    module = "sajad_process_designer"
    table = TABLE
    dialogs = DIALOGS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.records = {}

    def test_dialogs_are_the_administrators(self):
        for model in self.get_own_models(transient=True):
            for user in ("officer", "liaison", "organization", "auditor"):
                with self.subTest(f"{user} {model}"):
                    self.assertEqual(self.get_cell(self.env[model], user), "-")
