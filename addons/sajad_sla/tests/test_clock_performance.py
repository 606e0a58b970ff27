from odoo.tests import tagged

from .clock_common import ClockCommon


@tagged("post_install", "-at_install")
class TestClockPerformance(ClockCommon):
    """Clocks are kept set by set, whatever their number (row D4)."""

    def count(self, number, what):
        """Return how many queries the clocks of so many requests cost."""
        requests = self.env["sajad.request"]
        for _number in range(number):
            requests |= self.make_request(self.process, submit=False)
        self.env.flush_all()
        queries = []
        execute = self.env.cr.execute

        def spy(query, *args, **kwargs):
            text = query.code if hasattr(query, "code") else str(query)
            if "sajad_sla_clock" in text or "sla_state" in text:
                queries.append(text)
            return execute(query, *args, **kwargs)

        self.patch(self.env.cr, "execute", spy)
        what(requests)
        self.env.flush_all()
        self.patch(self.env.cr, "execute", execute)
        self.assertEqual(len(requests.sla_clock_ids), 2 * number)
        return len(queries)

    def test_creation(self):
        for number in (1, 20, 500):
            with self.subTest(number):
                found = self.count(number, self.engine._submit)
                # the clocks, and how their requests stand
                self.assertEqual(found, 2)

    def test_decisions(self):
        def decide(requests):
            self.engine._submit(requests)
            self.env.flush_all()
            tasks = requests.task_ids.filtered(lambda t: t.state == "ready")
            engine = self.engine.with_user(self.user_officer)
            engine._decide(tasks.with_user(self.user_officer), "approved")

        counts = {number: self.count(number, decide) for number in (1, 20, 500)}
        # those of the creation; the rows as they were, as they are, the requests
        self.assertEqual(counts, dict.fromkeys(counts, 2 + 3))
