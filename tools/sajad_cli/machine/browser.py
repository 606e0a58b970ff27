"""Chromium, which drives the tours."""

import os
import shutil
import subprocess

from ..ui import Problem, say

# the names Odoo itself looks for
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


def find():
    """Path of an installed browser, or None."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def ensure(settings):
    """Have a browser: installed with apt where we may."""
    if find():
        return
    sudo = [] if settings.root else ["sudo", "-n"]
    allowed = (
        settings.root
        or subprocess.run(["sh", "-c", "sudo -n true"], capture_output=True).returncode
        == 0
    )
    hint = "as root: apt-get install --no-install-recommends chromium"
    if not allowed or not shutil.which("apt-get"):
        raise Problem("the browser tests need Chromium, which is not installed", hint)
    say("installing Chromium for the browser tests")
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True}
    subprocess.run([*sudo, "apt-get", "update", "-qq"], env=env, **quiet)
    argv = [*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    done = subprocess.run([*argv, "chromium"], env=env, **quiet)
    if done.returncode or not find():
        tail = done.stderr.strip().splitlines()[-3:]
        raise Problem("Chromium could not be installed", *tail, hint)
