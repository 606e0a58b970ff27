import inspect
import logging
from pathlib import Path

import psycopg2

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.models import MAGIC_COLUMNS, BaseModel
from odoo.tools import SQL, file_path, mute_logger

_logger = logging.getLogger(__name__)

USERS = {
    "student": "student",
    "other": "other_student",
    "officer": "officer",
    "none": "stranger",
    "super": "supervisor",
    "liaison": "liaison",
    "auditor": "auditor",
    "org": "organization",
    "admin": "admin",
}
NOISE = ("odoo.sql_db", "odoo.addons.base.models.ir_rule")
OPERATIONS = ("read", "write", "create", "unlink")


class AccessTable:
    """Who may do what, printed: user x record x operation (row E5).

    A mixin for the access test of an addon, first among the bases and before
    `SajadCommon`. The addon gives its `module`, its `table` and the `records` of the
    rows, and so proves that none of its models was forgotten.
    """

    # Odoo runs the tests of a base class only where this says so
    allow_inherited_tests_method = True

    #: addon whose models must all have a row
    module = ""
    #: a row per record, a column per user: r(ead), w(rite), c(reate), u(nlink)
    table = ""
    #: the same of the addon's dialogs: what their maker may do
    dialogs = ""
    #: heading of a column -> the user is `self.user_<name>`
    users = USERS
    #: name of a row -> record; set in `setUpClass`
    records = None

    def test_table(self):
        found = ["record " + " ".join(self.users)]
        for name, record in self.records.items():
            self.assertTrue(record, name)
            cells = [self.get_cell(record, user) for user in self.users.values()]
            found.append(f"{name} {' '.join(cells)}")
        expected = [" ".join(line.split()) for line in self.table.strip().splitlines()]
        self.assertEqual(found, expected)
        self.tell("records", len(self.records) * len(self.users) * len(OPERATIONS))

    def test_table_is_complete(self):
        """A new model needs a line in the table."""
        listed = {record._name for record in self.records.values()}
        self.assertEqual(self.get_own_models(transient=False) - listed, set())

    def test_dialogs_are_closed_to_students(self):
        for model in self.get_own_models(transient=True):
            for user in ("student", "other_student"):
                with self.subTest(f"{user} {model}"):
                    self.assertEqual(self.get_cell(self.env[model], user), "-")

    def test_dialogs(self):
        """A new dialog needs a line in the table of dialogs."""
        found = [
            f"{model} {' '.join(cells)}"
            for model in sorted(self.get_own_models(transient=True))
            for cells in [
                [self.get_cell(self.env[model], u) for u in self.users.values()]
            ]
        ]
        _head, *lines = self.dialogs.strip().splitlines() or [""]
        self.assertEqual(found, [" ".join(line.split()) for line in lines])

    def test_dialogs_are_their_makers(self):
        """Nobody reads or writes a dialog that somebody else has made."""
        for model in self.get_own_models(transient=True):
            for user in self.users.values():
                user = getattr(self, f"user_{user}")
                Rule = self.env["ir.rule"].with_user(user)
                for operation in OPERATIONS:
                    with self.subTest(f"{user.login} {model} {operation}"):
                        domain = Rule._compute_domain(model, operation)
                        mine = Domain("create_uid", "in", [user.id])
                        self.assertEqual(domain, mine.optimize(self.env[model]))

    def get_own_models(self, transient):
        """Return the names of the models that the addon defines."""
        return {
            name
            for name, model in self.registry.items()
            if model._original_module == self.module
            and not model._abstract
            and model._transient == transient
        }

    def get_cell(self, record, user):
        """Return what a user may do with a record, as a cell of the table."""
        record = record.with_user(getattr(self, f"user_{user}"))
        return "".join(op[0] for op in OPERATIONS if record.has_access(op)) or "-"

    def test_public_methods(self):
        """A new method that clients can call needs a line, and a look at its rights."""
        found = [
            " ".join([f"{model}.{method}", *self.get_callers(model)])
            for model, method in sorted(self.get_public_methods())
        ]
        self.assertListed(found, "public_methods.txt")
        self.tell("methods", len(found) * len(self.users))

    def test_who_has_no_part_changes_nothing(self):
        """Students, and staff of no office, call every method on every record."""
        calls = 0
        for name, record in self.records.items():
            for model, method in sorted(self.get_public_methods()):
                if model != record._name:
                    continue
                for user in ("student", "stranger"):
                    with self.subTest(f"{user} {model}.{method} of {name}"):
                        own = record.with_user(getattr(self, f"user_{user}"))
                        self.assertChangesNothing(getattr(own, method))
                        calls += 1
        self.tell("calls", calls)

    def test_rights(self):
        """A new right needs a line: model, group, operations (* where rules filter)."""
        found = []
        for model in sorted(self.get_own_models(transient=False)):
            found += self.get_rights(model) + self.get_rights_left(model)
        self.assertListed(found, "rights.txt")
        self.tell("rights", len(found) * len(OPERATIONS))

    def tell(self, what, count):
        """Log how many cases were decided; `./sajad test --attacks` adds them up."""
        _logger.info("attacks on %s: %d %s", self.module, count, what)

    def assertListed(self, found, name):
        """Compare with the lines of a file beside the tests; `#` begins a reason."""
        lines = Path(file_path(f"{self.module}/tests/{name}")).read_text().splitlines()
        expected = [line.partition("#")[0].rstrip() for line in lines]
        self.maxDiff = None
        self.assertEqual(found, list(filter(None, expected)))

    def get_rights(self, model):
        """Return what each group may do with a model, a line for each."""
        granted = {}
        # who may what is read from the declarations themselves
        for access in self.env["ir.model.access"].sudo().search([]):
            if access.model_id.model == model:
                granted.setdefault(access.group_id, []).append(access)
        lines = []
        for group, rows in granted.items():
            cells = [
                operation[0]
                + ("*" if self.is_filtered(model, group, operation) else "")
                for operation in OPERATIONS
                if any(row[f"perm_{operation}"] for row in rows)
            ]
            name = group.get_external_id().get(group.id) or "everybody"
            lines.append(f"{model} {name} {''.join(cells) or '-'}")
        return sorted(lines)

    def get_rights_left(self, model):
        """Return a line for a model that no group opens."""
        domain = [("model_id.model", "=", model)]
        has_rights = self.env["ir.model.access"].sudo().search_count(domain)
        return [] if has_rights else [f"{model} nobody -"]

    def is_filtered(self, model, group, operation):
        """Return whether rules leave out records for who is of this group alone.

        Rules of everybody all hold, of those of groups one is enough.
        """
        domain = [("model_id.model", "=", model), (f"perm_{operation}", "=", True)]
        groups = group | group.all_implied_ids
        of_all, of_groups = [], []
        for rule in self.env["ir.rule"].sudo().search(domain):
            filters = rule.domain_force not in (False, "[]", "[(1, '=', 1)]")
            if not rule.groups:
                of_all.append(filters)
            elif rule.groups & groups:
                of_groups.append(filters)
        return any(of_all) or bool(of_groups and all(of_groups))

    def test_outsiders_write_no_field(self):
        """Students, and staff of no office or another university, field by field.

        What somebody of them may write is a line of `writable_fields.txt`.
        """
        liaison = self.make_user("t_liaison_else", "sajad_base.group_sajad_liaison")
        self.other_university.liaison_ids = liaison
        self.env.flush_all()
        outsiders = {
            "student": self.user_student,
            "other": self.user_other_student,
            "none": self.user_stranger,
            "elsewhere": liaison,
        }
        found = [
            f"{user} {name}.{field}"
            for name, record in self.records.items()
            for user, account in outsiders.items()
            for field in self.get_written(record.with_user(account))
        ]
        self.assertListed(found, "writable_fields.txt")
        fields = sum(len(self.get_values(record)) for record in self.records.values())
        self.tell("fields", fields * len(outsiders))

    def get_written(self, record):
        """Return the fields of a record that its user can write."""
        values = self.get_values(record)
        # one attempt is enough where no field may be written
        may_write = record.has_access("write")
        attempts = [{name: values[name]} for name in values] if may_write else [values]
        return [
            name for vals in attempts if self.is_written(record, vals) for name in vals
        ]

    def get_values(self, record):
        """Return what is written to each field of a record: what it has."""
        record_sudo = record.sudo()
        return {
            name: field.convert_to_write(record_sudo[name], record_sudo)
            for name, field in record._fields.items()
            if field.store and name not in MAGIC_COLUMNS and field.type != "binary"
        }

    def is_written(self, record, vals):
        written = False
        try:
            with self.env.cr.savepoint(), mute_logger(*NOISE):
                record.write(vals)
                record.env.flush_all()
                written = True
                raise UserError(record._name)  # nothing stays
        except (UserError, psycopg2.Error, TypeError, ValueError):
            self.env.invalidate_all()
        return written

    def assertChangesNothing(self, function):
        before = self.count_changes()
        try:
            with (
                self.env.cr.savepoint(),
                mute_logger("odoo.addons.base.models.ir_rule"),
            ):
                function()
                self.env.flush_all()
                self.assertEqual(self.count_changes(), before)
        except (UserError, TypeError):
            # refused, or it takes more than the record
            self.env.invalidate_all()

    def count_changes(self):
        """Return how many rows this transaction has written so far."""
        rows = self.env.execute_query(
            SQL(
                "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) "
                "FROM pg_stat_xact_user_tables WHERE relname ~ '^sajad'"
            )
        )
        return rows[0][0]

    def get_callers(self, model):
        """Return the users who may read a model, and so call its methods."""
        env = self.env
        return [
            name
            for name, user in self.users.items()
            if env[model].with_user(getattr(self, f"user_{user}")).has_access("read")
        ]

    def get_public_methods(self):
        """Return (model, method) that the addon adds to what clients can call."""
        start = f"odoo.addons.{self.module}."
        return {
            (name, method)
            for name, model in self.registry.items()
            for cls in model.__mro__
            if cls.__module__.startswith(start)
            for method, function in vars(cls).items()
            if inspect.isfunction(function)
            and not method.startswith("_")
            and not getattr(function, "_api_private", False)
            and not hasattr(BaseModel, method)
        }
