from odoo.fields import Domain

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
