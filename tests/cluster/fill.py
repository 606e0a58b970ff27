"""Makes work for the stories of several machines, in a shell of Odoo."""

from odoo.addons.sajad_base.tests.common import OFFICER, PORTAL, SajadFactory

ONE_BY_ONE, AT_ONCE = 180, 150


class Factory(SajadFactory):
    """The factory of the tests, in this shell's environment."""


Factory.env, Factory.engine = env, env["sajad.engine"]  # noqa: F821  of the shell
university = Factory.make_university("Cluster University", "CLUSTER")
groups = f"{OFFICER},sajad_base.group_sajad_reporting"
officer = Factory.make_user("cluster_officer", groups)
person = Factory.make_user("cluster_student", PORTAL)
process = Factory.make_process("cluster", {"only": {}})
Factory.make_cartables(process, university, officer)
student = Factory.make_student("660000", university, person)
Factory.make_request(process, student)
tasks = env["sajad.task"]  # noqa: F821
for number in range(1, ONE_BY_ONE + AT_ONCE + 1):
    student = Factory.make_student(f"66{number:04}", university)
    tasks |= Factory.make_request(process, student).task_ids
env.cr.commit()  # noqa: F821
print("TASKS", *tasks.ids)  # noqa: T201
