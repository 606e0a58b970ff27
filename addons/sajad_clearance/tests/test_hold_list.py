import base64
import io
from datetime import date, timedelta
from unittest.mock import patch

import openpyxl

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.sajad_base.tools.clock import get_country_today

from ..controllers.payment import read_amount
from ..wizards import sajad_hold_import
from .common import ClearanceCommon

PERSIAN = """شماره دانشجويي;نوع;شرح;مبلغ (ریال);تاريخ;شماره بیرونی
۱۰۰۱;بدهی;اجاره خوابگاه;۱۲٬۵۰۰٬۰۰۰;۱۴۰۵/۰۶/۳۱;D-1
1001;کتاب;کتاب زیست;;;D-2
٩٩٩٩;بدهی;ناشناس;100;;D-3
2001;بدهی;دانشگاه دیگر;100;;D-4
1001;بدهی;بی مبلغ;;;D-5
1001;بدهی;منفی;-5;;D-6
1001;چیز;نوع ناشناس;5;;D-7
1001;بدهی;تاریخ بد;5;1405/13/01;D-8
1001;بدهی;تکراری;5;2026-09-22;D-1
1001;بدهی;;5;;D-9
"""


class ListCommon(ClearanceCommon):
    def _open(self, content, name="list.csv", user=None, **values):
        user = user or self.experts["dormitories"]
        content = content.encode() if isinstance(content, str) else content
        return (
            self.env["sajad.hold.import"]
            .with_user(user)
            .create(
                {
                    "file": base64.b64encode(content),
                    "file_name": name,
                    "office_id": self._get_office("dormitories").id,
                    **values,
                }
            )
        )

    def _get_holds(self):
        return self.env["sajad.hold"].search(
            [("office_id", "=", self._get_office("dormitories").id)], order="id"
        )


