"""Part ``upgrade``: databases of older versions, with data, become today's."""

import json
import subprocess

from .. import logcheck
from ..database import dumps

# what an office, a student and an auditor would miss
_ROWS = """
SELECT 'request ' || id, concat_ws(' ', name, state, student_id, process_id, flow_id)
FROM sajad_request UNION ALL
SELECT 'answers ' || id, properties::text FROM sajad_request
WHERE properties IS NOT NULL UNION ALL
SELECT 'task ' || id, concat_ws(' ', request_id, stage_id, state, cartable_id)
FROM sajad_task UNION ALL
SELECT 'event ' || id, concat_ws(' ', request_id, kind, user_id, date) FROM sajad_event
UNION ALL SELECT 'hold ' || id, concat_ws(' ', student_id, state, amount)
FROM sajad_hold UNION ALL
SELECT 'file ' || id, concat_ws(' ', res_model, res_id, checksum) FROM ir_attachment
WHERE res_model ~ '^sajad' UNION ALL
SELECT 'member ' || id, concat_ws(' ', cartable_id, user_id, kind)
FROM sajad_cartable_member UNION ALL
SELECT 'group ' || l.login || ' ' || d.module || '.' || d.name, 'member'
FROM res_groups_users_rel r JOIN res_users l ON l.id = r.uid
JOIN ir_model_data d ON d.model = 'res.groups' AND d.res_id = r.gid
WHERE d.module ~ '^sajad_'
"""
_TABLES = """
SELECT table_name, (xpath('/row/n/text()', query_to_xml(
    format('SELECT count(*) AS n FROM %I', table_name), false, true, '')))[1]::text
FROM information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name ~ '^sajad_'
"""
# counters and dialogs; figures of days are counted anew
_FLEETING = {"sajad_clearance_throttle", "sajad_stat_day"}
_MARK = "CHECK "


def run(ctx, part):
    """Carry over each dump of tests/upgrade, and look at what became of it."""
    folder = ctx.settings.project / "tests/upgrade"
    for dump in sorted(folder.glob("*.dump")):
        name = ctx.databases.scratch("upgrade")
        ctx.databases.databases.drop(name)
        dumps.restore(ctx.stack.postgres, dump, name, ctx.odoo.template)
        rows, counts = _read(ctx, name, _ROWS), _read(ctx, name, _TABLES)
        part.check(f"{dump.stem} is updated, the log is clean", _upgrade(ctx, name))
        part.check(
            f"{dump.stem}: requests, work, history, files are as they were",
            _changed(rows, _read(ctx, name, _ROWS)),
            f"{len(rows)} rows",
        )
        part.check(
            f"{dump.stem}: no table lost rows",
            _fewer(counts, _read(ctx, name, _TABLES)),
            f"{len(counts)} tables",
        )
        for title, wrong in _ask(ctx, name, folder / "checks.py"):
            part.check(f"{dump.stem}: {title}", wrong)


def _upgrade(ctx, name):
    """Update as `./sajad update` does: what is there, and what is new today."""
    there = ctx.databases.databases.installed_modules(name)
    log = ctx.logs / "upgrade.log"
    argv = ["server", "--stop-after-init", "--no-http", "--max-cron-threads", "0"]
    argv += ["-u", ",".join(m for m in ctx.modules if m in there)]
    argv += ["-i", ",".join(m for m in ctx.modules if m not in there)]
    code = ctx.odoo.run(log, *argv, database=name)
    wrong = logcheck.judge(logcheck.read(log), code, ctx.allowed)
    now = ctx.databases.databases.installed_modules(name)
    wrong += [f"{m} is not installed" for m in ctx.modules if m not in now]
    return [*wrong, f"log: {log}"] if wrong else []


def _read(ctx, name, sql):
    lines = ctx.stack.postgres.query(sql, database=name).splitlines()
    return dict(line.split("|", 1) for line in lines if "|" in line)


def _changed(before, now):
    """Sentences on rows that are not as they were."""
    return [
        f"{key}: {value}, now {now.get(key)}"
        for key, value in before.items()
        if now.get(key) != value
    ][:20]


def _fewer(before, now):
    """Sentences on tables that are there and have lost rows."""
    return [
        f"{table}: {count} rows, now {now[table]}"
        for table, count in before.items()
        if table in now and table not in _FLEETING and int(now[table]) < int(count)
    ]


def _ask(ctx, name, script):
    """Pipe the checks into Odoo's shell; return (what, sentences) of each."""
    done = subprocess.run(
        ctx.odoo.argv("shell", "--no-http", database=name),
        input=script.read_text(encoding="utf-8"),
        env=ctx.odoo.env,
        capture_output=True,
        text=True,
        cwd="/",
        **ctx.settings.drop,
    )
    (ctx.logs / "upgrade-checks.log").write_text(done.stdout + done.stderr)
    said = [x for x in done.stdout.splitlines() if x.startswith(_MARK)]
    found = [json.loads(line.removeprefix(_MARK)) for line in said]
    if done.returncode or not found:
        lines = done.stderr.strip().splitlines()[-8:]
        return [*found, ("the checks come to their end", lines or ["they do not"])]
    return found
