from datetime import date

from odoo.tests import TransactionCase, tagged

from ..tools.form import FormInput, fill_form, read_form
from ..tools.form_properties import get_property_values, make_property_inputs
from ..tools.form_record import make_record_inputs

DAY = date(2001, 8, 14)
NO_DAY = "There is no such day: write it like 1380/05/23."
LONG_AGO = "This date is too long ago."
NO_WHOLE = "This is not a whole number."
NO_NUMBER = "This is not a number."
# kind, what is typed, the value or the sentence
TYPED = (
    ("date", "1380/05/23", DAY),
    ("date", "۱۳۸۰/۵/۲۳", DAY),
    ("date", "١٣٨٠/٠٥/٢٣", DAY),
    ("date", "1380-05-23", DAY),
    ("date", " 1380 / 5 / 23 ", DAY),
    ("date", "\u202b۱۳۸۰.۰۵.۲۳\u202c", DAY),
    ("date", "1380/05/23 10:30", DAY),
    ("date", "2001-08-14", DAY),
    ("date", "۲۰۰۱/۸/۱۴", DAY),
    ("date", "82/11/25", date(2004, 2, 14)),
    ("date", "1380/05-23", NO_DAY),
    ("date", "1380/07/31", NO_DAY),
    ("date", "1404/12/30", NO_DAY),
    ("date", "2001-02-30", NO_DAY),
    ("date", "yesterday", NO_DAY),
    ("date", "1850-01-01", LONG_AGO),
    ("date", "1278/01/01", LONG_AGO),
    ("date", "  ", False),
    ("integer", "12,000", 12000),
    ("integer", "۱۲٬۰۰۰", 12000),
    ("integer", "۱۲،۰۰۰", 12000),
    ("integer", "12 000 000", 12000000),
    ("integer", "-5", -5),
    ("integer", "0", 0),
    ("integer", "12٫5", NO_WHOLE),
    ("integer", "12,5", NO_WHOLE),
    ("integer", "0,125", NO_WHOLE),
    ("integer", "many", NO_WHOLE),
    ("integer", "250.000", NO_WHOLE),
    ("integer", "۲۵۰٫۰۰۰", NO_WHOLE),
    ("integer", "12.0", 12),
    ("integer", "9" * 20, "This number is too large."),
    ("float", "12,000", 12000.0),
    ("float", "۱۲٬۰۰۰", 12000.0),
    ("float", "12٫5", 12.5),
    ("float", "۱۲٬۰۰۰٫۲۵", 12000.25),
    ("float", ".5", 0.5),
    ("float", "12,5", NO_NUMBER),
    ("float", "1e400", NO_NUMBER),
    ("float", "nan", NO_NUMBER),
    ("char", " علي  رضا ", "علی رضا"),
    ("char", "x" * 501, "At most 500 characters."),
)
DEFINITIONS = [
    {"name": kind, "type": kind, "string": kind.capitalize()}
    for kind in ("date", "integer", "float", "char", "text", "boolean", "separator")
] + [
    {
        "name": "tags",
        "type": "tags",
        "string": "Tags",
        "tags": [["bus", "By bus", 1], ["rail", "By rail", 2]],
        "default": ["bus"],
    },
    {
        "name": "way",
        "type": "selection",
        "string": "Way",
        "selection": [["bus", "By bus"]],
        "default": "bus",
    },
]
# fields of the same kinds
FIELDS = {
    "date": ("sajad.student", "birth_date"),
    "integer": ("res.partner", "color"),
    "float": ("res.partner", "partner_latitude"),
    "char": ("res.partner", "function"),
}


