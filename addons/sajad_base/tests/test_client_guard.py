from odoo.exceptions import AccessError
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
        cls.request = cls.make_request(cls.process)
        cls.work = cls.request.task_ids
        cls.flags = {
            "su": True,
            "install_mode": True,
            "sajad_engine": True,
            "default_state": "done",
        }

    def as_client(self, records):
        return records.with_user(self.user_officer).with_context(**self.flags)

    def test_every_guarded_model_refuses(self):
        guard = self.registry["sajad.client.guard"]
        guarded = [
            name
            for name, model in self.registry.items()
            if issubclass(model, guard) and not model._abstract
        ]
        self.assertGreaterEqual(set(guarded), {"sajad.request", "sajad.task"})
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
        Request = self.env["sajad.cartable.request"].with_user(self.user_liaison)
        values = {
            "university_id": self.university.id,
            "process_id": self.process.id,
            "role_id": self.process.stage_ids.role_id.id,
        }
        asked = Request.with_context(default_state="approved").create(values)
        self.assertEqual(asked.state, "draft")
        self.assertEqual(asked.env.context["default_state"], "approved")

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
