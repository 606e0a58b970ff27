"""The peer: Odoo's own tasks, tracked and with messages, as its users move them."""

from timing import Case

from odoo import Command


class Project:
    """A project with stages; the administrator works in it, not the superuser."""

    def __init__(self, env, count):
        self.env = env(user=env.ref("base.user_admin"))
        self.count = count
        self.stages = self.env["project.task.type"].search(
            [("name", "=like", "Bench %")], order="sequence"
        ) or self.env["project.task.type"].create(
            [{"name": f"Bench {number}", "sequence": number} for number in range(11)]
        )
        self.project = self.env["project.project"].search(
            [("name", "=", "Bench")]
        ) or self.env["project.project"].create(
            {"name": "Bench", "type_ids": [Command.set(self.stages.ids)]}
        )
        if not self.tasks():
            self.create()
        env.cr.commit()

    def get_moves(self):
        return [
            self.case("project.task, one by one, message", self.move_each, self.tasks),
            self.case("project.task, one write, no message", self.move_all, self.tasks),
        ]

    def get_creations(self):
        return [self.case("500 project.task, one batch", self.create)]

    def case(self, name, run, prepare=None):
        return Case(name, self.env, run, prepare, self.count)

    def tasks(self):
        return self.env["project.task"].search(
            [("project_id", "=", self.project.id)], limit=self.count
        )

    def create(self):
        return self.env["project.task"].create(
            [
                {
                    "name": f"Task {number}",
                    "project_id": self.project.id,
                    "stage_id": self.stages[0].id,
                }
                for number in range(self.count)
            ]
        )

    def move_each(self, tasks):
        for task in tasks:
            task.stage_id = self.stages[1]
            task.message_post(body="Approved.")

    def move_all(self, tasks):
        tasks.write({"stage_id": self.stages[1].id})
