from datetime import timedelta

from odoo import fields

from odoo.addons.sajad_base.tests.common import SajadCommon

# Tuesday 17 Ordibehesht 1409, half past nine in Tehran
START = "2030-05-07 06:00"


class VisitFactory:
    """Makes appointments in `cls.env`."""

    @classmethod
    def make_slot(cls, cartable, start="2030-05-07 06:00", minutes=30, **values):
        """Create an appointment slot; `start` is naive UTC."""
        start = fields.Datetime.to_datetime(f"{start}:00")
        return cls.env["sajad.visit.slot"].create(
            {
                "cartable_id": cartable.id,
                "start": start,
                "end": start + timedelta(minutes=minutes),
                **values,
            }
        )


class VisitCommon(VisitFactory, SajadCommon):
    """A library that may ask students to come in person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.make_process(
            "visits",
            {"library": {"allow_visit": True}, "end": {"after": ["library"]}},
        )
        cls.make_cartables(cls.process, cls.university, cls.user_officer)
        cls.request = cls.make_request(cls.process)
        cls.work = cls.task(cls, cls.request, "library", cls.user_officer)
        cls.cartable = cls.work.sudo().cartable_id

    def require_visit(self, task=None):
        task = task or self.work
        engine = self.env["sajad.engine"].with_user(self.user_officer)
        self.assertFalse(engine._require_visit(task, "Hall 1", "8-12", "Two books"))
        return task.sudo().visit_ids.filtered(lambda v: v.state == "planned")

    def book(self, visit, slot, user=None):
        visit.with_user(user or self.user_student).sudo()._book(slot)

    def notices(self, kind):
        return self.env["sajad.notice"].search(
            [("request_id", "=", self.request.id), ("kind", "=", kind)]
        )
