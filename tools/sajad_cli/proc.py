"""Running programs: capturing, logging, pids, ports and locks."""

import contextlib
import fcntl
import os
import random
import signal
import socket
import subprocess
import time
from pathlib import Path

from .ui import Problem, say

SERVER_PORTS = (20_000, 30_000)


def capture(argv, env=None, check=True, **kwargs):
    """Run a program and return its standard output; raise Problem when it fails."""
    done = subprocess.run(
        [str(a) for a in argv],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        **kwargs,
    )
    if check and done.returncode:
        tail = (done.stderr or done.stdout).strip().splitlines()[-5:]
        raise Problem(f"{Path(str(argv[0])).name} failed ({done.returncode})", *tail)
    return done.stdout


def succeeds(argv, env=None, **kwargs):
    """Whether a program exits with 0; its output is dropped."""
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    try:
        done = subprocess.run(
            [str(a) for a in argv],
            env=env,
            stderr=subprocess.DEVNULL,
            **quiet,
            **kwargs,
        )
    except OSError:
        return False
    return done.returncode == 0


def logged(argv, log, env=None, heartbeat=None, **kwargs):
    """Run a program with its output in the file ``log``; return the exit code.

    ``heartbeat`` maps an output line to a short text (or None); the newest one is
    said every ten seconds, so that a long step does not look dead.
    """
    shown = time.monotonic()
    process = subprocess.Popen(
        [str(a) for a in argv],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **kwargs,
    )
    with process, Path(log).open("w", encoding="utf-8") as out:
        try:
            for line in process.stdout:
                out.write(line)
                text = heartbeat(line) if heartbeat else None
                if text and time.monotonic() - shown > 10:
                    shown = time.monotonic()
                    say(f"  {text}")
        except KeyboardInterrupt:
            process.terminate()
            raise
    return process.returncode


def free_port():
    """A TCP port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def server_port():
    """A port for a server that starts later, and again after a fall.

    It lies below those that the kernel gives to outgoing connections, one of which
    could have a port of free_port meanwhile.
    """
    while True:
        port = random.randrange(*SERVER_PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def port_is_taken(port):
    """Whether something listens on this loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def live_pid(pidfile, needle):
    """The pid in ``pidfile`` if that process lives and its command has ``needle``."""
    try:
        pid = int(Path(pidfile).read_text())
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return pid if os.fsencode(str(needle)) in command else None


def end_process(pid, seconds=20):
    """Ask a process to end, insist when it does not."""
    for signum, patience in ((signal.SIGTERM, seconds), (signal.SIGKILL, 5)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signum)
        limit = time.monotonic() + patience
        while time.monotonic() < limit:
            if not alive(pid):
                return
            time.sleep(0.2)


def alive(pid):
    """Whether a process exists and is no zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


@contextlib.contextmanager
def locked(path, what, seconds=1800):
    """Hold an exclusive lock on ``path``; children do not inherit it."""
    with Path(path).open("a") as handle:
        limit, told = time.monotonic() + seconds, False
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > limit:
                    raise Problem(
                        f"another {what} still holds {path}",
                        "wait for it, or use another STATE=/path for this one",
                    ) from None
                if not told:
                    say(f"waiting for another {what} to finish ({path})")
                    told = True
                time.sleep(1)
        yield
