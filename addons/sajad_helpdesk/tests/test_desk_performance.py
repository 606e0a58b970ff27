from lxml import etree

from odoo.tests import tagged

from .common import SupportCommon

LIMIT = 80


@tagged("post_install", "-at_install", "sajad_performance")
class TestDeskPerformance(SupportCommon):
    """What experts look at and do costs the same for one request and for hundreds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Request = cls.env["sajad.request"].with_user(cls.user_technical)
        cls.domain = [
            ("support_state", "in", ("new", "progress", "waiting", "solved")),
            ("support_on_own_desk", "=", True),
        ]

    def get_view(self, kind):
        view = self.env.ref(f"sajad_helpdesk.sajad_request_view_{kind}_desk")
        return etree.fromstring(self.Request.get_view(view.id, kind)["arch"])

    def get_specification(self, view):
        """Return what the web client reads of each record."""
        names = view.xpath("//field[not(ancestor::field)]/@name")
        relation = {"fields": {"display_name": {}}}
        kinds = self.Request._fields
        return {
            name: relation if kinds[name].type == "many2one" else {} for name in names
        }

    def read_board(self):
        view = self.get_view("kanban")
        return self.Request.with_context(read_group_expand=True).web_read_group(
            self.domain,
            ["support_state"],
            order=view.get("default_order"),
            auto_unfold=True,
            unfold_read_specification=self.get_specification(view),
            unfold_read_default_limit=LIMIT,
        )

    def read_list(self):
        view = self.get_view("list")
        return self.Request.with_context(force_search_count=True).web_search_read(
            self.domain,
            self.get_specification(view),
            limit=LIMIT,
            order=view.get("default_order"),
            count_limit=10_001,
        )

    def fill(self, total):
        """Submit requests until so many lie on the desk."""
        missing = total - self.Request.search_count(self.domain)
        values = {
            "process_id": self.process.id,
            **self.student._prepare_requester_vals(),
            "support_category_id": self.category.id,
            "note": "It does not work.",
        }
        requests = self.env["sajad.request"].create(
            [dict(values) for _number in range(missing)]
        )
        self.engine._submit(requests)
        return requests

    def count_queries(self, function):
        """Return how many queries `function` takes with a cold record cache."""
        function()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_board_and_list(self):
        counts = {}
        for total in (1, 20, 500):
            self.fill(total)
            counts[total] = (
                self.count_queries(self.read_board),
                self.count_queries(self.read_list),
            )
        self.assertEqual(len(set(counts.values())), 1, counts)
        board, listed = counts[1]
        self.assertLessEqual(board, 22, counts)
        # memberships are asked for by the rule and by the desk
        self.assertLessEqual(listed, 19, counts)
        self.assertEqual(self.read_list()["length"], 500)

    def test_requests_come_in_sets(self):
        self.category.is_assigned = True
        self.fill(1)
        counts = []
        for total in (21, 521):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            requests = self.fill(total)
            self.env.flush_all()
            counts.append((self.env.cr.sql_log_count - before) / len(requests))
        self.assertEqual(set(requests.mapped("support_state")), {"progress"})
        # two queries for each at most, in hundreds
        self.assertLessEqual(counts[1], 2, counts)

    def test_requests_move_in_sets(self):
        self.fill(520)
        requests = self.Request.search(self.domain)
        counts = []
        for part in (requests[:20], requests[20:520]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            part.action_support_take()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(set(requests.mapped("support_state")), {"progress"})
        self.assertLessEqual(counts[1], counts[0] + 30, counts)