@tagged("post_install", "-at_install")
class TestForm(TransactionCase):
    """Properties and fields of a record are one kind of form (rows A8, B4)."""

    def make_properties(self, *names, required=()):
        definitions = [d for d in DEFINITIONS if not names or d["name"] in names]
        return make_property_inputs(self.env, definitions, required)

    def make_record(self, kind, **options):
        model, name = FIELDS[kind]
        return make_record_inputs(self.env[model].new(), [name], **options)

    # ------------------------------------------------------------
    # READ
    # ------------------------------------------------------------

    def test_one_reader(self):
        """The same text is the same value, whichever form it was typed into."""
        for kind, typed, expected in TYPED:
            name = FIELDS[kind][1]
            forms = (
                self.make_properties(kind),
                self.make_record(kind, max_length={name: 500}),
            )
            for inputs in forms:
                with self.subTest(kind, typed=typed[:20], name=inputs[0].name):
                    (item,) = inputs
                    values, errors = read_form(self.env, inputs, {item.name: typed})
                    if isinstance(expected, str) and expected != "علی رضا":
                        self.assertEqual((values, errors), ({}, {item.name: expected}))
                    else:
                        self.assertEqual((values, errors), ({item.key: expected}, {}))
                        self.assertIs(type(values[item.key]), type(expected))

    def test_lines_of_a_text_stay(self):
        inputs = self.make_properties("text")
        typed = {"property_text": "  يك \r\n\r\n دو  سه "}
        values, _errors = read_form(self.env, inputs, typed)
        self.assertEqual(values, {"text": "یک\n\nدو سه"})

    def test_numbers_of_persons(self):
        for kind, typed, expected in (
            ("national_id", "۹۹۹ ۰۰۰۰۰۰-۱", "9990000001"),
            ("national_id", "9990000002", "This is not a valid national ID"),
            ("mobile", "۰۹۱۲ ۱۲۳ ۴۵۶۷", "+989121234567"),
            ("mobile", "02112345678", "This is not a mobile number"),
            ("phone", "02112345678", "+982112345678"),
            ("passport", "a 123-4567", "A1234567"),
            ("foreign_id", "12345", "A foreigners' ID has twelve digits."),
            ("birth_certificate", "۱۲", "12"),
            ("letters", "12", "Write it in letters."),
        ):
            with self.subTest(kind, typed=typed):
                item = FormInput("number", "Number", kind, "number")
                values, errors = read_form(self.env, [item], {"number": typed})
                found = values.get("number") or errors.get("number")
                self.assertEqual(found[: len(expected)], expected)

    def test_choices(self):
        inputs = self.make_properties("tags", "way", "boolean")
        sent = {"submit_token": "x", "property_tags__rail": "1", "property_way": "bus"}
        values, errors = read_form(self.env, inputs, sent)
        self.assertFalse(errors)
        self.assertEqual(values, {"tags": ["rail"], "way": "bus", "boolean": False})
        _values, errors = read_form(self.env, inputs, {"property_way": "plane"})
        self.assertEqual(errors, {"property_way": "Choose one of the list."})

    def test_what_is_missing(self):
        names = [definition["name"] for definition in DEFINITIONS]
        inputs = self.make_properties(required=names)
        values, errors = read_form(self.env, inputs, {"property_integer": "0"})
        self.assertEqual(values, {"integer": 0})
        self.assertEqual(errors["property_boolean"], "Tick this box to go on.")
        self.assertEqual(errors["property_tags"], "Choose one of the list.")
        self.assertEqual(errors["property_date"], "Fill in this field.")
        self.assertNotIn("property_separator", errors)

    def test_files_under_the_name_of_texts(self):
        inputs = self.make_properties("char")
        values, _errors = read_form(self.env, inputs, {"property_char": object()})
        self.assertEqual(values, {"char": False})

    def test_values_of_properties(self):
        values = get_property_values({"until": DAY, "none": False, "count": 3})
        self.assertEqual(values, {"until": "2001-08-14", "none": False, "count": 3})

    # ------------------------------------------------------------
    # DRAW
    # ------------------------------------------------------------

    def test_what_was_typed_is_drawn(self):
        inputs = {item.key: item for item in self.make_properties()}
        self.assertEqual(inputs["tags"].value, ["bus"])
        self.assertEqual(inputs["way"].value, "bus")
        sent = {"submit_token": "x", "property_date": "1380/5/23", "property_way": ""}
        fill_form(inputs.values(), sent, {"property_date": "No."})
        self.assertEqual(inputs["tags"].value, [])
        self.assertEqual(inputs["way"].value, "")
        self.assertEqual(inputs["date"].error, "No.")
        # the browser's own input of dates would not show it
        self.assertEqual(
            (inputs["date"].value, inputs["date"].html_type),
            (
                "1380/5/23",
                "text",
            ),
        )
        fill_form(inputs.values(), {"property_date": "2001-08-14"})
        self.assertEqual(inputs["date"].html_type, "date")

    def test_both_kinds_are_drawn_alike(self):
        drawn = []
        for (item,) in (self.make_properties("date"), self.make_record("date")):
            item.name = item.label = "same"
            html = self.env["ir.qweb"]._render(
                "sajad_base.portal_form_input", {"input": item}
            )
            drawn.append(str(html))
        self.assertEqual(*drawn)
        self.assertIn("o_sajad_date", drawn[0])

    def test_what_the_record_knows(self):
        student = self.env["sajad.student"].new(
            {"birth_date": DAY, "mobile": "+989121234567", "sex": "male"}
        )
        inputs = make_record_inputs(
            student, ["birth_date", "mobile", "sex", "field_id"], {"mobile": "mobile"}
        )
        self.assertEqual(
            [item.value for item in inputs], ["2001-08-14", "09121234567", "male", ""]
        )
        self.assertEqual(inputs[1].html_type, "tel")
        self.assertIn(("male", "Male"), inputs[2].options)
