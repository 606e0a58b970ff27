from freezegun import freeze_time

from odoo.fields import Command

from odoo.addons.sajad_base.tests.common import SajadCommon

# Saturday to Wednesday, and half of Thursday
WEEK = {day: (8, 16) for day in "56012"} | {"3": (8, 12)}
# Saturday 7 Azar 1405, eight o'clock in Tehran
SATURDAY = "2026-11-28 04:30:00"


def at(day, hour, minute=0):
    """Return a moment of that week in Tehran, as naive UTC; 0 is Saturday."""
    minutes = hour * 60 + minute - 210
    return (
        f"2026-{'11' if day < 3 else '12'}-{28 + day if day < 3 else day - 2:02d} "
        + (f"{minutes // 60:02d}:{minutes % 60:02d}:00")
    )


class ClockFactory:
    """Makes calendars and promises in `cls.env`."""

    @classmethod
    def make_calendar(cls, **values):
        return cls.env["resource.calendar"].create(
            {
                "name": "Iranian week",
                "tz": "Asia/Tehran",
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "name": f"day {day}",
                                "dayofweek": day,
                                "hour_from": begin,
                                "hour_to": end,
                            }
                        )
                        for day, (begin, end) in WEEK.items()
                    ),
                ],
                **values,
            }
        )

    @classmethod
    def make_policy(cls, metric, target=8, steps=(), **values):
        return cls.env["sajad.sla.policy"].create(
            {
                "name": f"Promise of {metric}",
                "metric": metric,
                "target": target,
                "process_id": cls.process.id,
                "step_ids": [
                    Command.create({"offset": offset, "audience": audience})
                    for offset, audience in steps
                ],
                **values,
            }
        )


class ClockCommon(ClockFactory, SajadCommon):
    """A service of two offices that promises three things in an Iranian week."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.make_calendar()
        cls.university.calendar_id = cls.calendar
        cls.process = cls.make_process(
            "clocks",
            {
                "first": {"allow_return": True, "allow_refuse": True},
                "last": {"after": ["first"], "allow_visit": True},
            },
        )
        cls.cartables = cls.make_cartables(
            cls.process, cls.university, cls.user_officer
        )
        with freeze_time("2026-11-01"):
            cls.first = cls.make_policy("first_answer", 4)
            cls.next = cls.make_policy("next_answer", 4)
            cls.solution = cls.make_policy("solution", 2, unit="days")
        cls.freezer = cls.startClassFreezer()

    @classmethod
    def startClassFreezer(cls):
        freezer = freeze_time(SATURDAY)
        freezer.start()
        cls.addClassCleanup(freezer.stop)
        return freezer

    def go(self, day, hour, minute=0):
        """Let it be another moment of that week."""
        freezer = freeze_time(at(day, hour, minute))
        freezer.start()
        self.addCleanup(freezer.stop)
        self.env.invalidate_all()

    def say(self, request, user, **values):
        return request.with_user(user).message_post(
            body="Something",
            message_type=values.pop("message_type", "comment"),
            subtype_xmlid=values.pop("subtype", "mail.mt_comment"),
            **values,
        )

    def clock(self, request, metric, cycle=1):
        request.env.invalidate_all()
        return request.sudo().sla_clock_ids.filtered(
            lambda clock: clock.metric == metric and clock.cycle == cycle
        )

    def assertClock(self, request, metric, state, hours, cycle=1):
        """Check the state of a clock and what it used, in working hours."""
        clock = self.clock(request, metric, cycle)
        self.assertEqual((clock.state, clock.used / 3600), (state, hours))
        return clock
