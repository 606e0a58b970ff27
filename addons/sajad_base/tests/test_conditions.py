from zoneinfo import ZoneInfo

from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tests import tagged

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
        for text in HOSTILE:
            if "\x00" in text:
                continue  # no database keeps it
            with self.subTest(text[:40]):
                step.condition = text
                self.assertTrue(step._get_problems())
                with self.assertRaises(ValidationError):
                    process.student_condition = text
        step.condition = False
        check = self.env["sajad.flow.step.check"].create(
            {"step_id": step.id, "name": "Check", "domain": "uid"}
        )
        self.assertIn("is invalid", "\n".join(step._get_problems()))
        check.domain = "[('note', '!=', False)]"
        self.assertFalse(step._get_problems())

    def test_the_clock_of_the_country(self):
        self.assertEqual(COUNTRY_ZONE, ZoneInfo("Asia/Tehran"))
