"""Makes people and work for the load, in a shell of Odoo on the cluster."""

import os
from datetime import timedelta
from time import perf_counter

from odoo.fields import Command

from odoo.addons.sajad_base.tests.common import OFFICER, PORTAL, SajadFactory
from odoo.addons.sajad_base.tools.clock import get_country_today
from odoo.addons.sajad_dossier.tests.common import PDF
from odoo.addons.sajad_fee.tools import budget_year

STUDENTS = int(os.environ["LOAD_STUDENTS"])
EXPERTS = int(os.environ["LOAD_EXPERTS"])
PASSWORD = os.environ["LOAD_PASSWORD"]
TASKS = int(os.environ["LOAD_TASKS"])  # work of the experts
NIGHTS = timedelta(days=150)  # that have counted
PATIENCE = 120  # seconds: of a country, each night takes some
LIAISON = "sajad_base.group_sajad_liaison"
AUDITOR = "sajad_base.group_sajad_auditor"


class Factory(SajadFactory):
    """The factory of the tests, in this shell's environment."""


def make_users(name, count, group):
    """Create people; all have one password, which is worked out only once."""
    values = [
        {
            "name": f"{name} {number}",
            "login": f"{name}{number}",
            "email": f"{name}{number}@example.com",
            "group_ids": [Command.set(env.ref(group).ids)],  # noqa: F821
        }
        for number in range(count)
    ]
    Users = env["res.users"].with_context(no_reset_password=True)  # noqa: F821
    users = Users.create(values)
    users[0].password = PASSWORD
    users.flush_recordset()
    env.cr.execute(  # noqa: F821
        "UPDATE res_users SET password = (SELECT password FROM res_users WHERE id = %s)"
        " WHERE id = ANY(%s)",
        [users[0].id, users.ids],
    )
    return users


Factory.env, Factory.engine = env, env["sajad.engine"]  # noqa: F821  of the shell
university = Factory.make_university("Load University", "LOAD")
experts = make_users("load_expert", EXPERTS, OFFICER)
# who imports lists, and who reads the figures of the country
(registrar,) = make_users("load_registrar", 1, LIAISON)
university.liaison_ids = registrar
make_users("load_auditor", 1, AUDITOR)
members = [Command.create({"user_id": expert.id}) for expert in experts]
free, paid = (Factory.make_process(code, {"only": {}}) for code in ("load", "load_fee"))
for process in (free, paid):
    for role in process.stage_ids.role_id:
        Factory.make_cartable(role, process, university, member_ids=members)
env["sajad.tariff"].create(  # noqa: F821
    {
        "process_id": paid.id,
        "year": budget_year.get_year(get_country_today()),
        "amount": 500_000,
    }
)
birth = env.ref("sajad_dossier.sajad_document_type_birth")  # noqa: F821
Document = env["sajad.dossier.document"]  # noqa: F821
for number, user in enumerate(make_users("load_student", STUDENTS, PORTAL)):
    student = Factory.make_student(f"55{number:04}", university, user)
    Request_sudo = env["sajad.request"].with_user(user).sudo()  # noqa: F821
    # what waits for payment
    Request_sudo._portal_submit(
        paid, student.with_env(Request_sudo.env), {}, f"load-{number}"
    )
    # a paper of each one's own in the dossier
    dossier = env["sajad.dossier"].create({"student_id": student.id})  # noqa: F821
    paper = PDF.replace(b"500 700", b"%03d 700" % number)
    Document._add(dossier, birth, {}, ("birth.pdf", paper))
for number in range(TASKS):
    student = Factory.make_student(f"56{number:04}", university)
    Factory.make_request(free, student)
env.cr.commit()  # noqa: F821
# nights have counted what is there, the last ones first, as long as there is time
Day, start = env["sajad.stat.day"], perf_counter()  # noqa: F821
first, last = Day._get_open_days()
for since, until in reversed(Day._get_parts(max(first, last - NIGHTS), last)):
    Day._fill(since, until)
    env.cr.commit()  # noqa: F821
    print(f"counted {since} to {until}: {perf_counter() - start:.0f} s")  # noqa: T201
    if perf_counter() - start > PATIENCE:
        break
env["sajad.stat.pace"]._fill()  # noqa: F821
env.cr.commit()  # noqa: F821
print("READY", STUDENTS, EXPERTS, TASKS)  # noqa: T201
