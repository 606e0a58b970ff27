"""Where each request of a page is and when it changed, read at once."""

from odoo.tools import SQL


def read_standing(requests):
    """Return {request id: (last change, [[state, wait, stage] of each step])}.

    Who reads it was let in to the requests: work and history are read without a rule.
    """
    if not requests:
        return {}
    env = requests.env
    for name in ("sajad.event", "sajad.task", "sajad.stage"):
        env[name].flush_model()
    query = SQL(
        """
        SELECT request.id,
               (SELECT max(event.date) FROM sajad_event event
                 WHERE event.request_id = request.id AND event.visible_to_student),
               (SELECT jsonb_agg(
                           jsonb_build_array(
                               task.state, task.student_wait,
                               COALESCE(stage.name ->> %(lang)s,
                                        stage.name ->> 'en_US')
                           ) ORDER BY task.date_ready, task.id)
                  FROM sajad_task task
                  JOIN sajad_stage stage ON stage.id = task.stage_id
                 WHERE task.request_id = request.id AND task.current)
          FROM sajad_request request
         WHERE request.id IN %(ids)s
        """,
        lang=env.lang or "en_US",
        ids=tuple(requests.ids),
    )
    rows = env.execute_query(query)
    return {row_id: (changed, works or []) for row_id, changed, works in rows}
