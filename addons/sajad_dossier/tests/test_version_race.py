from odoo.tests import tagged

from odoo.addons.sajad_base.tests.test_race import RaceCommon

from .common import PDF, PDF_2

# rows that nobody may delete were committed
CLEAN_UP = """
ALTER TABLE sajad_dossier_check DISABLE TRIGGER USER;
DELETE FROM sajad_dossier_check c USING sajad_dossier_document d
 WHERE d.id = c.document_id AND d.dossier_id = %(dossier)s;
ALTER TABLE sajad_dossier_check ENABLE TRIGGER USER;
DELETE FROM sajad_dossier_stay WHERE dossier_id = %(dossier)s;
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


class DossierRaceCommon(RaceCommon):
    """A dossier with a document of it, which others see at once."""

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


@tagged("post_install", "-at_install")
class TestVersionRace(DossierRaceCommon):
    """Two files that come at one moment are two versions (row C2)."""

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


@tagged("post_install", "-at_install")
class TestLockRace(DossierRaceCommon):
    """Of two who decide at one moment the second is told so (rows C2, C5)."""

    sentence = "Somebody else is changing this just now"

    def setUp(self):
        super().setUp()
        with self.environment() as env:
            type(self).env = env
            cartable = self.make_cartable(
                env.ref("sajad_dossier.sajad_role_dossier_admissions"),
                env.ref("sajad_dossier.sajad_process_dossier"),
                self.university.with_env(env),
                self.user_officer.with_env(env),
            )
            self.ids["cartable"] = cartable.id
            kind = env.ref("sajad_dossier.sajad_document_type_birth")
            kind.tiers = "1"
        self.addCleanup(self.clean_up_office)

    def clean_up_office(self):
        with self.environment() as env:
            cartable = env["sajad.cartable"].browse(self.ids["cartable"])
            lists = [("university_id", "=", cartable.university_id.id)]
            ids = env["sajad.dossier.destruction"].search(lists).ids
            env.cr.execute(
                "DELETE FROM sajad_dossier_destruction WHERE id = ANY(%s)", [ids]
            )
            cartable.member_ids.unlink()
            cartable.unlink()
            env.ref("sajad_dossier.sajad_document_type_birth").tiers = "2"

    def race_and_lose(self, act):
        results = self.race(act, act)
        self.assertIn(self.sentence, str(results["second"]))

    def test_verify(self):
        with self.environment() as env:
            document = env["sajad.dossier.document"].browse(self.ids["document"])
            document.state = "submitted"
        self.race_and_lose(
            lambda env: (
                env["sajad.dossier.document"]
                .browse(self.ids["document"])
                .action_verify()
            )
        )
        with self.environment() as env:
            document = env["sajad.dossier.document"].browse(self.ids["document"])
            self.assertEqual(document.state, "verified")
            self.assertEqual(len(document.check_ids), 1)

    def test_lift_a_stay(self):
        with self.environment() as env:
            vals = {"dossier_id": self.ids["dossier"], "number": "1", "reason": "Court"}
            stay_id = env["sajad.dossier.stay"].create(vals).id
        self.race_and_lose(
            lambda env: env["sajad.dossier.stay"].browse(stay_id).action_release("Over")
        )

    def test_destruction_against_a_stay(self):
        """Papers do not go while somebody keeps them from it."""

        def stay(env):
            vals = {"dossier_id": self.ids["dossier"], "number": "2", "reason": "Audit"}
            env["sajad.dossier.stay"].create(vals)

        def destroy(env):
            # as the job does before it looks once more for stays
            env["sajad.dossier"].browse(self.ids["dossier"]).lock_for_update()

        results = self.race(stay, destroy)
        self.assertIn(self.sentence, str(results["second"]))

    def test_approve_a_list(self):
        with self.environment() as env:
            record = env["sajad.dossier.destruction"].create(
                {"university_id": self.university.id}
            )
            record.write({"state": "proposed", "proposed_by_id": env.uid})
            list_id = record.id
        self.race_and_lose(
            lambda env: (
                env["sajad.dossier.destruction"].browse(list_id).action_approve()
            )
        )
