"""Questions to the holds of many students and offices at once, one query each."""

from odoo.tools import SQL


def find_late(env, requests):
    """Return {request id: [ids of offices that passed and hold something now]}."""
    if not requests:
        return {}
    env.flush_all()
    rows = env.execute_query(
        SQL(
            """
            SELECT DISTINCT task.request_id, hold.office_id
              FROM sajad_task task
              JOIN sajad_request request ON request.id = task.request_id
              JOIN sajad_cartable cartable ON cartable.id = task.cartable_id
              JOIN sajad_hold hold ON hold.student_id = request.student_id
               AND hold.office_id = cartable.office_id
               AND hold.state = 'open'
             WHERE task.request_id IN %s
               AND task.current IS TRUE AND task.state = 'done'
            """,
            tuple(requests.ids),
        )
    )
    result = {}
    for request_id, office_id in sorted(rows):
        result.setdefault(request_id, []).append(office_id)
    return result


def find_blocked(env, pairs):
    """Return the (student id, office id) among the pairs' with an open or a disputed
    hold."""
    env["sajad.hold"].flush_model()
    rows = env.execute_query(
        SQL(
            "SELECT DISTINCT student_id, office_id FROM sajad_hold"
            " WHERE student_id IN %s AND office_id IN %s"
            " AND (state = 'open' OR (dispute_state = 'open'"
            " AND state IN ('planned', 'guaranteed')))",
            *_split(pairs),
        )
    )
    return set(rows)


def find_last_changes(env, pairs):
    """Return {(student id, office id): when a hold of theirs last changed}."""
    if not pairs:
        return {}
    env["sajad.hold.event"].flush_model()
    rows = env.execute_query(
        SQL(
            "SELECT hold.student_id, hold.office_id, MAX(event.date)"
            " FROM sajad_hold hold"
            " JOIN sajad_hold_event event ON event.hold_id = hold.id"
            " WHERE hold.student_id IN %s AND hold.office_id IN %s"
            " GROUP BY hold.student_id, hold.office_id",
            *_split(pairs),
        )
    )
    return {(student, office): date for student, office, date in rows}


def _split(pairs):
    """Return the students and the offices of pairs; their other pairs do no harm."""
    students, offices = zip(*pairs, strict=True)
    return tuple(set(students)), tuple(set(offices))
