"""The verb ``load``: the last day of a call, on several machines in one."""

import argparse
import json
import os
import secrets
import subprocess
from dataclasses import replace

from .. import proc
from ..cluster.cluster import Cluster
from ..machine import venvs
from ..project import Project
from ..stack import prepare
from ..testrun.spare import run_shell
from ..ui import Problem, say
from . import bench
from .cluster import end_by_signals

STUDENTS, EXPERTS, TASKS = 80, 3, 60


def parse(argv):
    """Options of the verb."""
    parser = argparse.ArgumentParser(prog="./sajad load")
    parser.add_argument("--seconds", type=int, default=150)
    parser.add_argument(
        "--arrivals", type=float, default=1.0, help="people a second in the peak"
    )
    parser.add_argument(
        "--rate", type=int, default=60, help="pages a second that nginx lets through"
    )
    parser.add_argument(
        "--tasks",
        type=int,
        default=0,
        metavar="N",
        help="beside N work items of a whole country (tests/bench/fill.py)",
    )
    parser.add_argument(
        "--documents",
        type=int,
        default=0,
        metavar="N",
        help="and beside N documents of dossiers of that country",
    )
    return parser.parse_args(argv)


def main(settings, argv):
    """Serve a copy of the database as several machines, and let people come."""
    options = parse(argv)
    stack = prepare(settings)
    venv = venvs.ensure(
        settings.state / "venv-load", settings.project / "tests/load/requirements.txt"
    )
    folder = settings.state / "load"
    with proc.locked(settings.state / ".load.lock", "load", seconds=5):
        end_by_signals()
        odoo, source = _get_source(stack, options)
        cluster = Cluster(stack, odoo, folder, proc.server_port(), rate=options.rate)
        with cluster.running(source):
            return _measure(settings, cluster, venv, options)


def _get_source(stack, options):
    """The way to call Odoo, and the database that is copied."""
    if options.tasks:
        return bench.fill(stack, options.tasks, options.documents)
    project = Project(stack)
    if not project.databases.exists(project.name):
        raise Problem(f"there is no database {project.name}", "./sajad setup makes it")
    return project.odoo, project.name


def _measure(settings, cluster, venv, options):
    people = {
        "LOAD_STUDENTS": str(STUDENTS),
        "LOAD_EXPERTS": str(EXPERTS),
        "LOAD_TASKS": str(TASKS),
        "LOAD_PASSWORD": secrets.token_urlsafe(12),
    }
    say(f"{STUDENTS} students, {EXPERTS} experts with {TASKS} requests")
    odoo = replace(cluster.odoo, extra_env=cluster.odoo.extra_env | people)
    run_shell(
        odoo,
        settings.project / "tests/load/fill.py",
        cluster.folder / "log/fill.log",
        "sajad",
    )
    say(f"people come for {options.seconds} seconds")
    result = cluster.folder / "log/result.json"
    env = os.environ | people
    env |= {
        "LOAD_SECONDS": str(options.seconds),
        "LOAD_ARRIVALS": str(options.arrivals),
        "LOAD_HOST": f"https://127.0.0.1:{cluster.port}",
        "LOAD_BARE": f"http://127.0.0.1:{cluster.ports['web1'].http}",
        "LOAD_RESULT": str(result),
        "PYTHONWARNINGS": "ignore",
    }
    argv = [venv / "bin/locust", "-f", settings.project / "tests/load/people.py"]
    argv += ["--headless", "--only-summary", "--loglevel", "ERROR"]
    log = cluster.folder / "log/locust.log"
    before = _cpu_seconds(cluster)
    with log.open("w") as out:
        subprocess.run([str(a) for a in argv], env=env, stdout=out, stderr=out)
    used = _cpu_seconds(cluster) - before
    return _show(log, result, options.seconds, used)


def _cpu_seconds(cluster):
    """Seconds of processors that the cluster has used, its dead workers too."""
    ticks = os.sysconf("SC_CLK_TCK")
    groups = {program.process.pid for program in cluster.programs.values()}
    for server in (cluster.primary, cluster.replica):
        groups.add(int((server.data / "postmaster.pid").read_text().split()[0]))
    used = 0
    for pid in groups:
        for name in [pid, *_below(pid)]:
            try:
                with open(f"/proc/{name}/stat") as stat:
                    fields = stat.read().rpartition(")")[2].split()
            except OSError:
                continue
            used += sum(map(int, fields[11 : 15 if name == pid else 13]))
    return used / ticks


def _below(pid):
    found = proc.capture(["pgrep", "-P", str(pid)], check=False)
    return [int(child) for child in found.split()]


def _show(log, result, seconds, used):
    """Print the table, and what a core did."""
    if not result.exists():
        tail = log.read_text(errors="replace").splitlines()[-8:]
        raise Problem("Locust measured nothing", *tail)
    found = json.loads(result.read_text(encoding="utf-8"))
    print("\n".join(table(found["steps"])))
    steps = found["steps"].values()
    requests, errors = (sum(s[key] for s in steps) for key in ("count", "errors"))
    rate, cores = found["rate"], used / seconds
    print(f"\n{requests} requests, {errors} errors, {rate:.1f} requests a second")
    if used:
        print(f"{cores:.2f} cores used: {rate / cores:.1f} requests a second and core")
    print("\n".join(found["errors"]))
    return 0


def table(steps):
    """The lines of the table."""
    wide = max(map(len, steps), default=0) + 2
    points = "".join(f"{name:>8}" for name in ("p50", "p95", "p99"))
    lines = [f"{'step':<{wide}}{'count':>7}{'errors':>8}{points}  ms"]
    for name, step in steps.items():
        points = "".join(f"{point:>8.0f}" for point in step["points"])
        lines.append(f"{name:<{wide}}{step['count']:>7}{step['errors']:>8}{points}")
    return lines
