from zoneinfo import ZoneInfo

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import SQL

from ..tools.clock import COUNTRY_ZONE
from ..tools.conditions import parse_condition, read_condition
from .common import SajadCommon

# each made one of the readers of conditions fail with an error of Python
HOSTILE = (
    "__import__('os').system('true')",
    "[(lambda: 1)()]",
    "[" * 5000,
    "-" * 100000 + "1",
    "[('name', '=', " + "9" * 5000 + ")]",
    "{'a': 1}",
    "{[]: 1}",
    "['&']",
    "['!', '!']",
    "[('name', '=')]",
    "[(1, 2, 3)]",
    "[('name', 'is like', 'x')]",
    "1 + 1",
    "[('name', '=', 1)",
    "[('name', '=', '\x00')",
    "None",
    "...",
    "uid",
)


BAD_YEAR = "[('student_id.entry_year', '>=', 'many')]"
ANSWERS = [{"name": "amount", "type": "integer", "string": "Amount"}]
MONEY = [{**ANSWERS[0], "written_as": "amount"}]


@tagged("post_install", "-at_install")
class TestConditions(SajadCommon):
    """One reader of conditions: a domain, or a sentence."""

    def test_empty_is_always(self):
        for text in (None, False, "", " ", "[]", " [] ", "False"):
            self.assertTrue(read_condition(self.env, text).is_true())
            self.assertTrue(parse_condition(self.env, text, "sajad.request").is_true())

    def test_domains(self):
        text = " ['|', ('note', '=', False), ('state', 'in', ['done', 'draft'])] "
        domain = parse_condition(self.env, text, "sajad.request")
        self.assertEqual(
            domain,
            Domain("note", "=", False) | Domain("state", "in", ["done", "draft"]),
        )

    def test_broken_and_hostile_texts(self):
        for text in HOSTILE:
            with (
                self.subTest(text[:40]),
                self.assertRaisesRegex(ValidationError, "is invalid") as caught,
            ):
                parse_condition(self.env, text, "sajad.request")
            self.assertLess(len(str(caught.exception)), 500)

    def test_unknown_fields(self):
        for text in (
            "[('no_such_field', '=', 1)]",
            "[('student_id.no_such_field', '=', 1)]",
            "[('student_id', 'any', [('no_such_field', '=', 1)])]",
        ):
            self.assertTrue(read_condition(self.env, text))
            with self.subTest(text), self.assertRaises(ValidationError):
                parse_condition(self.env, text, "sajad.request")

    def test_where_conditions_are_typed(self):
        process = self.make_process("typed", {"a": {}}, publish=False)
        step = process.flow_ids.step_ids
        Check = self.env["sajad.flow.step.check"]
        for text in HOSTILE:
            if "\x00" in text:
                continue  # no database keeps it
            with self.subTest(text[:40]):
                with self.assertRaises(ValidationError):
                    step.condition = text
                with self.assertRaises(ValidationError):
                    process.student_condition = text
                with self.assertRaises(ValidationError):
                    Check.create({"step_id": step.id, "name": "C", "domain": text})

    def test_what_was_kept_before(self):
        process = self.make_process("kept", {"a": {}}, publish=False)
        step = process.flow_ids.step_ids
        for text in ("uid", "[('no_such_field', '=', 1)]", BAD_YEAR):
            self.keep("sajad_flow_step", "condition", text, step)
            self.assertTrue(step._get_problems(), text)

    def keep(self, table, column, text, record):
        """Write past the check, as an older version did."""
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = %s",
                SQL.identifier(table),
                SQL.identifier(column),
                text,
                record.id,
            )
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache("stable")

    # ------------------------------------------------------------
    # VALUES
    # ------------------------------------------------------------

    def test_values_are_read_in_the_type_of_their_field(self):
        for typed, kept in (
            ("[('student_id.entry_year', '>=', '۱۴۰۰')]", 1400),
            ("[('student_id.entry_year', 'in', ['١٤٠٠', 1401])]", [1400, 1401]),
            ("[('student_id.entry_year', '=', '１４００')]", 1400),
            ("[('student_id.entry_year', '=like', '۱۴%')]", "14%"),
            ("[('student_number', 'ilike', '۴۰٠')]", "400"),
            ("[('has_dormitory', '=', 1)]", True),
            ("[('date_submit', '>', '۱۴۰۴/۰۱/۰۱')]", "2025-03-21"),
            ("[('date_submit', '>', 'today -3d')]", "today -3d"),
            ("[('student_number', '=', '۴۰۰')]", "400"),
            ("[('state', '=', 'done')]", "done"),
            ("[('student_id', '!=', False)]", False),
            ("[('student_id.faculty_id', 'ilike', 'x')]", "x"),
        ):
            domain = parse_condition(self.env, typed, "sajad.request")
            (leaf,) = domain.iter_conditions()
            self.assertEqual((leaf.value, type(leaf.value)), (kept, type(kept)), typed)

    def test_inner_conditions(self):
        text = "[('student_id', 'any', [('entry_year', '>', '۱۴۰۰')])]"
        domain = parse_condition(self.env, text, "sajad.request")
        self.assertIn("1400", str(domain))
        with self.assertRaises(ValidationError):
            parse_condition(self.env, text.replace("۱۴۰۰", "abc"), "sajad.request")

    def test_an_amount_is_read_as_amounts_are(self):
        for text in ("100.000", "۱۰۰/۰۰۰", "100,000", "۱۰۰٬۰۰۰ ریال"):
            typed = f"[('properties.amount', '>', '{text}')]"
            with self.subTest(text):
                domain = parse_condition(self.env, typed, "sajad.request", MONEY)
                self.assertEqual(domain, Domain("properties.amount", ">", 100000))
        with self.assertRaises(ValidationError):
            typed = "[('properties.amount', '>', '12.5')]"
            parse_condition(self.env, typed, "sajad.request", MONEY)

    def test_values_that_do_not_fit(self):
        for text in (
            BAD_YEAR,
            "[('student_id.entry_year', '=', '1,4')]",
            "[('student_id.entry_year', '=', '1.400')]",
            "[('student_id.entry_year', '=', 1e400)]",
            f"[('student_id.entry_year', '=', '{'9' * 400}.0')]",
            "[('student_id.entry_year', '=', True)]",
            "[('has_dormitory', '=', 'yes')]",
            "[('date_submit', '>', '1404/13/01')]",
            "[('date_submit', '>', 'soon')]",
            "[('date_submit', '>', 5)]",
            "[('state', '=', 'finished')]",
            "[('state', 'in', ['done', 'finished'])]",
        ):
            with (
                self.subTest(text),
                self.assertRaisesRegex(ValidationError, "is invalid"),
            ):
                parse_condition(self.env, text, "sajad.request")

    def test_a_branch_on_an_answer(self):
        """A request above the limit reaches the committee, however it was typed."""
        process = self.make_process(
            "branch", {"a": {}, "b": {"after": ["a"]}}, publish=False
        )
        process.flow_ids.request_properties_definition = ANSWERS
        step = process.flow_ids.step_ids.filtered(lambda s: s.stage_id.code == "b")
        step.condition = "[('properties.amount', '>', '۱۰۰٬۰۰۰٬۰۰۰')]"
        self.assertEqual(step.condition, "[('properties.amount', '>', 100000000)]")
        with self.assertRaises(ValidationError):
            step.condition = "[('properties.amount', '>', 'much')]"
        process.flow_ids.action_publish()
        self.make_cartables(process, self.university, self.user_officer)
        for amount, state in ((200000000, "waiting"), (1000, "waiting")):
            request = self.make_request(process, properties={"amount": amount})
            task = self.task(request, "a")
            self.assertEqual(self.task(request, "b").state, state)
            task.with_user(self.user_officer).action_approve()
            self.env.invalidate_all()
            reached = "ready" if amount > 1000 else "skipped"
            self.assertEqual(self.task(request, "b").state, reached)

    def test_a_condition_typed_before_its_field(self):
        process = self.make_process("before", {"a": {}}, publish=False)
        step = process.flow_ids.step_ids
        step.condition = "[('properties.amount', '>', '۵')]"
        process.flow_ids.request_properties_definition = ANSWERS
        process.flow_ids.action_publish()
        self.assertEqual(step.condition, "[('properties.amount', '>', 5)]")

    def test_no_page_fails(self):
        """A condition of former times that cannot be evaluated skips nobody."""
        process = self.make_process("former", {"a": {}, "b": {"after": ["a"]}})
        self.make_cartables(process, self.university, self.user_officer)
        steps = process.flow_ids.step_ids
        for step in steps:
            self.keep("sajad_flow_step", "condition", BAD_YEAR, step)
        self.student.entry_year = 1400
        request = self.make_request(process)
        task = self.task(request, "a")
        self.assertEqual(task.state, "ready")
        self.assertTrue(request._get_next_action())
        check = self.env["sajad.flow.step.check"]
        self.env.cr.execute(
            SQL(
                "INSERT INTO sajad_flow_step_check (step_id, name, domain) "
                'VALUES (%s, \'{"en_US": "Rule"}\', %s)',
                task.step_id.id,
                "[('request_id.student_id.entry_year', '>', 'x')]",
            )
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache("stable")
        self.assertTrue(check.search([("step_id", "=", task.step_id.id)]))
        with self.assertRaisesRegex(UserError, "Rule"):
            task.with_user(self.user_officer).action_approve()
        self.keep(
            "sajad_process", "student_condition", "[('entry_year', '>', 'x')]", process
        )
        self.assertFalse(process._is_offered_to(self.student))

    def test_kept_filters(self):
        Filters = self.env["ir.filters"]
        vals = {"name": "Kept", "model_id": "sajad.student", "user_ids": []}
        Filters.create({**vals, "domain": "[('entry_year', '>', '۱۴۰۰')]"})
        Filters.create({**vals, "name": "Own", "domain": "[('create_uid', '=', uid)]"})
        with self.assertRaises(ValidationError):
            Filters.create(
                {**vals, "name": "Bad", "domain": "[('entry_year', '>', 'x')]"}
            )

    def test_the_clock_of_the_country(self):
        self.assertEqual(COUNTRY_ZONE, ZoneInfo("Asia/Tehran"))
