"""What every part of the test run works with."""

import functools
import os
import shutil
from dataclasses import dataclass

from .. import addons, logcheck
from ..machine import directory, venvs
from ..proc import free_port
from ..stack import prepare
from .testdb import TestDatabases, test_data


@dataclass
class Context:
    """What every part works with."""

    settings: object
    stack: object
    odoo: object
    manifests: dict
    databases: TestDatabases
    allowed: list
    logs: object
    tags: str = ""
    demo: bool = False

    @property
    def modules(self):
        """Names of the addons under test."""
        return list(self.manifests)

    @property
    def own(self):
        """Whether there are addons of ours at all."""
        return self.settings.addons.is_dir() and bool(
            addons.discover(self.settings.addons)
        )

    @functools.cached_property
    def dev(self):
        """The environment of the lint tools."""
        return venvs.dev_environment(self.settings)

    @functools.cached_property
    def slapd(self):
        """Variables that name OpenLDAP's server to the tests."""
        return directory.ensure_server(self.settings, self.stack.archives)

    def odoo_tests(
        self, part, name, database, tags, modules, update=(), install=(), env=None
    ):
        """Run Odoo's tests with these tags and record the verdict."""
        argv = ["server", "--test-tags", tags, "--stop-after-init"]
        argv += ["--http-port", free_port(), "--gevent-port", free_port()]
        argv += ["--max-cron-threads", "0"]
        argv += ["--screenshots", self.odoo.data / "screenshots"]
        argv += ["-u", ",".join(update)] if update else []
        argv += ["-i", ",".join(install)] if install else []
        log = self.logs / f"{part.name}-{database.rsplit('_', 1)[-1]}.log"
        code = self.odoo.run(log, *argv, database=database, env=env)
        report = logcheck.read(log)
        wrong = logcheck.judge(report, code, self.allowed, modules)
        part.test_run(name, report, [*wrong, f"log: {log}"] if wrong else [])
        return report


def make(settings, options, verb="test"):
    """Prepare the machine and collect what the parts need; each verb keeps its logs."""
    stack = prepare(settings)
    manifests = addons.discover(settings.addons) or {
        name: {"depends": ["base", "web", "mail"]} for name in addons.FALLBACK
    }
    logs = settings.logs / verb
    shutil.rmtree(logs, ignore_errors=True)
    logs.mkdir(parents=True)
    odoo = stack.odoo("test", data=test_data(settings))
    keep = os.environ.get("KEEP_DB", "") not in ("", "0")
    databases = TestDatabases(stack, odoo, manifests, logs, keep)
    allowed = logcheck.load_allowed(settings.project)
    return Context(
        settings,
        stack,
        odoo,
        manifests,
        databases,
        allowed,
        logs,
        options.tags,
        options.demo,
    )
