"""What is few, made through the ORM: roles, two processes, the measured people."""

from odoo.fields import Command

# codes of stages and the levels of their roles
ELEVEN = ["faculty"] + ["university"] * 10
FOUR = ["university", "university", "organization", "organization"]

OFFICER = "sajad_base.group_sajad_officer"
PEOPLE = {
    "small": (OFFICER, "an officer of one cartable of the twentieth university"),
    "big": (OFFICER, "an officer of one cartable of the largest university"),
    "many": (OFFICER, "a supervisor of 2,000 cartables"),
    "national": (OFFICER, "an officer of one cartable of the Organization"),
    "clerk": (OFFICER, "an officer of all cartables of the largest university"),
    "liaison": ("sajad_base.group_sajad_liaison", "liaison of the largest university"),
    "auditor": ("sajad_base.group_sajad_auditor", "an auditor, who sees all"),
}


def make_structure(env):
    """Create both processes with their roles, and the people whose screens we time."""
    make_process(env, "bench_eleven", ELEVEN)
    make_process(env, "bench_four", FOUR)
    env["res.users"].with_context(no_reset_password=True).create(
        [
            {
                "name": f"Bench {name}",
                "login": f"bench_{name}",
                "group_ids": [Command.set(env.ref(group).ids)],
            }
            for name, (group, _who) in PEOPLE.items()
        ]
    )
    env.flush_all()


def make_process(env, code, levels):
    process = env["sajad.process"].create({"name": f"Process {code}", "code": code})
    flow = env["sajad.flow"].create({"process_id": process.id})
    previous = env["sajad.flow.step"]
    for number, level in enumerate(levels, start=1):
        name = f"{code}_{number:02}"
        role = env["sajad.role"].create({"name": name, "code": name, "level": level})
        stage = env["sajad.stage"].create(
            {
                "name": f"Stage {number}",
                "code": name,
                "sequence": number,
                "process_id": process.id,
                "role_id": role.id,
            }
        )
        previous = env["sajad.flow.step"].create(
            {
                "flow_id": flow.id,
                "stage_id": stage.id,
                "sequence": number,
                "time_limit": 16,
                "predecessor_ids": [Command.set(previous.ids)],
            }
        )
    flow.action_publish()
    return process


def get_user(env, name):
    return env["res.users"].search([("login", "=", f"bench_{name}")])
