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
    offices = env["sajad.office"]._get_decided()
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
    holds = env["sajad.hold"].search(
        Domain("student_id", "in", students.ids)
        & Domain("office_id", "in", offices.ids)
        & Domain("state", "!=", "cancelled"),
        order="id",
    )
    # the holds are readable; the number belongs to their student
    by_number = holds.grouped(lambda hold: hold.sudo().student_id.student_number)
    return {
        number: by_number.get(number, holds.browse())
        for number in students.mapped("student_number")
    }


def _prepare_answer(number, holds):
    """Return what is told of a number; holds is None for an unknown one."""
    return {
        "student_number": number,
        "known": holds is not None,
        "clear": not holds or "open" not in holds.mapped("state"),
        "holds": [_prepare_hold(hold) for hold in holds or ()],
    }


def _prepare_hold(hold):
    # codes of the own office
    office_sudo = hold.office_id.sudo()
    return {
        "id": hold.id,
        "source_system": hold.source_system or "",
        "external_id": hold.external_id or "",
        "office": office_sudo.role_id.code,
        "faculty": office_sudo.faculty_id.code or "",
        "kind": hold.kind,
        "description": hold.description,
        "amount": int(hold.amount),
        "residual": int(hold.residual),
        "date": hold.date.isoformat(),
        "state": hold.state,
        "disputed": hold.dispute_state == "open",
    }
