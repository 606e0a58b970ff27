import base64
import json
from unittest.mock import patch

from markupsafe import Markup

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged, users

from odoo.addons.sajad_base.models.portal.sajad_process_guide import PICTURE
from odoo.addons.sajad_base.tests.common import SajadCommon
from odoo.addons.sajad_process_designer.tools.process_file import MAX_BYTES, dump_file

PIXEL = "R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=="


class ProcessFileCommon(SajadCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.process = cls.make_process(
            "file",
            {
                "a": {"time_limit": 16, "guide": "Look at it."},
                "dorm": {
                    "after": ["a"],
                    "condition": "[('has_dormitory', '=', True)]",
                    "allow_visit": True,
                },
                "b": {"after": ["a", "dorm"], "join": "any", "mode": "information"},
            },
            publish=False,
            description="<p>What it is.</p><p>For whom.</p>",
            request_properties_definition=[
                {
                    "name": "kind",
                    "string": "Kind",
                    "type": "selection",
                    "selection": [["s", "Short"]],
                }
            ],
        )
        cls.flow = cls.process.flow_ids
        step = cls.flow.step_ids[0]
        step.task_properties_definition = [
            {"name": "books", "string": "کتاب", "type": "integer"}
        ]
        cls.env["sajad.flow.step.check"].create(
            {
                "step_id": step.id,
                "name": "Count the books.",
                "domain": "[('properties.books', '!=', False)]",
            }
        )
        step.update_field_translations("guide", {"fa_IR": "بررسی کنید."})
        cls.process.update_field_translations("name", {"fa_IR": "پرونده"})
        cls.process.update_field_translations(
            "description", {"fa_IR": {"What it is.": "چیست.", "For whom.": "برای که."}}
        )
        cls.flow.action_publish()

    def data(self):
        return json.loads(self.flow._export_file())

    def wizard(self, content, **values):
        if not isinstance(content, bytes):
            content = dump_file(content)
        return self.env["sajad.process.import"].create(
            {"file": base64.b64encode(content), "file_name": "p.json", **values}
        )

    def imported(self, content, **values):
        action = self.wizard(content, **values).action_apply()
        return self.env["sajad.flow"].browse(action["res_id"])


@tagged("post_install", "-at_install")
class TestProcessFile(ProcessFileCommon):
    """One university gives a process to another (row A5)."""

    def test_file_has_codes_and_no_ids(self):
        data = self.data()
        self.assertEqual(data["process"]["name"]["fa_IR"], "پرونده")
        steps = {step["stage"]: step for step in data["steps"]}
        self.assertEqual(steps["b"]["follows"], ["a", "dorm"])
        self.assertEqual(steps["dorm"]["options"]["allow_visit"], True)
        self.assertEqual(steps["a"]["options"]["time_limit"], 16)
        self.assertNotIn("id", json.dumps(data).replace("'", '"').split('"'))

    @users("t_admin")
    def test_round_trip(self):
        data = self.data()
        flow = self.imported(data, as_new=True, code="file_copy")
        self.assertEqual((flow.state, flow.version), ("draft", 1))
        self.assertEqual(flow.process_id.code, "file_copy")
        self.assertNotEqual(flow.process_id, self.process)
        self.env.flush_all()
        self.env.invalidate_all()
        again = json.loads(flow._export_file())
        again["process"]["code"] = data["process"]["code"]
        self.assertEqual(again, data)
        self.assertFalse(flow._get_publish_problems())
        self.assertEqual(
            flow.step_ids[0].with_context(lang="fa_IR").guide, "بررسی کنید."
        )
        self.assertIn(
            "برای که.", flow.process_id.with_context(lang="fa_IR").description
        )

    def fill_catalogue(self):
        """Give the process all that the catalogue and its guides tell."""
        self.process.write(
            {
                "kind": "welfare",
                "applicants": "Those who live in a dormitory",
                "student_condition": "[('has_dormitory', '=', True)]",
                "call_start": "2026-03-21",
                "call_end": "2027-03-20",
                "for_graduate": False,
                "exclusive_group": "leaving",
                "only_chosen": True,
                "attachment_slot_ids": [
                    Command.create(
                        {
                            "name": "Passport",
                            "help_text": "All pages.",
                            "max_files": 3,
                            "required": False,
                        }
                    ),
                    Command.create({"name": "Photo", "sequence": 20}),
                ],
                "guide_ids": [
                    Command.create({"name": "How", "audience": "student"}),
                    Command.create({"name": "Work", "audience": "university"}),
                ],
            }
        )
        self.process.update_field_translations("applicants", {"fa_IR": "خوابگاهیان"})
        slot = self.process.attachment_slot_ids[0]
        slot.update_field_translations("name", {"fa_IR": "گذرنامه"})
        guide = self.process.guide_ids.filtered(lambda g: g.audience == "student")
        pictures = guide._import_files(
            [{"name": f"p{n}.gif", "data": PIXEL} for n in range(12)]
        )
        guide.body = Markup("<p>Look:</p>") + Markup().join(
            Markup('<p><img src="/web/image/%s"></p>') % picture.id
            for picture in pictures
        )
        guide.attachment_ids = guide._import_files(
            [{"name": "form.txt", "data": base64.b64encode(b"To fill in").decode()}]
        )
        return guide

    def test_everything_arrives(self):
        """Whoever gets a process gets all of it."""
        guide = self.fill_catalogue()
        data = self.data()
        self.env = self.env(user=self.user_admin)
        flow = self.imported(data, as_new=True, code="whole")
        process = flow.process_id
        self.env.flush_all()
        self.env.invalidate_all()
        again = json.loads(flow._export_file())
        again["process"]["code"] = data["process"]["code"]
        self.assertEqual(again, data)
        for name in (
            "kind",
            "applicants",
            "student_condition",
            "call_start",
            "call_end",
            "for_graduate",
            "exclusive_group",
            "only_chosen",
        ):
            self.assertEqual(process[name], self.process[name], name)
        self.assertEqual(process.with_context(lang="fa_IR").applicants, "خوابگاهیان")
        twin = process.guide_ids.filtered(lambda g: g.audience == "student")
        self.assertEqual(twin.attachment_ids.raw, b"To fill in")
        ids = [int(i) for i in PICTURE.findall(twin.body)]
        pictures = self.env["ir.attachment"].browse(ids)
        self.assertEqual(len(pictures), 12)
        # its own ones, which its readers see
        self.assertEqual(set(pictures.mapped("res_id")), {twin.id})
        self.assertFalse(set(ids) & {int(i) for i in PICTURE.findall(guide.body)})
        self.assertFalse(flow._get_publish_problems())

    def test_the_catalogue_of_a_process_that_is_there_stays(self):
        self.fill_catalogue()
        data = self.data()
        data["process"]["settings"]["kind"] = "other"
        self.env = self.env(user=self.user_admin)
        wizard = self.wizard(data)
        self.assertIn("stays as it is here", str(wizard.line_ids.mapped("sentence")))
        wizard.action_apply()
        self.assertEqual(self.process.kind, "welfare")
        self.assertEqual(len(self.process.guide_ids), 2)

    def test_hostile_catalogue(self):
        self.fill_catalogue()
        self.env = self.env(user=self.user_admin)
        for change, text in (
            ({"settings": {"fee": 5}}, "no setting “fee”"),
            ({"settings": {"only_chosen": "many"}}, "no setting “only_chosen”"),
            ({"settings": {"kind": "x"}}, "no setting “kind”"),
            ({"settings": {"call_start": "soon"}}, "no setting “call_start”"),
            ({"settings": {"create_uid": 1}}, "no setting “create_uid”"),
            ({"settings": {"student_condition": "uid"}}, "no condition"),
            ({"texts": {"code": {"en_US": "x"}}}, "no setting “code”"),
            ({"documents": [{"name": {"en_US": "x"}}]}, "is missing"),
            ({"guides": [{"audience": "all"}]}, "is missing"),
        ):
            data = self.data()
            data["process"].update(change)
            with self.subTest(text):
                self.assert_problem(data, text)
        data = self.data()
        data["process"]["guides"][0]["audience"] = "nobody"
        self.assert_problem(data, "nobody here")
        data = self.data()
        data["process"]["guides"][0]["files"] = [{"name": "x", "data": "§"}]
        self.assert_problem(data, "not as it must be")
        data = self.data()
        data["process"]["guides"][0]["body"] = {
            "en_US": "<p>Hi<script>alert(1)</script></p>"
        }
        flow = self.imported(data, as_new=True, code="hostile")
        self.assertNotIn("script", str(flow.process_id.guide_ids.mapped("body")))

    @users("t_admin")
    def test_the_matter_travels(self):
        """Of every addon that is installed."""
        matters = self.process._fields["matter"].get_values(self.env)
        for number, matter in enumerate(matters):
            with self.subTest(matter):
                self.process.matter = matter
                data = self.data()
                self.assertEqual(data["process"]["matter"], matter)
                code = f"matter_{number}"
                flow = self.imported(data, as_new=True, code=code)
                self.assertEqual(flow.process_id.matter, matter)

    @users("t_admin")
    def test_matters_that_are_not_known_here(self):
        data = self.data()
        data["process"]["matter"] = "dossier_of_another_addon"
        self.assert_problem(data, "nothing here deals with")
        data["process"]["matter"] = ["general"]
        self.assert_problem(data, "not as it must be")
        del data["process"]["matter"]
        flow = self.imported(data, as_new=True, code="unsaid")
        self.assertEqual(flow.process_id.matter, "general")

    @users("t_admin")
    def test_a_version_of_another_matter_is_refused(self):
        Selection = type(self.process._fields["matter"])
        get_values = Selection.get_values

        def get_more(field, env):
            more = ["other"] if field.name == "matter" else []
            return [*get_values(field, env), *more]

        data = self.data()
        data["process"]["matter"] = "other"
        with patch.object(Selection, "get_values", get_more):
            self.assert_problem(data, "about something else here: General")

    @users("t_admin")
    def test_another_university_has_nothing_of_it(self):
        data = self.data()
        text = json.dumps(data).replace("file_", "other_")
        data = json.loads(text)
        data["process"]["code"] = "other"
        wizard = self.wizard(data)
        kinds = wizard.line_ids.mapped("kind")
        self.assertEqual(kinds.count("create"), 7)
        self.assertFalse(self.env["sajad.process"].search([("code", "=", "other")]))
        wizard.action_apply()
        process = self.env["sajad.process"].search([("code", "=", "other")])
        self.assertEqual(len(process.stage_ids), 3)
        self.assertTrue(process.stage_ids.role_id.group_id)

    @users("t_admin")
    def test_same_code_is_a_draft_beside_what_is_published(self):
        flow = self.imported(self.data())
        self.assertEqual(flow.process_id, self.process)
        self.assertEqual((flow.version, flow.state), (2, "draft"))
        self.assertEqual(self.flow.state, "published")
        self.assertEqual(len(self.process.stage_ids), 3)
        self.assertFalse(flow._compare_with(self.flow.with_env(self.env)))

    @users("t_admin")
    def test_a_code_is_proposed(self):
        form = Form(self.env["sajad.process.import"])
        form.file = base64.b64encode(self.flow._export_file())
        form.as_new = True
        flow = self.env["sajad.flow"].browse(form.save().action_apply()["res_id"])
        self.assertEqual(flow.process_id.code, "file_2")

    @users("t_admin")
    def test_conflicts(self):
        data = self.data()
        data["roles"][0]["level"] = "organization"
        self.assert_problem(data, "another level")
        data = self.data()
        data["stages"][0]["role"] = data["stages"][1]["role"]
        self.assert_problem(data, "another role")
        wizard = self.wizard(self.data(), as_new=True, code="file")
        self.assertIn("has this code", wizard.line_ids.sentence)
        wizard = self.wizard(self.data(), as_new=True, code="a b")
        self.assertEqual(wizard.problem_count, 1)

    def assert_problem(self, content, text):
        wizard = self.wizard(content)
        problems = wizard.line_ids.filtered(lambda line: line.kind == "problem")
        self.assertIn(text, "\n".join(problems.mapped("sentence")))
        flows = self.env["sajad.flow"].search_count([])
        with self.assertRaises(UserError):
            wizard.action_apply()
        self.assertEqual(self.env["sajad.flow"].search_count([]), flows)

    @users("t_admin")
    def test_bad_files(self):
        for content, text in (
            (b"", "Choose a file"),
            (b"{", "no file of a process"),
            (b"\xff\xfe\x00", "no file of a process"),
            (b"[]", "no file of a process"),
            (b'{"format": "sajad-process", "format": 1}', "no file of a process"),
            (b'{"format": "sajad-process", "version": 2}', "does not know"),
            (b'{"format": "sajad-process", "version": 1}', "is missing"),
            (b"[" * 100000, "no file of a process"),
            (b" " * (MAX_BYTES + 1), "larger than 20 megabytes"),
        ):
            with self.subTest(content[:40]):
                if content:
                    self.assert_problem(content, text)
                else:
                    wizard = self.env["sajad.process.import"].create({})
                    with self.assertRaisesRegex(UserError, text):
                        wizard.action_apply()

    @users("t_admin")
    def test_what_the_format_does_not_know_is_refused(self):
        def change(function):
            data = self.data()
            function(data)
            return data

        step = lambda d: d["steps"][0]  # noqa: E731
        for function, text in (
            (lambda d: d.update(extra=1), "is not known"),
            (lambda d: d["process"].update(active=False), "is not known"),
            (lambda d: step(d).update(flow_id=1), "is not known"),
            (lambda d: step(d)["options"].update(flow_id=1), "no setting"),
            (lambda d: step(d)["options"].update(mode="evil"), "no setting"),
            (lambda d: step(d)["options"].update(time_limit="x"), "no setting"),
            (lambda d: step(d)["options"].update(time_limit=-1), "no setting"),
            (lambda d: step(d)["options"].update(allow_visit=1), "no setting"),
            (lambda d: step(d).update(follows=["nowhere"]), "is not in the file"),
            (lambda d: step(d).update(stage="nowhere"), "is not in the file"),
            (lambda d: d["steps"].append(step(d)), "comes twice"),
            (lambda d: d["process"].update(name={}), "not as it must be"),
            (lambda d: d["process"].update(name="x"), "not as it must be"),
            (lambda d: d["process"].update(code="../x"), "not as it must be"),
            (lambda d: d.update(steps={}), "not as it must be"),
            (lambda d: d.update(steps=[1]), "not as it must be"),
            (
                lambda d: step(d)["form"].append({"name": "x", "type": "many2one"}),
                "not as it must be",
            ),
            (
                lambda d: step(d)["form"].append(step(d)["form"][0]),
                "not as it must be",
            ),
        ):
            data = change(function)
            with self.subTest(text), self.env.cr.savepoint():
                self.assert_problem(data, text)

    @users("t_admin")
    def test_rules_are_never_evaluated(self):
        for rule in (
            "__import__('os').system('true')",
            "[('no_such_field', '=', 1)]",
            "[('faculty_id', '=', 1)]",
            "[('id', 'in', [1, 2])]",
            "[(lambda: 1)()]",
            "[" * 2000,
            "{'a': 1}",
            "['&']",
            "1 + 1",
        ):
            for place in ("condition", "check"):
                data = self.data()
                if place == "condition":
                    data["steps"][0]["condition"] = rule
                else:
                    data["steps"][0]["checks"][0]["domain"] = rule
                with self.subTest(f"{place} {rule[:40]}"):
                    self.assert_problem(data, "A rule")

    @users("t_admin")
    def test_html_is_sanitised(self):
        data = self.data()
        evil = "<p>Hello</p><script>alert(1)</script><img src=x onerror=alert(1)>"
        data["process"]["description"] = {"en_US": evil, "fa_IR": evil}
        flow = self.imported(data, as_new=True, code="evil")
        for lang in ("en_US", "fa_IR"):
            text = flow.process_id.with_context(lang=lang).description
            self.assertIn("Hello", text)
            self.assertNotIn("script", text)
            self.assertNotIn("onerror", text)

    @users("t_admin")
    def test_rules_on_records_are_not_exported(self):
        draft = self.flow.with_env(self.env).copy()
        draft.step_ids[0].condition = f"[('faculty_id', 'in', [{self.faculty.id}])]"
        with self.assertRaisesRegex(UserError, "records of this university"):
            draft.action_export()


@tagged("post_install", "-at_install")
class TestProcessFileDownload(ProcessFileCommon, HttpCase):
    """The file is for administrators alone (rows A5, E5)."""

    def test_download(self):
        url = f"/sajad/process-file/{self.flow.id}"
        self.authenticate("t_admin", "t_adminx")
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.content, self.flow._export_file())
        self.assertIn("attachment", response.headers["Content-Disposition"])
        for login in ("t_officer", "t_student", "t_organization"):
            self.authenticate(login, login)
            with self.subTest(login):
                self.assertIn(self.url_open(url).status_code, (403, 404))
