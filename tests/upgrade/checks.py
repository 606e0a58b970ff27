# Piped into Odoo's shell on a database that was carried over: what must hold in it.
# ruff: noqa: F821, T201  `env` is the shell's, and what is printed is read
import json
from collections import defaultdict

from lxml import etree

from odoo.exceptions import AccessDenied, UserError
from odoo.modules import Manifest
from odoo.orm.table_objects import Index
from odoo.tools import sql
from odoo.tools.misc import file_path

OURS = env["ir.module.module"].search(
    [("state", "=", "installed"), ("name", "=like", "sajad\\_%")]
)


def rules():
    """Each record rule says what its file says, and there is no other one."""
    known = set()
    for name in OURS.mapped("name"):
        for path in Manifest.for_addon(name)["data"]:
            if path.startswith("security/") and path.endswith(".xml"):
                tree = etree.parse(file_path(f"{name}/{path}"))
                for node in tree.iterfind(".//record[@model='ir.rule']"):
                    xmlid = f"{name}.{node.get('id')}"
                    known.add(xmlid)
                    said = node.findtext("field[@name='domain_force']") or ""
                    rule = env.ref(xmlid, raise_if_not_found=False)
                    if not rule or (rule.domain_force or "").strip() != said.strip():
                        yield f"{xmlid} has its old words"
    data = env["ir.model.data"].search(
        [("model", "=", "ir.rule"), ("module", "in", OURS.mapped("name"))]
    )
    yield from (
        f"{n} is still there" for n in set(data.mapped("complete_name")) - known
    )


def indexes():
    """Each index is as its model says."""
    for name, model in env.items():
        for item in model._table_objects.values():
            if isinstance(item, Index) and model._auto and not model._abstract:
                wanted = item.get_definition(env.registry)
                if not name.startswith("sajad.") or not wanted:
                    continue
                _is, said = sql.index_definition(env.cr, item.full_name(model))
                if said != wanted:
                    yield f"index {item.full_name(model)} is not as the model says"


def history():
    """Nothing of it was changed."""
    for line in env["sajad.append.only"]._audit():
        if line["fault"]:
            yield f"{line['table']}: {line['fault']}"


def sign_in():
    """Students and officers sign in with the password that they had."""
    for login in ("student1", "student3", "khwarazmi", "organization", "admin"):
        try:
            env["res.users"].authenticate(
                {"type": "password", "login": login, "password": login},
                {"interactive": False},
            )
        except AccessDenied:
            yield f"{login} cannot sign in"


def decisions():
    """Who is in charge decides on an open request of each process."""
    open_tasks = defaultdict(env["sajad.task"].browse)
    for task in env["sajad.task"].search([("state", "=", "ready")]):
        open_tasks[task.process_id] |= task
    if not open_tasks:
        yield "no work is open"
    for process, tasks in open_tasks.items():
        if not any(map(approves, tasks)):
            yield f"nothing of {process.code} can be approved"


def approves(task):
    """Whether somebody of the office approves it; nothing of that stays."""
    for user in task.cartable_id.member_ids.filtered("is_in_force").user_id:
        try:
            with env.cr.savepoint() as savepoint:
                task.with_user(user).action_approve()
                env.flush_all()
                done = task.state == "done"
                savepoint.rollback()
            env.invalidate_all(flush=False)
        except UserError:
            continue
        if done:
            return True
    return False


def values():
    """What lay in fields that are gone lies where it is asked for now."""
    answered = env["sajad.request"].search([("process_id.code", "=", "commission")])
    answers = [item for item in answered[0].read(["properties"])[0]["properties"]]
    if not any(item["name"] == "wish" and item.get("value") for item in answers):
        yield "the answers to a form cannot be read"
    if not answered[0].flow_id.request_properties_definition:
        yield "the form of a process is gone"
    tariffs = env["sajad.tariff"].search([])
    if [(row.process_id.code, row.amount) for row in tariffs] != [
        ("clearance_eleven", 500000)
    ]:
        yield f"the fee of a service is gone: {tariffs}"
    if env["res.company.ldap"].search([]).mapped("encryption") != ["starttls"]:
        yield "a directory is asked without encryption"
    if env["ir.config_parameter"].get_param("sajad_base.verify_limit") != "25":
        yield "the limit of public pages is gone"


def jobs():
    """Jobs call what there is, and those of figures have counted."""
    for job in env["ir.cron"].search([("model_id.model", "=like", "sajad.%")]):
        method = job.code.partition("(")[0].removeprefix("model.")
        if not hasattr(env[job.model_id.model], method):
            yield f"job {job.name} calls {method}, which is gone"
    env["sajad.stat.day"]._backfill()
    if not env["sajad.stat.day"].search_count([], limit=1):
        yield "no day is counted"
    env.cr.rollback()


for check in (rules, indexes, history, sign_in, decisions, values, jobs):
    print("CHECK " + json.dumps([check.__doc__, list(check())]))
