from contextlib import closing
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from ..tools import chain, chain_audit
from .common import SajadCommon

OFF = "ALTER TABLE sajad_event DISABLE TRIGGER USER"
ON = "ALTER TABLE sajad_event ENABLE TRIGGER USER"


@tagged("post_install", "-at_install")
class TestChain(SajadCommon):
    """What is done to history past its triggers shows (rows A11, E5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("chain", {"a": {}, "b": {"after": ["a"]}})
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.request = cls.make_request(cls.process)
        cls.approve(cls.request, "a")
        cls.events = cls.request.event_ids.sorted("id")

    def audit(self, table="sajad_event", known=None):
        found = self.env["sajad.append.only"]._audit(known)
        [line] = [line for line in found if line["table"] == table]
        return line

    def force(self, statement, *values):
        """Do as somebody does who owns the database: past the triggers."""
        self.env.cr.execute(OFF)
        self.env.cr.execute(SQL(statement, *values))
        self.env.cr.execute(ON)
        self.env.invalidate_all()

    def assertFault(self, text, **options):
        self.assertIn(text, self.audit(**options)["fault"] or "")

    def test_all_histories_are_whole(self):
        for line in self.env["sajad.append.only"]._audit():
            with self.subTest(line["table"]):
                self.assertIs(line["fault"], None)
        self.assertEqual(self.audit()["last_id"], max(self.events.ids))

    def test_altered(self):
        event = self.events[1]
        self.force("UPDATE sajad_event SET reason = 'x' WHERE id = %s", event.id)
        self.assertFault(f"row {event.id} or the row before it")

    def test_parts(self):
        """However many rows a statement checks, the same is found."""
        first, last = self.events[0], self.events[-1]
        for part in (1, 2, 1000):
            with patch.object(chain_audit, "PART", part), self.subTest(part=part):
                self.assertIs(self.audit()["fault"], None)
        self.force("UPDATE sajad_event SET reason = 'x' WHERE id = %s", last.id)
        for part in (1, 2, 1000):
            with patch.object(chain_audit, "PART", part), self.subTest(part=part):
                self.assertFault(f"row {last.id} or the row before it")
        self.force("UPDATE sajad_event SET reason = 'x' WHERE id = %s", first.id)
        with patch.object(chain_audit, "PART", 1):
            self.assertFault(f"row {first.id} ")

    def test_altered_with_its_hash(self):
        """The row after it tells, which covers the hash as it was."""
        first, second = self.events[-2:]
        self.force("UPDATE sajad_event SET chain_hash = '1' WHERE id = %s", second.id)
        self.assertFault(f"row {second.id} or")
        self.force(
            """UPDATE sajad_event r SET date = now(), chain_hash = sha256(convert_to(
                coalesce(encode(p.chain_hash, 'hex'), '') || jsonb_strip_nulls(
                jsonb_set(to_jsonb(r), '{date}', to_jsonb(now()::timestamp))
                - %s::text[])::text, 'UTF8'))
            FROM sajad_event p WHERE p.id = r.chain_previous AND r.id = %s""",
            list(chain.get_skipped(self.env["sajad.event"])),
            first.id,
        )
        self.assertFault(f"row {second.id} or the row before it, {first.id},")

    def test_missing(self):
        event = self.events[-2]
        self.force("DELETE FROM sajad_event WHERE id = %s", event.id)
        self.assertFault(f"row {event.id} is missing")

    def test_added(self):
        self.force(
            "INSERT INTO sajad_event (request_id, kind, date) "
            "VALUES (%s, 'seen', now())",
            self.request.id,
        )
        newest = max(self.env["sajad.event"].search([]).ids)
        self.assertFault(f"row {newest} was added past the chain")

    def test_newest_row_is_missing_from_a_seal(self):
        """The chain alone cannot tell; a seal, and an earlier audit, can."""
        Seal = self.env["sajad.seal"]
        for day in ("2030-01-01", "2030-01-02", "2030-01-03"):
            with freeze_time(day):
                Seal._cron_seal()
                # again at the same day: nothing is sealed too early
                Seal._cron_seal()
        seals = Seal.search([("table", "=", "sajad_event")], limit=2)
        self.assertEqual(seals[0].last_id, max(self.events.ids))
        self.assertIs(self.audit()["fault"], None)
        newest = self.events[-1].id
        self.force("DELETE FROM sajad_event WHERE id = %s", newest)
        self.assertFault(f"and {newest} is missing")

    def test_newest_row_is_missing_from_what_was_printed(self):
        line = self.audit()
        known = {"sajad_event": (line["last_id"], line["hash"])}
        self.assertIs(self.audit(known=known)["fault"], None)
        self.force("DELETE FROM sajad_event WHERE id = %s", line["last_id"])
        self.assertIs(self.audit()["fault"], None)
        self.assertFault("which an earlier audit has seen", known=known)

    def test_triggers_that_are_off(self):
        self.env.cr.execute(OFF)
        self.assertFault("the trigger sajad_event_append_only is off")

    def test_functions_that_do_something_else(self):
        self.env.cr.execute(
            "CREATE OR REPLACE FUNCTION sajad_event_chain() RETURNS trigger AS "
            "'BEGIN RETURN NEW; END' LANGUAGE plpgsql"
        )
        self.assertFault("the trigger sajad_event_chain is off, missing or changed")

    def test_many_rows_of_one_statement_are_one_chain(self):
        tasks = self.env["sajad.task"].union(
            *(
                self.task(
                    self.make_request(
                        self.process, self.make_student(f"8{n}", self.university)
                    ),
                    "a",
                    self.user_officer,
                )
                for n in range(4)
            )
        )
        start = max(self.env["sajad.event"].search([]).ids)
        tasks.with_user(self.user_officer).action_approve()
        rows = self.env.execute_query(
            SQL(
                "SELECT id, chain_previous FROM sajad_event WHERE id >= %s ORDER BY id",
                start,
            )
        )
        self.assertGreater(len(rows), 4)
        for (former, _of_former), (_row, previous) in zip(rows, rows[1:], strict=False):
            self.assertEqual(previous, former)

    def test_rows_of_a_savepoint_that_is_taken_back(self):
        """The chain goes on with the row that is there."""
        newest = max(self.events.ids)
        with closing(self.env.cr.savepoint()) as savepoint:
            self.engine._submit(self.make_draft("71"))
            savepoint.rollback()
        self.env.invalidate_all()
        self.engine._submit(self.make_draft("72"))
        self.env.cr.execute(
            "SELECT chain_previous FROM sajad_event WHERE id > %s ORDER BY id LIMIT 1",
            [newest],
        )
        self.assertEqual(self.env.cr.fetchall(), [(newest,)])
        self.assertIs(self.audit()["fault"], None)

    def count_scans(self):
        """Return how often this transaction has looked for rows of history."""
        self.env.cr.execute(
            "SELECT pg_stat_get_xact_numscans('sajad_event'::regclass) "
            "+ pg_stat_get_xact_numscans('sajad_event_pkey'::regclass)"
        )
        return self.env.cr.fetchone()[0]

    def test_newest_row_is_looked_for_once(self):
        before = self.count_scans()
        self.env.cr.execute(
            SQL(
                "INSERT INTO sajad_event (request_id, kind, date) "
                "SELECT %s, 'seen', now() FROM generate_series(1, 20)",
                self.request.id,
            )
        )
        self.assertEqual(self.count_scans(), before)
        self.assertIs(self.audit()["fault"], None)

    def make_draft(self, number):
        student = self.make_student(number, self.university)
        return self.make_request(self.process, student, submit=False)

    def test_history_of_an_older_database_is_chained_once(self):
        self.env.cr.execute("DROP TRIGGER sajad_event_append_only ON sajad_event")
        self.env.cr.execute(
            "ALTER TABLE sajad_event DROP COLUMN chain_hash, DROP COLUMN chain_previous"
        )
        self.env["sajad.event"].init()
        self.assertIs(self.audit()["fault"], None)
        self.assertTrue(self.audit()["hash"])
        # a forged row is not made a true one by the next update
        self.test_added()
        self.env["sajad.event"].init()
        self.assertFault("was added past the chain")

    def test_clients_do_not_see_the_chain(self):
        self.assertNotIn("chain_hash", self.env["sajad.event"].fields_get())
