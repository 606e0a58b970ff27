import inspect
from pathlib import Path

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.models import BaseModel
from odoo.tools import SQL, file_path, mute_logger

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
        path = file_path(f"{self.module}/tests/public_methods.txt")
        self.maxDiff = None
        self.assertEqual(found, Path(path).read_text().splitlines())

    def test_who_has_no_part_changes_nothing(self):
        """Students, and staff of no office, call every method on every record."""
        for name, record in self.records.items():
            for model, method in sorted(self.get_public_methods()):
                if model != record._name:
                    continue
                for user in ("student", "stranger"):
                    with self.subTest(f"{user} {model}.{method} of {name}"):
                        own = record.with_user(getattr(self, f"user_{user}"))
                        self.assertChangesNothing(getattr(own, method))

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