@tagged("post_install", "-at_install")
class TestHoldList(ListCommon):
    """Holds from a file: look first, then import, and again without harm (row B7)."""

    def test_persian_list(self):
        wizard = self._open(PERSIAN)
        wizard.action_check()
        self.assertEqual(wizard.state, "checked")
        self.assertFalse(self._get_holds())
        results = wizard.line_ids.mapped("result")
        self.assertEqual(results, ["created"] * 2 + ["refused"] * 8)
        self.assertEqual((wizard.good_count, wizard.refused_count), (2, 8))
        self.assertEqual(wizard.line_ids.mapped("row"), list(range(2, 12)))
        messages = dict(
            zip(wizard.line_ids.mapped("row"), wizard.line_ids, strict=True)
        )
        for row, word in (
            (4, "no student"),
            (5, "no student"),
            (6, "amount"),
            (7, "-5"),
            (8, "kind"),
            (9, "1405/13/01"),
            (10, "twice"),
            (11, "description"),
        ):
            self.assertIn(word, messages[row].message)
        wizard.action_import()
        debt, item = self._get_holds()
        self.assertEqual(
            (debt.amount, debt.date, debt.source), (12500000, date(2026, 9, 22), "file")
        )
        self.assertEqual((item.kind, item.amount), ("item", 0))
        self.assertEqual(debt.event_ids.user_id, self.experts["dormitories"])

    def test_days_to_come(self):
        """A year mistyped by one is told with its row, in the form too."""
        later = get_country_today() + timedelta(days=1)
        wizard = self._open(
            "student_number,description,amount,date\n"
            f"1001,Rent,500,{later}\n1001,Power,500,{get_country_today()}\n"
        )
        wizard.action_check()
        self.assertEqual(wizard.line_ids.mapped("result"), ["refused", "created"])
        self.assertIn(f"in the future: {later}", wizard.line_ids[0].message)
        values = {"student_id": self.student.id, "description": "Rent", "amount": 5}
        values["office_id"] = self._get_office("dormitories").id
        Hold = self.env["sajad.hold"].with_user(self.experts["dormitories"])
        with self.assertRaisesRegex(ValidationError, "in the future"):
            Hold.create({**values, "date": later})

    def test_again_changes_nothing(self):
        plain = "student_number,description,amount\n1001,Rent,500\n1001,Rent,500\n"
        for content in (PERSIAN, plain):
            self._open(content).action_import()
        count = len(self._get_holds())
        self.assertEqual(count, 4)
        for content, good in ((PERSIAN, 2), (plain, 2)):
            wizard = self._open(content)
            wizard.action_import()
            self.assertEqual(wizard.line_ids.mapped("result").count("unchanged"), good)
            self.assertEqual((wizard.good_count, wizard.unchanged_count), (good, good))
        self.assertEqual(len(self._get_holds()), count)

    def test_corrected_list_changes_open_holds_only(self):
        self._open(PERSIAN).action_import()
        corrected = PERSIAN.replace("۱۲٬۵۰۰٬۰۰۰", "13000000")
        self._open(corrected).action_import()
        debt = self._get_holds()[0]
        self.assertEqual(debt.amount, 13000000)
        debt._pay(1)
        wizard = self._open(PERSIAN)
        wizard.action_import()
        self.assertIn("paid", wizard.line_ids[0].message)
        self.assertEqual(debt.amount, 13000000)

    def _make_long(self, count, bad=()):
        """Return a list of so many rows; those of `bad` are refused."""
        head = "student_number,description,amount,external_id\n"
        return head + "".join(
            f"{'none' if n in bad else 1001},Rent {n},500,L-{n}\n" for n in range(count)
        )

    def _patch_many(self, count):
        self.startPatcher(patch.object(sajad_hold_import, "MANY", count))
        Cron = type(self.env["ir.cron"])
        self.startPatcher(patch.object(Cron, "_commit_progress", return_value=60))

    def _run_jobs(self, action):
        self.assertEqual(action["res_model"], "sajad.batch")
        self.env["sajad.batch.run"]._cron_run()
        return self.env["sajad.batch"].browse(action["res_id"])

    def test_long_list_in_the_background(self):
        self._patch_many(3)
        few = self._open(self._make_long(3).replace("500", "600"))
        few.action_import()
        self.assertEqual((few.state, len(self._get_holds())), ("done", 3))
        wizard = self._open(self._make_long(7, bad=[5]))
        self._examine(wizard)
        action = wizard.action_import()
        # a second click starts nothing
        self.assertEqual(wizard.action_import(), action)
        self.assertEqual(len(self._get_holds()), 3)
        # what was good when it was examined is judged again
        self._get_holds()[1]._pay(1)
        batch = self._run_jobs(action)
        self.assertEqual(
            (batch.total, batch.done_count, batch.problem_count), (6, 5, 1)
        )
        self.assertIn("paid", batch.line_ids.message)
        self.assertRegex(batch.line_ids.record_name, r"^Row 3: \w+")
        self.assertFalse(batch.line_ids.can_open)
        holds = self._get_holds()
        self.assertEqual(holds.mapped("amount"), [500, 600, 500, 500, 500, 500])
        self.assertEqual(holds[3:].event_ids.user_id, self.experts["dormitories"])
        # the same list again makes nothing twice
        again = self._open(self._make_long(7, bad=[5]))
        self._run_jobs(again.action_import())
        self.assertEqual(self._get_holds(), holds)

    def _examine(self, wizard):
        """Examine a long list as people do who click twice."""
        wizard.action_check()
        batch = wizard.batch_id
        wizard.action_check()
        self.assertEqual(wizard.batch_id, batch)
        self.assertEqual((wizard.state, batch.state), ("examining", "running"))
        with self.assertRaisesRegex(UserError, "still being examined"):
            wizard.action_import()
        self.env["sajad.batch.run"]._cron_run()
        self.assertEqual(wizard.state, "checked")

    def test_long_list_is_examined_in_the_background(self):
        self._patch_many(3)
        few = self._open(self._make_long(3))
        few.action_check()
        self.assertEqual((few.state, few.batch_id.id), ("checked", False))
        double = self._make_long(7, bad=[5]) + "1001,Twice,500,L-1\n,Nobody,5,L-8\n"
        wizard = self._open(double)
        self._examine(wizard)
        self.assertFalse(self._get_holds())
        self.assertEqual((wizard.good_count, wizard.refused_count), (6, 3))
        refused = wizard.line_ids.filtered(lambda line: line.result == "refused")
        self.assertEqual(refused.mapped("row"), [7, 9, 10])
        self.assertRegex(refused[1].message, "twice")
        self.assertEqual(refused[2].message, "The student number is missing.")
        # whoever closed the window is led back, and nobody else
        new = self._open("")
        self.assertEqual(new.action_open_waiting()["res_id"], wizard.id)
        office_id = self._get_office("welfare").id
        other = self._open("", user=self.experts["welfare"], office_id=office_id)
        self.assertFalse(other.waiting_id)

    def test_examining_that_was_stopped_goes_on(self):
        self._patch_many(3)
        wizard = self._open(self._make_long(7))
        wizard.action_check()
        stopped = self.env["sajad.batch"].browse(wizard.batch_id.id)
        self.env["sajad.batch.run"]._run_part(stopped)
        stopped.action_stop()
        self.assertEqual(wizard.state, "examining")
        wizard.action_check()
        self.assertEqual(wizard.batch_id.total, 4)
        self.env["sajad.batch.run"]._cron_run()
        self.assertEqual((wizard.state, wizard.good_count), ("checked", 7))

    def test_long_list_of_whose_office_ended(self):
        self._patch_many(1)
        action = self._open(self._make_long(2)).action_import()
        office = self._get_office("dormitories")
        office.cartable_ids.member_ids.unlink()
        batch = self._run_jobs(action)
        self.assertEqual((batch.done_count, batch.problem_count), (0, 2))
        self.assertFalse(self._get_holds())

    def test_long_list_without_a_good_row(self):
        self._patch_many(1)
        wizard = self._open(self._make_long(2, bad=[0, 1]))
        with self.assertRaisesRegex(UserError, "No row of the list"):
            wizard.action_import()

    def test_spreadsheet(self):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["شماره دانشجویی", "شرح", "مبلغ", "تاریخ"])
        sheet.append([1001, "اجاره", 2500000.0, date(2026, 9, 1)])
        stream = io.BytesIO()
        book.save(stream)
        self._open(stream.getvalue(), "list.xlsx").action_import()
        hold = self._get_holds()
        self.assertEqual((hold.amount, hold.date), (2500000, date(2026, 9, 1)))

    def test_amounts_in_groups(self):
        """One reader of amounts for every door; what has two readings is refused."""
        for text in ("250/000", "۲۵۰/۰۰۰", "250.000", "۲۵۰،۰۰۰", "250'000 ریال"):
            with self.subTest(text):
                content = f"شماره دانشجویی;شرح;مبلغ\n1001;{text};{text}\n"
                wizard = self._open(content)
                wizard.action_check()
                self.assertEqual(wizard.line_ids.amount, 250000)
                self.assertEqual(read_amount(text), 250000)
                row = {"student_number": "1001", "description": "Rent"}
                row |= {"external_id": text, "amount": text}
                Hold = self.env["sajad.hold"].with_user(self.experts["dormitories"])
                (answer,) = Hold.sync("rent", [row])
                self.assertEqual(Hold.browse(answer["id"]).amount, 250000)
                values = {"student_id": self.student.id, "description": text}
                values["office_id"] = self._get_office("dormitories").id
                hold = Hold.create({**values, "amount": text})
                self.assertEqual(hold.amount, 250000)
                hold.write({"amount": "۱۲۰٬۰۰۰"})
                self.assertEqual(hold.amount, 120000)
        for text in ("1,250.000", "12.5", "25/00/000", "12500.000", "۲۵ هزار تومان"):
            with self.subTest(text):
                content = f"شماره دانشجویی;شرح;مبلغ\n1001;Rent;{text}\n"
                wizard = self._open(content)
                wizard.action_check()
                self.assertEqual(wizard.line_ids.mapped("result"), ["refused"])
                self.assertEqual(wizard.line_ids.row, 2)
                self.assertIn(text, wizard.line_ids.message)
                self.assertEqual(read_amount(text), 0)
                with self.assertRaisesRegex(UserError, "not an amount"):
                    Hold.create({**values, "amount": text})

    def test_cells_that_moved(self):
        """A comma of an amount is no new cell: 12,500,000 is not 12."""
        wizard = self._open(
            "شماره دانشجویی,شرح,مبلغ\n1001,Rent,12,500,000\n1001,Book,5\n"
        )
        wizard.action_import()
        self.assertEqual(wizard.line_ids.mapped("result"), ["refused", "created"])
        self.assertIn("separator", wizard.line_ids[0].message)

    def test_import_of_odoo(self):
        """Odoo's own import reads amounts and dates by the same readers."""
        office, student = self._get_office("dormitories"), self.student
        names = ["office_id/.id", "student_id/.id", "description", "amount", "date"]
        for text, amount in (("250.000", 250000), ("۲۵۰/۰۰۰", 250000), ("12.5", 0)):
            wizard = (
                self.env["base_import.import"]
                .with_user(self.experts["dormitories"])
                .create(
                    {
                        "res_model": "sajad.hold",
                        "file": f"{office.id},{student.id},R,{text},82/11/25".encode(),
                        "file_name": "holds.csv",
                        "file_type": "text/csv",
                    }
                )
            )
            options = {
                "quoting": '"',
                "separator": ",",
                "date_format": "%y/%m/%d",
                "float_decimal_separator": ".",
                "float_thousand_separator": ",",
            }
            result = wizard.execute_import(names, names, options)
            with self.subTest(text):
                self.assertEqual(bool(result["messages"]), not amount)
                hold = self.env["sajad.hold"].browse(result["ids"] or [])
                self.assertEqual(sum(hold.mapped("amount")), amount)
                if amount:
                    self.assertEqual(hold.date, date(2004, 2, 14))

    def test_no_table(self):
        for content, word in (
            (b"", "Choose a file"),
            (b"PK\x03\x04 broken", "neither"),
            (b"\x89PNG\r\n\x1a\n\x00\x00", "neither"),
            (b"a,b\n1,2\n", "columns"),
            ("شماره دانشجویی,شرح\n".encode(), "no row"),
        ):
            with self.subTest(word), self.assertRaisesRegex(UserError, word):
                self._open(content).action_check()

    def test_other_office_is_refused(self):
        with self.assertRaises(AccessError):
            self._open(PERSIAN, user=self.experts["welfare"]).action_check()
        with self.assertRaises(AccessError):
            self._open(PERSIAN, user=self.user_admin).action_import()
        wizard = self._open(PERSIAN)
        with self.assertRaises(AccessError):
            wizard.with_user(self.experts["welfare"]).read(["file"])

    def test_own_hold_is_refused(self):
        self.student.partner_id = self.experts["dormitories"].partner_id
        wizard = self._open(PERSIAN)
        wizard.action_import()
        self.assertIn("own hold", wizard.line_ids[0].message)


