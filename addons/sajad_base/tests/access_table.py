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
