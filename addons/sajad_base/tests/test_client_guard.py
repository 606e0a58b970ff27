from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import SajadCommon


@tagged("post_install", "-at_install")
class TestClientGuard(SajadCommon):
    """Only elevated rights write what clients do not, whatever the context says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("guard", {"a": {}})
        cls.cartable = cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.user_officer.group_ids = [
            Command.link(cls.env.ref("sajad_base.group_sajad_commission").id)
        ]
        cls.request = cls.make_request(cls.process)
        cls.work = cls.request.task_ids
        cls.flags = {
            "su": True,
            "install_mode": True,
            "sajad_engine": True,
            "default_state": "closed",
        }

    def as_client(self, records):
        return records.with_user(self.user_officer).with_context(**self.flags)

    def test_every_guarded_model_refuses(self):
        guarded = [
            "sajad.cartable.request",
            "sajad.commission.item",
            "sajad.commission.session",
            "sajad.event",
            "sajad.request",
            "sajad.task",
            "sajad.visit",
        ]
        for name in guarded:
            model = self.as_client(self.env[name])
            sentence = model._get_client_refusal()
            for name_of_field in ("create_uid", "display_name"):
                with self.subTest(model=name, field=name_of_field):
                    with self.assertRaisesRegex(AccessError, sentence):
                        model._check_client_fields(
                            {name_of_field: 1}, model._client_fields
                        )
                    model.sudo()._check_client_fields(
                        {name_of_field: 1}, model._client_fields
                    )

    def test_no_flag_opens(self):
        sentence = "only through the decisions"
        with self.assertRaisesRegex(AccessError, sentence):
            self.as_client(self.work).write({"state": "done"})
        with self.assertRaisesRegex(AccessError, sentence):
            self.as_client(self.request).write({"state": "done"})
        with self.assertRaisesRegex(AccessError, sentence):
            self.as_client(self.env["sajad.request"]).create({})
        self.as_client(self.work).write({"note": "Seen"})
        self.assertEqual(self.work.note, "Seen")

    def test_defaults_of_the_context_fill_in_no_guarded_field(self):
        values = {"cartable_id": self.cartable.id, "date": "2026-11-22 08:00:00"}
        session = self.as_client(self.env["sajad.commission.session"]).create(values)
        self.assertEqual(session.state, "planned")
        self.assertEqual(session.env.context["default_state"], "closed")

    def test_defaults_of_the_context_do_not_travel_to_the_engine(self):
        spec = {"a": {}, "b": {"after": ["a"], "allow_return": True}}
        process = self.make_process("guard2", spec)
        self.make_cartables(process, self.university, self.user_officer)
        request = self.make_request(process)
        self.approve(request, "a")
        work = self.task(request, "b", self.user_officer)
        engine = self.engine.with_user(self.user_officer)
        engine = engine.with_context(default_note="Forged")
        task = work.with_context(default_note="Forged")
        engine._send_back(task, self.task(request, "a").step_id, "Again")
        self.assertStates(request, a="ready", b="waiting")
        self.assertFalse(any(request.task_ids.mapped("note")))

    def test_final_minutes_stay(self):
        values = {"cartable_id": self.cartable.id, "date": "2026-11-22 08:00:00"}
        session = self.env["sajad.commission.session"].create(values)
        session.state = "closed"
        with self.assertRaisesRegex(UserError, "are final"):
            session.with_user(self.user_officer).write({"place": "Elsewhere"})
