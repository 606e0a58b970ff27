"""What another system is told of holds (row B7)."""

from odoo.fields import Domain

from .hold_rows import HoldRow


def get_status(env, student_numbers):
    """Return one dict per number, as `sajad.hold.status` tells them."""
    numbers = [HoldRow.clean_number(number) for number in student_numbers]
    known = _find_holds(env, numbers)
    return [_prepare_answer(number, known.get(number)) for number in numbers]


def _find_holds(env, numbers):
    """Return {student number: holds of the offices in which the user decides}."""
    offices = _get_offices(env)
    students = (
        env["sajad.student"]
        # students of the own universities, by number only
        .sudo()
        .search_fetch(
            Domain("university_id", "in", offices.university_id.ids)
            & Domain("student_number", "in", [n for n in numbers if n]),
            ["student_number"],
        )
    )
    holds = _search_holds(env, offices, Domain("student_id", "in", students.ids))
    by_number = holds.grouped("student_number")
    return {
        number: by_number.get(number, holds.browse())
        for number in students.mapped("student_number")
    }


def list_held(env, after, limit):
    """Return one dict per hold, as `sajad.hold.list_own` tells them."""
    domain = Domain("id", ">", after)
    return [
        {"student_number": hold.student_number, **_prepare_hold(hold)}
        for hold in _search_holds(env, _get_offices(env), domain, limit)
    ]


def _get_offices(env):
    # their codes and universities, whatever the user may read of them
    return env["sajad.office"]._get_decided().sudo()


def _search_holds(env, offices, domain, limit=None):
    """Return live holds of offices in which the user decides, with elevated rights."""
    mine = Domain("office_id", "in", offices.ids) & Domain("state", "!=", "cancelled")
    # holds of the own offices; another system may read no record itself
    return env["sajad.hold"].sudo().search(domain & mine, order="id", limit=limit)


def _prepare_answer(number, holds):
    """Return what is told of a number; holds is None for an unknown one."""
    return {
        "student_number": number,
        "known": holds is not None,
        "clear": not holds or "open" not in holds.mapped("state"),
        "holds": [_prepare_hold(hold) for hold in holds or ()],
    }


def _prepare_hold(hold):
    office = hold.office_id
    return {
        "id": hold.id,
        "source_system": hold.source_system or "",
        "external_id": hold.external_id or "",
        "office": office.role_id.code,
        "faculty": office.faculty_id.code or "",
        "kind": hold.kind,
        "description": hold.description,
        "amount": int(hold.amount),
        "residual": int(hold.residual),
        "date": hold.date.isoformat(),
        "state": hold.state,
        "disputed": hold.dispute_state == "open",
    }
