from odoo import api, fields, models

# by priority: what is urgent comes first
FIRST = (("3", 2, "hours"), ("0", 1, "days"))
SOLUTION = (("3", 4, "hours"), ("2", 1, "days"), ("0", 6, "days"))
# what every service promises, and the support desk beside it
EVERYWHERE = (
    ("نخستین پاسخ تا سه روز کاری", "first_answer", 3, "days", (), 30),
    ("پاسخ بعدی تا دو روز کاری", "next_answer", 2, "days", (), 30),
    ("نتیجه نهایی تا دوازده روز کاری", "solution", 12, "days", (), 30),
)
SUPPORT = (
    ("پشتیبانی: نخستین پاسخ", "first_answer", 4, "hours", FIRST, 10),
    ("پشتیبانی: پاسخ بعدی تا یک روز کاری", "next_answer", 1, "days", (), 10),
    ("پشتیبانی: نتیجه نهایی", "solution", 3, "days", SOLUTION, 10),
)
PARTS = ("priority", "target", "unit")
LADDER = ((-2, "expert"), (0, "expert"), (8, "head"))
# working days before today since when it was promised: before all stories
SINCE = 500


class SajadSlaDemo(models.AbstractModel):
    """Promises of the demo data; called by demo data alone.

    They are older than the stories, so that the clocks of all of them run as the
    stories are told.
    """

    _name = "sajad.sla.demo"
    _description = "Promises of the Demo Data"

    @api.model
    def _promise(self):
        """Promise something in every service."""
        self._make(EVERYWHERE)

    @api.model
    def _promise_support(self, process_id):
        """Promise more of support requests, and most of urgent ones."""
        self._make(SUPPORT, process_id)

    @api.model
    def _make(self, promises, process_id=False):
        from odoo.addons.sajad_base.demo.clock import at, working_days_ago

        steps = [
            fields.Command.create({"offset": offset, "audience": audience})
            for offset, audience in LADDER
        ]
        with at(working_days_ago(SINCE)):
            self.env["sajad.sla.policy"].create(
                [
                    {
                        "name": name,
                        "process_id": process_id,
                        "metric": metric,
                        "target": target,
                        "unit": unit,
                        "line_ids": [
                            fields.Command.create(dict(zip(PARTS, line, strict=True)))
                            for line in lines
                        ],
                        "sequence": sequence,
                        "step_ids": steps,
                    }
                    for name, metric, target, unit, lines, sequence in promises
                ]
            )

    @api.model
    def _count(self):
        """Count what the jobs would have counted meanwhile; nobody is told."""
        keeper, last = self.env["sajad.sla.keeper"], 0
        while requests := keeper._get_open_requests(last):
            keeper._refresh(requests, fields.Datetime.now())
            last = requests[-1].id
        day = self.env["sajad.sla.day"]
        day._fill(*day._get_open_days())
        # the job commits after each service, which an installation must not
        list(self.env["sajad.sla.risk"]._forecast())
        self.env["sajad.sla.risk"]._cron_try()
