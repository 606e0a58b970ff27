from lxml import etree

from odoo.tests import tagged
from odoo.tools import SQL

from .common import SajadCommon

LIMIT = 80
# how PostgreSQL tells that an index that begins with the cartable is used
FOUND_BY_CARTABLE = r"Index Cond: \(+cartable_id"


@tagged("post_install", "-at_install", "sajad_performance")
class TestBoardPerformance(SajadCommon):
    """What officers look at costs the same for one work item and for hundreds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process("cards", {"only": {"time_limit": 8}})
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.Task = cls.env["sajad.task"].with_user(cls.user_officer)
        cls.domain = [
            ("process_id", "=", cls.process.id),
            ("current", "=", True),
            *cls.Task._get_open_domain(),
        ]
        cls.board = cls.get_view("sajad_task_view_kanban_board")
        cls.list = cls.get_view("sajad_task_view_list")

    @classmethod
    def get_view(cls, name):
        """Return a view as the web client of the officer gets it."""
        view = cls.env.ref(f"sajad_base.{name}")
        return etree.fromstring(cls.Task.get_view(view.id, view.type)["arch"])

    @classmethod
    def get_specification(cls, view):
        """Return what the web client reads of each record: see `getFieldsSpec`."""
        names = view.xpath("//field[not(ancestor::field)]/@name")
        relation = {"fields": {"display_name": {}}}
        return {
            name: relation if cls.Task._fields[name].type == "many2one" else {}
            for name in names
        }

    # ------------------------------------------------------------
    # WHAT THE SCREENS ASK FOR
    # ------------------------------------------------------------

    def read_board(self):
        return self.Task.with_context(
            read_group_expand=True, max_number_opened_groups=40
        ).web_read_group(
            self.domain,
            ["stage_id"],
            order=self.board.get("default_order"),
            auto_unfold=True,
            unfold_read_specification=self.get_specification(self.board),
            unfold_read_default_limit=LIMIT,
        )

    def read_list(self):
        # a full page is counted too; here every page is, to compare them
        return self.Task.with_context(force_search_count=True).web_search_read(
            self.domain,
            self.get_specification(self.list),
            limit=LIMIT,
            order=self.list.get("default_order"),
            count_limit=10_001,
        )

    def count(self):
        return self.Task.search_count(self.domain)

    def make_tasks(self, total):
        """Submit requests until `total` work items are open."""
        missing = total - self.env["sajad.task"].search_count(self.domain)
        partners = self.env["res.partner"].create(
            [{"name": f"P{number}"} for number in range(missing)]
        )
        students = self.env["sajad.student"].create(
            [
                {
                    "partner_id": partner.id,
                    "student_number": f"c{partner.id}",
                    "university_id": self.university.id,
                    "faculty_id": self.faculty.id,
                }
                for partner in partners
            ]
        )
        requests = self.env["sajad.request"].create(
            [
                {
                    "process_id": self.process.id,
                    "student_id": student.id,
                    "partner_id": student.partner_id.id,
                    "university_id": student.university_id.id,
                    "faculty_id": student.faculty_id.id,
                }
                for student in students
            ]
        )
        self.engine._submit(requests)

    def count_queries(self, function):
        """Return how many queries `function` takes with a cold record cache."""
        # rules and views stay cached in a real server
        function()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        return self.env.cr.sql_log_count - before

    def check_constant(self, function, maximum):
        counts = {}
        for total in (1, 20, 500):
            self.make_tasks(total)
            counts[total] = self.count_queries(function)
        self.assertEqual(len(set(counts.values())), 1, counts)
        self.assertLessEqual(counts[1], maximum)

    # ------------------------------------------------------------
    # QUERIES
    # ------------------------------------------------------------

    def test_board(self):
        # three of them read the user, as every request of a browser does, two the
        # debts and their currency, where the offices keep them, one who wrote last,
        # and each search asks for the memberships
        self.check_constant(self.read_board, 18)
        (column,) = [g for g in self.read_board()["groups"] if g["__count"]]
        self.assertEqual((column["__count"], len(column["__records"])), (500, LIMIT))

    def test_list(self):
        self.check_constant(self.read_list, 14)
        self.assertEqual(self.read_list()["length"], 500)

    def test_count(self):
        # the memberships, and the count
        self.check_constant(self.count, 2)

    # ------------------------------------------------------------
    # PLANS
    # ------------------------------------------------------------

    def explain(self, Task, domain, **options):
        """Return the plan of a search when the table is too large to be read whole."""
        self.make_tasks(500)
        self.env.flush_all()
        # PostgreSQL knows how much lies where: nine of ten lie with somebody else
        (role,) = self.process.stage_ids.role_id
        elsewhere = self.make_cartable(role, self.process, self.other_university)
        self.env.cr.execute(
            "UPDATE sajad_task SET cartable_id = %s WHERE id %% 10 > 0", [elsewhere.id]
        )
        self.env.cr.execute("ANALYZE sajad_task")
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        query = Task._search(domain, **options).select()
        rows = self.env.execute_query(SQL("EXPLAIN %s", query))
        return "\n".join(line for (line,) in rows)

    def explain_column(self, Task):
        """Return the plan of one column of the board."""
        stage = self.process.stage_ids
        return self.explain(
            Task,
            [*self.domain, ("stage_id", "=", stage.id)],
            order=self.board.get("default_order"),
            limit=LIMIT,
        )

    def test_plan_column(self):
        """An officer's cards are found by the cartables."""
        self.assertRegex(self.explain_column(self.Task), FOUND_BY_CARTABLE)

    def test_plan_inbox(self):
        """The day of an office is two index scans, without any join.

        With the cartables in a subquery PostgreSQL took one row for what it gives, and
        compared each open work of a large university with each.
        """
        domain = [("is_in_own_cartable", "=", True), ("is_of_today", "=", True)]
        plan = self.explain(self.Task, domain, order="date_due, id", limit=LIMIT)
        for word in ("Loop", "Join", "SubPlan", "Subquery", "Append"):
            self.assertNotIn(word, plan)
        # one list of cartables: each would be compared with each of a second one
        query = self.Task._search(domain).select()
        self.assertEqual(query.code.count('"cartable_id" IN'), 1, query.code)

    def test_plan_column_auditor(self):
        """Who sees all reads a column in its order, and stops after a page."""
        plan = self.explain_column(self.Task.with_user(self.user_auditor))
        self.assertIn("sajad_task_board_idx", plan)
        self.assertNotIn("Sort", plan)

    def test_plan_open(self):
        """Open work is counted by the cartables, without any join."""
        plan = self.explain(self.Task, self.Task._get_open_domain())
        self.assertRegex(plan, FOUND_BY_CARTABLE)
        self.assertNotIn("Loop", plan)
        self.assertNotIn("Join", plan)
