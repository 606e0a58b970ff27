from odoo.fields import Command

from .common import SajadCommon


class FlowMigrateCommon(SajadCommon):
    """A request on the first version of a process, and what makes a next version."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "mig",
            {
                "a": {"time_limit": 8},
                "b": {"after": ["a"]},
                "c": {"after": ["a"]},
                "d": {"after": ["b", "c"]},
            },
        )
        cls.old = cls.process.published_flow_id
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.request = cls.make_request(cls.process)

    def new_version(self, remove=(), publish=True, **after):
        """Publish a copy: without some steps, with {code: codes before it}."""
        flow = self.old.copy()
        steps = {step.stage_id.code: step for step in flow.step_ids}
        for code in remove:
            steps.pop(code).unlink()
        for code in after:
            if code not in steps:
                steps[code] = self.add_step(flow, code)
        for code, before in after.items():
            steps[code].predecessor_ids = [
                Command.set([steps[other].id for other in before])
            ]
        if publish:
            flow.action_publish()
        return flow

    def add_step(self, flow, code, role=None):
        role = role or self.make_role(f"mig_{code}")
        stage = self.env["sajad.stage"].create(
            {
                "name": f"Stage {code}",
                "code": code,
                "sequence": 50,
                "process_id": self.process.id,
                "role_id": role.id,
            }
        )
        self.make_cartable(role, self.process, self.university, self.user_officer)
        return self.env["sajad.flow.step"].create(
            {"flow_id": flow.id, "stage_id": stage.id, "sequence": 50}
        )

    def migrate(self, flow, requests=None, **options):
        return self.engine._migrate(requests or self.request, flow, **options)

    def finish(self, *codes):
        self.approve(self.request, *codes)
        self.env.invalidate_all()
