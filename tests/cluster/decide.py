"""Starts a decision on many, in a shell of Odoo on the cluster: the work made first.

What was made last is left for those who approve one by one.
"""

COUNT = 150
PART = 10  # small, so that there are many to be cut off

officer = env["res.users"].search([("login", "=", "cluster_officer")])  # noqa: F821
Task = env["sajad.task"].with_user(officer)  # noqa: F821
tasks = Task.search([("state", "=", "ready")], order="id", limit=COUNT)
tasks._start_decisions("approve")
batch = env["sajad.batch"].search([], order="id desc", limit=1)  # noqa: F821
batch.chunk = PART
env.ref("sajad_base.ir_cron_batch")._trigger()  # noqa: F821
env.cr.commit()  # noqa: F821
print("TASKS", *tasks.ids)  # noqa: T201
