"""The command line of ``./sajad``."""

import argparse
import os
import sys

from . import proc
from . import settings as settings_module
from .project import Project
from .stack import make_state, prepare
from .ui import Problem, say
from .verbs import serve

HELP = """\
usage: ./sajad VERB

serve
  run [--detach]    set everything up, serve the project on 127.0.0.1
  stop              end the server and the project's PostgreSQL
  status            what runs, and where
  setup             set everything up, do not serve
  update            update our addons in the database (run does so by itself)
  cluster [--port N]
                    several machines on this one, as config/ describes them, with a
                    copy of the database: nginx, three nodes, primary and replica

the database; it is "sajad", DB=NAME names another one of the same server
  backup [FILE]     the database and its files into one archive, while people work
                    (default: STATE/backups/NAME-DATE.tar)
  restore FILE [--replace | --check]
                    make the database from an archive; every file is checked before
                    anything is replaced; --check tries it beside and leaves nothing
  audit --check [NAME] [--known FILE]
                    prove that history is as it was written: the first row that was
                    altered, added or is missing; what it prints, kept elsewhere, is
                    the FILE that a later audit compares with
  reset             delete the database; the next run creates it anew
  shell [ARGS]      Odoo's Python shell on the database
  psql [ARGS]       SQL shell on the database
  odoo COMMAND ...  any command of Odoo with the project's configuration: "odoo help"
                    lists them, "odoo COMMAND --help" tells one. Examples:
                      ./sajad odoo shell -d X        on another database
                      ./sajad odoo db --help         copy, rename, drop databases
                      ./sajad odoo -d X -u sajad_base --stop-after-init
                    Without a command it is the server, on the database named by -d

change the code
  test [--only PART,...] [--tags TAGS] [--demo]
                    run every check and test (parts: lint, install, upgrade, i18n, unit,
                    tours, gates, dates, faults); --tags runs only the tests with
                    these tags of Odoo; --cluster starts several machines and lets
                    them fall
  bench [--against REV]
                    what decisions and screens cost in a country's worth of work;
                    against a revision: both in one run, turn by turn
                    (--tasks N, --rounds N, --only fill|reads|writes|stats)
  load [--arrivals N] [--seconds N]
                    the last day of a call on several machines in one: how long each
                    step takes, errors, requests a second and core
  format            bring our Python and JavaScript into the one style
  translate         write the translation files of our addons anew (i18n/*.pot, fa.po)

environment (all optional):
  PUBLIC_URL=URL    the address that people use; links in mails begin with it
  DB=NAME           the project's database (default: sajad)
  ODOO_HOME=DIR     use this Odoo 19.0 checkout     ODOO_DEB=FILE  use this package
  ODOO_STRICT=1     refuse a build not in tools/odoo.lock
  DATABASE_HOST, DATABASE_PORT, DATABASE_USER       use this PostgreSQL (PGPASSWORD too)
  STATE=DIR         where all files go (default: .state, as root /var/lib/sajad-odoo)
  HTTP_PORT=8069  PG_PORT=54329  DEBIAN_MIRROR=URI  KEEP_DB=1 (keep test databases)
"""


def verb_run(settings, rest):
    """Set up and serve."""
    parser = argparse.ArgumentParser(prog="./sajad run")
    parser.add_argument("--detach", action="store_true", help="serve in the background")
    options = parser.parse_args(rest)
    project = Project(prepare(settings))
    if os.environ.get("NO_SERVE", "") not in ("", "0"):
        project.ensure()
        project.set_address()
        say(f"database {project.name} is ready")
        return 0
    return serve.run(project, options.detach)


def verb_setup(settings, rest):
    """Set up all but the server."""
    project = Project(prepare(settings))
    with proc.locked(settings.state / ".database.lock", "start"):
        project.ensure()
    say("ready: ./sajad run")
    return 0


def verb_update(settings, rest):
    """Update our addons even when nothing seems changed."""
    project = Project(prepare(settings))
    was_running = serve.stop_server(settings)
    project.ensure(force_update=True)
    say("updated" + ("; the server was stopped: ./sajad run" if was_running else ""))
    return 0


def verb_reset(settings, rest):
    """Delete the database."""
    project = Project(prepare(settings))
    serve.stop_server(settings)
    project.drop()
    say(f"database {project.name} is gone; ./sajad run creates it anew")
    return 0


def verb_backup(settings, rest):
    """Save the database and its files."""
    from .verbs.backup import backup

    return backup(Project(prepare(settings)), rest)


def verb_restore(settings, rest):
    """Make the database from an archive."""
    from .verbs.backup import restore

    project = Project(prepare(settings))
    with proc.locked(settings.state / ".database.lock", "start"):
        return restore(project, rest)


