"""The server on the project's database: start, look after, stop."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

from .. import proc
from ..ui import Problem, say


def pidfile(settings):
    """Where the pid of our server is kept."""
    return settings.state / "odoo.pid"


def running(settings):
    """Pid of our server, or None."""
    return proc.live_pid(pidfile(settings), settings.state / "odoo.conf")


def answers(port):
    """Whether an Odoo answers on this port."""
    try:
        url = f"http://127.0.0.1:{port}/web/health"
        with urllib.request.urlopen(url, timeout=5) as reply:
            return reply.status == 200
    except (OSError, urllib.error.URLError):
        return False


def run(project, detach=False):
    """Bring the database up to date and serve it."""
    settings = project.settings
    with proc.locked(settings.state / ".database.lock", "start"):
        pid = running(settings)
        if pid and any(project.plan()):
            say("the addons changed: stopping the running server to update")
            proc.end_process(pid)
            pid = None
        project.ensure()
        project.set_address()
    if pid:
        say(f"already serving (pid {pid})")
        project.announce()
        return 0
    if proc.port_is_taken(settings.http_port):
        raise Problem(
            f"port {settings.http_port} is in use by another program",
            "choose another one: HTTP_PORT=8070 ./sajad run",
        )
    return _detached(project) if detach else _foreground(project)


def _foreground(project):
    """Become the server: no process of ours stays between it and the terminal."""
    settings = project.settings
    project.announce()
    say("starting the server; Ctrl-C ends it")
    pidfile(settings).write_text(str(os.getpid()))
    become(settings, project.serve_argv(), project.odoo.served_env())


def become(settings, argv, env):
    """Replace this process by a program that runs as the run user."""
    sys.stdout.flush()
    drop = settings.drop
    if drop:
        os.setgroups([])
        os.setgid(drop["group"])
        os.setuid(drop["user"])
        os.chdir("/")
    os.execve(argv[0], argv, env)


def _detached(project):
    settings = project.settings
    log = settings.logs / "odoo.log"
    with log.open("a") as out:
        process = subprocess.Popen(
            project.serve_argv(),
            env=project.odoo.served_env(),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            cwd="/",
            **settings.drop,
        )
    pidfile(settings).write_text(str(process.pid))
    limit = time.monotonic() + 120
    while time.monotonic() < limit:
        if process.poll() is not None:
            raise Problem("the server ended at once", f"log: {log}")
        if answers(settings.http_port):
            say(f"serving in the background (pid {process.pid}, log {log})")
            project.announce()
            return 0
        time.sleep(0.5)
    raise Problem("the server does not answer after two minutes", f"log: {log}")


def stop_server(settings):
    """End our Odoo server; True when it ran."""
    pid = running(settings)
    if pid:
        proc.end_process(pid)
    pidfile(settings).unlink(missing_ok=True)
    return bool(pid)
