from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged, users

from .common import SajadCommon

FORM = [
    {"name": "rooms", "type": "integer", "string": "Rooms"},
    {"name": "debt", "type": "boolean", "string": "Debt"},
    {
        "name": "way",
        "type": "selection",
        "string": "Way",
        "selection": [["bus", "By Bus"], ["rail", "By Rail"]],
    },
    {"name": "until", "type": "date", "string": "Until"},
    {"name": "remark", "type": "char", "string": "Remark"},
]


@tagged("post_install", "-at_install")
class TestChangedMeanwhile(SajadCommon):
    """Two people, or two windows, on one form (row A10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        process = cls.make_process("meanwhile", {"a": {}}, publish=False)
        process.flow_ids.step_ids.task_properties_definition = FORM
        process.flow_ids.action_publish()
        cls.make_cartables(process, cls.university, cls.user_officer)
        cls.work = cls.make_request(process).task_ids

    def open(self):
        """Return what the client shows of the form when it is opened."""
        return self.work.with_user(self.user_officer).read(["note", "properties"])[0]

    def save(self, opened, note=None, **answers):
        """Send the form as the client does: all answers, and what was there before."""
        vals, before = {}, {}
        if note is not None:
            vals["note"], before["note"] = note, opened["note"]
        if answers:
            before["properties"] = opened["properties"]
            vals["properties"] = [
                {
                    **field,
                    "value": answers.get(field["name"], field.get("value", False)),
                }
                for field in opened["properties"]
            ]
        work = self.work.with_user(self.user_officer)
        work.web_save({**vals, "changed_from": before}, {})
        self.env.invalidate_all()

    def test_different_fields_are_both_kept(self):
        first, second = self.open(), self.open()
        self.save(first, rooms=3, way="bus")
        self.save(second, debt=True, note="Seen")
        self.assertEqual(
            self.work.properties._values,
            {"rooms": 3, "way": "bus", "debt": True},
        )
        self.assertEqual(self.work.note, "Seen")

    def test_the_same_field(self):
        self.save(self.open(), rooms=1, remark="Old")
        first, second = self.open(), self.open()
        self.save(first, way="bus", rooms=2)
        with self.assertRaises(UserError) as caught:
            self.save(second, way="rail", rooms=0, remark="New")
        for text in ("“Rooms”", "2", "You typed: 0", "By Bus", "By Rail"):
            self.assertIn(text, str(caught.exception))
        self.assertNotIn("Remark", str(caught.exception))
        self.env.invalidate_all()
        self.assertEqual(self.work.properties["remark"], "Old")
        # the own value put back: theirs stays, and the rest is kept
        self.save(second, remark="New", rooms=1)
        self.assertEqual(self.work.properties["rooms"], 2)
        self.assertEqual(self.work.properties["remark"], "New")

    def test_both_typed_the_same(self):
        first, second = self.open(), self.open()
        self.save(first, rooms=2, note="One")
        self.save(second, rooms=2, note="One", remark="Mine")
        self.assertEqual(self.work.properties["remark"], "Mine")

    def test_the_note(self):
        first, second = self.open(), self.open()
        self.save(first, note="Theirs")
        with self.assertRaisesRegex(UserError, "(?s)Theirs.*Mine"):
            self.save(second, note="Mine")
        self.env.invalidate_all()
        self.assertEqual(self.work.note, "Theirs")

    def test_zero_and_none(self):
        opened = self.open()
        self.save(opened, rooms=0)
        self.assertEqual(self.work.properties._values["rooms"], 0)

    @users("t_officer")
    def test_a_client_that_says_nothing(self):
        """Whoever writes some answers over RPC changes no others."""
        work = self.work.with_env(self.env)
        work.write({"properties": {"rooms": 2}})
        work.write({"properties": {"remark": "x"}})
        self.assertEqual(work.properties._values, {"rooms": 2, "remark": "x"})

    def test_what_is_sent_in_place_of_it(self):
        for before in ("x", [], {"state": "done"}, {"properties": "x"}, 5):
            vals = {"note": "Kept", "changed_from": before}
            self.work.with_user(self.user_officer).write(vals)
            self.assertEqual(self.work.note, "Kept")


@tagged("post_install", "-at_install", "is_tour")
class TestChangedMeanwhileClient(SajadCommon, HttpCase):
    """The client says what it changed from what."""

    def test_client(self):
        process = self.make_process("meanwhile", {"a": {}}, publish=False)
        process.flow_ids.step_ids.task_properties_definition = FORM
        process.flow_ids.action_publish()
        self.make_cartables(process, self.university, self.user_officer)
        work = self.task(self.make_request(process), "a")
        tour = "sajad_base_changed_meanwhile"
        self.start_tour(f"/odoo/sajad-inbox/{work.id}", tour, login="t_officer")
        self.env.invalidate_all()
        self.assertEqual(
            work.properties._values, {"remark": "Theirs", "rooms": 4, "debt": True}
        )
