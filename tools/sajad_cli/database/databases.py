"""Odoo databases with their file stores: exists, copy, drop."""

import os
import shutil
from pathlib import Path

from .. import proc
from .pg_cluster import own_folder


class Databases:
    """Databases on one server, their files below one data folder."""

    def __init__(self, settings, postgres, data):
        self.settings = settings
        self.postgres = postgres
        self.data = Path(data)

    def store(self, name):
        """Folder of a database's files."""
        return self.data / "filestore" / name

    def names(self):
        """All databases of the server."""
        return self.postgres.query("SELECT datname FROM pg_database").split()

    def exists(self, name):
        """Whether a database exists."""
        return name in self.names()

    def installed_modules(self, name):
        """Installed modules of a database, none if Odoo never filled it."""
        has = "SELECT to_regclass('ir_module_module') IS NOT NULL"
        if self.postgres.query(has, database=name) != "t":
            return set()
        sql = (
            "SELECT name FROM ir_module_module WHERE state ~ '^(installed|to upgrade)$'"
        )
        return set(self.postgres.query(sql, database=name).split())

    def drop(self, name):
        """Remove a database and its files, whoever is connected."""
        self.postgres.query(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(self.store(name), ignore_errors=True)

    def copy(self, source, target):
        """Copy a database; its files are hard links (Odoo never changes a file)."""
        self.drop(target)
        self.postgres.query(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
        self._copy_files(source, target)

    def rename(self, source, target):
        """Rename a database and its folder of files."""
        self.drop(target)
        self.postgres.query(f'ALTER DATABASE "{source}" RENAME TO "{target}"')
        if self.store(source).exists():
            os.rename(self.store(source), self.store(target))

    def _copy_files(self, source, target):
        own_folder(self.settings, self.data / "filestore")
        if self.store(source).exists():
            argv = ["cp", "-al", self.store(source), self.store(target)]
            proc.capture(argv, cwd="/", **self.settings.drop)
