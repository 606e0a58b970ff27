import re

from odoo.tools import SQL

TABLE = re.compile(r"(?:Seq Scan|Index Scan .*|Index Only Scan .*|Heap Scan) on (\w+)")


class RulePlans:
    """How PostgreSQL reads a list under its record rules.

    A mixin for a test with people who work somewhere. Rules ask for memberships before
    the statement and tell it ids: PostgreSQL knows how much lies there, and nothing of
    what a subquery over memberships will give.
    """

    def check_plans(self, user, *models, more=frozenset()):
        """Check that the page of a list is read from its own table alone.

        :param user: who reads, and sees something
        :param set more: tables through which the rules of these models lead
        """
        for model in models:
            Model = self.env[model].with_user(user)
            query = Model._search([], order="id", limit=80).select()
            self.env.flush_all()
            rows = self.env.execute_query(SQL("EXPLAIN %s", query))
            plan = "\n".join(line for (line,) in rows)
            with self.subTest(model=model, user=user.login):
                tables = set(TABLE.findall(plan))
                self.assertEqual(tables, {Model._table, *more}, plan)