def verb_audit(settings, rest):
    """Check that history is as it was written."""
    from .verbs.audit import audit

    return audit(Project(prepare(settings)), rest)


def verb_stop(settings, rest):
    """End the server and PostgreSQL."""
    from .database.postgres import Postgres
    from .machine.archives import Archives

    served = serve.stop_server(settings)
    say("server stopped" if served else "no server was running")
    if settings.external_db or not (settings.state / "pgdata/PG_VERSION").exists():
        return 0
    if is_testing(settings):
        raise Problem("a test is using PostgreSQL", "stop it first, or let it end")
    stopped = Postgres(settings, Archives(settings)).stop()
    say("PostgreSQL stopped" if stopped else "PostgreSQL was not running")
    return 0


def is_testing(settings):
    """Whether ./sajad test holds its lock."""
    try:
        with proc.locked(settings.state / ".test.lock", "test", seconds=-1):
            return False
    except Problem:
        return True


def verb_status(settings, rest):
    """Say what runs; exit 0 when the server does."""
    pid = serve.running(settings)
    print(f"state:      {settings.state}")
    if settings.external_db:
        print(f"PostgreSQL: {settings.db_host}:{settings.db_port} (yours)")
    else:
        socket = settings.socket_dir / f".s.PGSQL.{settings.pg_port}"
        print(f"PostgreSQL: {'up' if socket.exists() else 'down'} ({socket})")
    print(f"server:     {f'up (pid {pid})' if pid else 'down'}")
    if pid:
        healthy = serve.answers(settings.http_port)
        print(f"address:    http://127.0.0.1:{settings.http_port}", end="")
        print("" if healthy else " (does not answer)")
    return 0 if pid else 3


def verb_shell(settings, rest):
    """Become Odoo's shell."""
    return verb_odoo(settings, ["shell", "--no-http", *rest])


def verb_odoo(settings, rest):
    """Become any command of Odoo."""
    if not rest:
        raise Problem(
            "which command of Odoo?",
            "for example: ./sajad odoo shell -d another_database",
            "all of them: ./sajad odoo help",
        )
    if rest[0].startswith("-"):
        rest = ["server", *rest]  # as Odoo itself takes it
    project = Project(prepare(settings))
    say(f"Odoo's command {rest[0]}, on database {named_database(rest) or project.name}")
    argv = project.odoo.argv(*rest, database=project.name)
    serve.become(settings, argv, project.odoo.env)


def named_database(arguments):
    """The database that the arguments of Odoo name last, or None."""
    name = None
    for option, value in zip(arguments, [*arguments[1:], None], strict=True):
        if option in ("-d", "--database"):
            name = value
        elif option.startswith("--database="):
            name = option.partition("=")[2]
    return name


def verb_psql(settings, rest):
    """Become psql."""
    stack = prepare(settings)
    argv = stack.postgres.client("psql", "-d", settings.database, *rest)
    serve.become(settings, argv, stack.postgres.binaries.environment)


def verb_test(settings, rest):
    """Run the checks and tests."""
    from .testrun.testing import main as test_main

    make_state(settings)
    with proc.locked(settings.state / ".test.lock", "test", seconds=5400):
        return test_main(settings, rest)


def verb_cluster(settings, rest):
    """Serve as several machines would."""
    from .verbs.cluster import main as cluster_main

    return cluster_main(settings, rest)


def verb_load(settings, rest):
    """Let many people come at once."""
    from .verbs.load import main as load_main

    return load_main(settings, rest)


def verb_bench(settings, rest):
    """Measure what decisions and screens cost."""
    from .verbs.bench import main as bench_main

    return bench_main(settings, rest)


def verb_format(settings, rest):
    """Format our files; say what remains to be mended by hand."""
    from .checks.style import mend

    make_state(settings)
    return mend(settings)


def verb_translate(settings, rest):
    """Write the translation files of our addons anew."""
    from .verbs.translate import main as translate_main

    make_state(settings)
    with proc.locked(settings.state / ".test.lock", "test", seconds=5400):
        return translate_main(settings, rest)


def main(argv=None):
    """Dispatch a verb; every Problem ends with what to do next."""
    argv = sys.argv[1:] if argv is None else argv
    verb, rest = (argv[0], argv[1:]) if argv else ("help", [])
    if verb in ("help", "-h", "--help"):
        print(HELP, end="")
        return 0
    action = globals().get(f"verb_{verb}")
    if action is None:
        print(f"unknown verb: {verb}\n\n{HELP}", end="", file=sys.stderr)
        return 2
    try:
        return action(settings_module.from_environment(), rest)
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr)
        return 130
