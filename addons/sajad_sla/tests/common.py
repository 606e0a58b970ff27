from odoo.addons.sajad_base.tests.common import SajadCommon


class AgreementCommon(SajadCommon):
    """A service of one office with an agreement in force."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("agreed", {"office": {}})
        cls.cartable = cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.agreement = cls.env["sajad.agreement"].create(
            {"process_id": cls.process.id}
        )
        cls.version = cls.agreement.draft_id

    def publish(self, user=None):
        """Publish the draft, of a new version where there is none."""
        agreement = self.agreement.with_user(user or self.user_admin)
        if not agreement.draft_id:
            agreement.action_new_version()
        draft = agreement.draft_id
        draft.action_publish()
        self.env.invalidate_all()
        return draft

    def get_text(self, version, name):
        section = self.env.ref(f"sajad_sla.sajad_agreement_section_{name}")
        return version.text_ids.filtered(lambda text: text.section_id == section)
