from odoo.tests import tagged

from odoo.addons.sajad_base.tests.test_race import RaceCommon

from .common import PDF, PDF_2

# rows that nobody may delete were committed
CLEAN_UP = """
UPDATE sajad_dossier_document SET version_id = NULL, state = 'draft'
 WHERE dossier_id = %(dossier)s;
DELETE FROM sajad_dossier_version v USING sajad_dossier_document d
 WHERE d.id = v.document_id AND d.dossier_id = %(dossier)s;
DELETE FROM ir_attachment WHERE id IN %(files)s;
DELETE FROM sajad_dossier_document WHERE dossier_id = %(dossier)s;
DELETE FROM sajad_dossier_item WHERE dossier_id = %(dossier)s;
DELETE FROM sajad_dossier_phase WHERE dossier_id = %(dossier)s;
DELETE FROM sajad_dossier WHERE id = %(dossier)s;
"""


@tagged("post_install", "-at_install")
class TestVersionRace(RaceCommon):
    """Two files that come at one moment are two versions (row C2)."""

    def setUp(self):
        super().setUp()
        with self.environment() as env:
            dossier = env["sajad.dossier"].create({"student_id": self.ids["student"]})
            self.ids["dossier"] = dossier.id
            kind = env.ref("sajad_dossier.sajad_document_type_birth")
            Document = env["sajad.dossier.document"]
            document = Document._add(dossier, kind, {}, ("first.pdf", PDF))
            self.ids["document"] = document.id
        self.addCleanup(self.clean_up_dossier)

    def clean_up_dossier(self):
        with self.environment() as env:
            document = env["sajad.dossier.document"].browse(self.ids["document"])
            files = tuple(document.version_ids.attachment_id.ids) or (0,)
            ids = {"dossier": self.ids["dossier"], "files": files}
            env.cr.execute(CLEAN_UP, ids)

    def bring(self, env, content):
        # who may was asked by whoever calls it
        document = env["sajad.dossier.document"].sudo().browse(self.ids["document"])
        document._add_version("newer.pdf", content)

    def test_numbers(self):
        self.race(
            lambda env: self.bring(env, PDF_2),
            lambda env: self.bring(env, PDF + b"\n"),
        )
        with self.environment() as env:
            document = env["sajad.dossier.document"].browse(self.ids["document"])
            numbers = document.version_ids.mapped("number")
            self.assertEqual(sorted(numbers), [1, 2, 3])
            self.assertEqual(document.version_id.number, 3)

    def test_same_file(self):
        """Sent twice by one click too many, it is kept once."""
        results = self.race(
            lambda env: self.bring(env, PDF_2), lambda env: self.bring(env, PDF_2)
        )
        self.assertIn("there already", str(results["second"]))
        with self.environment() as env:
            document = env["sajad.dossier.document"].browse(self.ids["document"])
            self.assertEqual(sorted(document.version_ids.mapped("number")), [1, 2])
