"""Makes work that can be approved, in a shell of Odoo; prints the ids of the items."""

from odoo.addons.sajad_base.tests.common import OFFICER, SajadFactory

COUNT = 400


class Factory(SajadFactory):
    """The factory of the tests, in this shell's environment."""


Factory.env, Factory.engine = env, env["sajad.engine"]  # noqa: F821  of the shell
university = Factory.make_university("Fault University", "FAULT")
officer = Factory.make_user("fault_officer", OFFICER)
process = Factory.make_process("fault", {"only": {}})
Factory.make_cartables(process, university, officer)
tasks = env["sajad.task"]  # noqa: F821
for number in range(COUNT):
    student = Factory.make_student(f"77{number:04}", university)
    tasks |= Factory.make_request(process, student).task_ids
env.cr.commit()  # noqa: F821
print("TASKS", *tasks.ids)  # noqa: T201
