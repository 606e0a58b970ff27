import re

from odoo.tools import SQL

TABLE = re.compile(r"(?:Seq Scan|Index Scan .*|Index Only Scan .*|Heap Scan) on (\w+)")


class Plans:
    """Mixin of tests that ask PostgreSQL how it finds rows.

    Rules ask for memberships before the statement and tell it ids: PostgreSQL knows how
    much lies there, and nothing of what a subquery over memberships will give.
    """

    @classmethod
    def copy_rows(cls, record, count, **changes):
        """Copy the row of a record by SQL, past all methods.

        :param changes: what another column gets, as SQL; ``n`` counts the copies
        :return: ids of the copies
        """
        cls.env.flush_all()
        table = SQL.identifier(record._table)
        names = [
            name
            for name, field in record._fields.items()
            if field.store and field.column_type and name != "id"
        ]
        values = [
            # the texts are those of the tests
            # pylint: disable-next=sql-injection
            SQL(changes[name]) if name in changes else SQL.identifier("source", name)
            for name in names
        ]
        rows = cls.env.execute_query(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s source, "
                "generate_series(1, %s) n WHERE source.id = %s RETURNING id",
                table,
                SQL(", ").join(map(SQL.identifier, names)),
                SQL(", ").join(values),
                table,
                count,
                record.id,
            )
        )
        cls.env.invalidate_all()
        return [id_ for (id_,) in rows]

    @classmethod
    def measure(cls, *models):
        """Let PostgreSQL know how much lies where."""
        cls.env.flush_all()
        for model in models:
            table = SQL.identifier(cls.env[model]._table)
            cls.env.cr.execute(SQL("ANALYZE %s", table))

    def explain(self, records, domain=(), **options):
        """Return the plan of a search."""
        query = records._search(list(domain), **options).select()
        self.env.flush_all()
        rows = self.env.execute_query(SQL("EXPLAIN %s", query))
        return "\n".join(line for (line,) in rows)

    def explain_large(self, records, domain=(), **options):
        """Return the plan of a search when the table is too large to be read whole."""
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        return self.explain(records, domain, **options)

    def check_plans(self, user, *models, more=frozenset()):
        """Check that the page of a list is read from its own table alone.

        :param user: who reads, and sees something
        :param set more: tables through which the rules of these models lead
        """
        for model in models:
            Model = self.env[model].with_user(user)
            plan = self.explain(Model, order="id", limit=80)
            with self.subTest(model=model, user=user.login):
                tables = set(TABLE.findall(plan))
                self.assertEqual(tables, {Model._table, *more}, plan)

    def assertIndexed(self, plan, *conditions):
        """Check that rows are found by indexes, none by asking again for each."""
        for word in ("Seq Scan", "SubPlan"):
            self.assertNotIn(word, plan)
        for condition in conditions:
            self.assertRegex(plan, condition)