@tagged("post_install", "-at_install", "sajad_performance")
class TestHoldListPerformance(ListCommon):
    def _make_list(self, count, start):
        partners = self.env["res.partner"].create(
            [{"name": f"L{n}"} for n in range(count)]
        )
        students = self.env["sajad.student"].create(
            [
                {
                    "partner_id": partner.id,
                    "student_number": f"{start + n}",
                    "university_id": self.university.id,
                    "faculty_id": self.faculty.id,
                }
                for n, partner in enumerate(partners)
            ]
        )
        rows = [f"{s.student_number},Rent,1000" for s in students]
        return "student_number,description,amount\n" + "\n".join(rows)

    def _count(self, content):
        wizard = self._open(content)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        wizard.action_import()
        self.env.flush_all()
        self.assertNotIn("refused", wizard.line_ids.mapped("result"))
        return self.env.cr.sql_log_count - before

    def test_queries_grow_in_batches_only(self):
        """Guards a query per row: rows are inserted in hundreds."""
        self._count(self._make_list(1, 700000))
        few = self._count(self._make_list(20, 710000))
        content = self._make_list(400, 800000)
        many = self._count(content)
        self.assertLess(few, 60)
        self.assertLess(many, few + 40)
        self.assertLess(self._count(content), few + 20)


@tagged("post_install", "-at_install")
class TestHoldTemplate(ListCommon, HttpCase):
    def test_template_is_a_list(self):
        """What the office downloads can be filled in and imported."""
        expert = self.experts["dormitories"]
        self.authenticate(expert.login, expert.login)
        response = self.url_open("/sajad_clearance/hold_template.xlsx")
        book = openpyxl.load_workbook(io.BytesIO(response.content))
        sheet = book.active
        # sheet and file are called as the office calls what is in them
        self.assertEqual(sheet.title, "Holds")
        self.assertIn("Holds.xlsx", response.headers["Content-Disposition"])
        sheet["A2"] = "1001"
        sheet["C2"] = "Rent"
        stream = io.BytesIO()
        book.save(stream)
        wizard = self._open(stream.getvalue(), "holds.xlsx")
        wizard.action_import()
        self.assertEqual(wizard.line_ids.result, "created")

    def test_template_is_for_officers(self):
        self.authenticate("t_student", "t_student")
        with mute_logger("odoo.http"):
            response = self.url_open("/sajad_clearance/hold_template.xlsx")
        self.assertEqual(response.status_code, 403)
