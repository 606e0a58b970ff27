"""How Odoo is called."""

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from sajad_cli import settings as settings_module
from sajad_cli.database import pg_cluster
from sajad_cli.odoo import Odoo


class TestOdoo(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.state = Path(folder.name)
        self.odoo = self.make()

    def make(self, **env):
        settings = settings_module.from_environment(
            {"STATE": str(self.state), **env}, uid=1000
        )
        postgres = mock.Mock(host="h", port=1, user="odoo")
        return Odoo(
            settings=settings,
            tree=mock.Mock(addons=()),
            venv=self.state / "venv",
            postgres=postgres,
            addons=None,
            data=self.state / "data",
            conf=self.state / "odoo.conf",
            path=(),
            extra_env={},
        )

    def test_started_by_a_script(self):
        """Odoo starts itself again with its own command line."""
        with mock.patch.object(Odoo, "_admin_hash", return_value="x"):
            self.odoo.write_conf()
        python, script, command = self.odoo.argv("server")[:3]
        self.assertEqual(Path(python).name, "python")
        compile(Path(script).read_text(), script, "exec")
        self.assertEqual(command, "server")
        # its folder is on the path of modules: nothing else lies there
        self.assertEqual(list(Path(script).parent.iterdir()), [Path(script)])

    def test_statements_end(self):
        with mock.patch.dict(os.environ, {"PGOPTIONS": "-c jit=off"}):
            options = self.odoo.served_env()["PGOPTIONS"]
        self.assertIn("statement_timeout=150s", options)
        self.assertTrue(options.endswith("-c jit=off"))
        self.assertNotIn("PGOPTIONS", self.make(DATABASE_HOST="db").served_env())


class TestCluster(unittest.TestCase):
    def test_acknowledged_is_kept(self):
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "pgdata"
            data.mkdir()
            (data / "postgresql.conf").touch()
            settings = settings_module.from_environment({"STATE": folder}, uid=1000)
            pg_cluster.configure(settings, data)
            text = (data / "sajad.conf").read_text()
        self.assertRegex(text, r"(?m)^synchronous_commit = on\b")


if __name__ == "__main__":
    unittest.main()
