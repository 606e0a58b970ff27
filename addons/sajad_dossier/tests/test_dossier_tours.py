from odoo.tests import HttpCase, tagged

from .common import DossierCommon


@tagged("post_install", "-at_install", "is_tour")
class TestDossierTours(DossierCommon, HttpCase):
    """The step-by-step process of the source, in Persian (rows C5, C9)."""

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.user_graduates = cls.make_user(
            "t_graduates", "sajad_base.group_sajad_officer"
        )
        cls.make_cartable(
            cls.env.ref("sajad_dossier.sajad_role_dossier_graduates"),
            cls.process,
            cls.university,
            cls.user_graduates,
        )
        (cls.user_officer | cls.user_central | cls.user_graduates).lang = "fa_IR"

    def tour(self, request, stage, name, user):
        url = f"/odoo/sajad-inbox/{self.task(request, stage).id}"
        self.start_tour(url, name, login=user.login)
        self.env.invalidate_all()

    def test_two_experts(self):
        """The faculty's expert, then the university's, each at the own work."""
        birth = self.add("birth", name="شناسنامه")
        card = self.add("national_card", name="کارت ملی")
        request = self.dossier._send_for_check("admission")
        self.tour(request, "faculty", "sajad_dossier_verify", self.user_officer)
        self.assertEqual({birth.state, card.state}, {"checked"})
        self.tour(request, "admissions", "sajad_dossier_verify", self.user_central)
        self.assertEqual({birth.state, card.state}, {"verified"})
        self.assertEqual(request.state, "done")

    def test_final_check(self):
        self.dossier.item_ids.with_user(self.user_officer).action_waive("on paper")
        self.dossier.with_user(self.user_officer).action_final_check()
        request = self.dossier.request_ids
        self.approve(request, "faculty")
        self.approve(request, "admissions", user=self.user_central)
        self.tour(request, "graduates", "sajad_dossier_final", self.user_graduates)
        self.assertEqual(self.dossier.end_kind, "graduated")
