from odoo.fields import Command

from odoo.addons.sajad_base.tests.common import OFFICER, SajadCommon


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


class DisputeCommon(AgreementCommon):
    """A finished request of a student, and an office that settles disputes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.version.action_publish()
        cls.user_settler = cls.make_user("t_settler", OFFICER)
        cls.user_colleague = cls.make_user("t_colleague", OFFICER)
        cls.cartable_dispute = cls.make_cartable(
            cls.env.ref("sajad_sla.sajad_role_dispute"),
            cls.process,
            cls.organization,
            cls.user_settler,
            member_ids=[
                Command.create({"user_id": user.id})
                for user in (cls.user_settler, cls.user_colleague)
            ],
        )
        cls.request = cls.close(cls.make_request(cls.process))

    @classmethod
    def close(cls, request, user=None):
        """Let the office approve a request, which ends it."""
        request.task_ids.with_user(user or cls.user_officer).action_approve()
        cls.env.invalidate_all()
        return request

    @classmethod
    def open_dispute(cls, request=None, user=None):
        request = (request or cls.request).with_user(user or cls.user_student)
        dispute = request._portal_open_dispute("It was not read.", "Read it again.")
        return dispute.sudo()

    def as_student(self, dispute):
        return dispute.with_user(self.user_student)

    def as_settler(self, dispute):
        return dispute.with_user(self.user_settler)

    def answer(self, dispute, kind, text, user=None, **values):
        """Write in the dialog of the provider."""
        Write = self.env["sajad.dispute.write"].with_user(user or self.user_settler)
        dialog = Write.create(
            {"dispute_id": dispute.id, "kind": kind, "text": text, **values}
        )
        dialog.action_apply()
        self.env.invalidate_all()

    def assertHistory(self, dispute, *kinds):
        self.env.invalidate_all()
        self.assertEqual(tuple(dispute.entry_ids.mapped("kind")), kinds)
