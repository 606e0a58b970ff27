"""The floor: as few statements as write the rows that the engine writes.

No access, no checks, no conditions, no calendars, one straight line of steps.
"""

APPROVE = (
    """
    UPDATE sajad_request SET revision = revision + 1, write_date = now()
     WHERE id IN (SELECT request_id FROM sajad_task WHERE id IN %(ids)s)
    """,
    """
    UPDATE sajad_task SET state = 'done', outcome = 'approved', date_done = now(),
           done_by_id = %(uid)s, write_uid = %(uid)s, write_date = now()
     WHERE id IN %(ids)s
    """,
    """
    UPDATE sajad_task following
       SET state = 'ready', pending_count = 0, date_ready = now(),
           date_due = now() + interval '2 days', cartable_id = cartable.id,
           write_uid = %(uid)s, write_date = now()
      FROM sajad_task task
      JOIN sajad_request request ON request.id = task.request_id
      JOIN sajad_flow_step_order_rel arrow ON arrow.predecessor_id = task.step_id
      JOIN sajad_flow_step step ON step.id = arrow.step_id
      JOIN sajad_stage stage ON stage.id = step.stage_id
      JOIN sajad_cartable_sajad_scope_rel rel ON rel.sajad_scope_id = request.scope_id
      JOIN sajad_cartable cartable
        ON cartable.id = rel.sajad_cartable_id AND cartable.role_id = stage.role_id
     WHERE task.id IN %(ids)s AND following.request_id = task.request_id
       AND following.step_id = step.id AND following.current
    """,
    """
    INSERT INTO sajad_event (request_id, task_id, stage_id, role_id, kind, user_id,
                             date, waited, visible_to_student)
    SELECT event.request_id, event.id, event.stage_id, stage.role_id, kind, %(uid)s,
           now(), 0, TRUE
      FROM sajad_task task
      JOIN sajad_flow_step_order_rel arrow ON arrow.predecessor_id = task.step_id
      JOIN sajad_task event ON event.request_id = task.request_id AND event.current
       AND event.step_id IN (task.step_id, arrow.step_id)
      JOIN sajad_stage stage ON stage.id = event.stage_id
     CROSS JOIN LATERAL (
           SELECT CASE WHEN event.id = task.id THEN 'approved' ELSE 'ready' END AS kind
           ) kinds
     WHERE task.id IN %(ids)s
    """,
)

CREATE = (
    """
    INSERT INTO sajad_request (name, process_id, flow_id, state, student_id, partner_id,
                               university_id, faculty_id, requester_kind, scope_id,
                               revision,
                               date_submit, create_date, write_date)
    SELECT 'sql' || student.id, flow.process_id, flow.id, 'running', student.id,
           student.partner_id, student.university_id, student.faculty_id, 'student',
           scope.id, 0, now(), now(), now()
      FROM sajad_student student
      JOIN sajad_flow flow ON flow.id = %(flow)s
      JOIN sajad_scope scope ON scope.process_id = flow.process_id
       AND scope.faculty_id = student.faculty_id
     WHERE student.id IN %(ids)s
    """,
    """
    INSERT INTO sajad_task (request_id, step_id, stage_id, process_id, university_id,
                            faculty_id, state, round, current, pending_count,
                            cartable_id, date_ready, student_name, student_number,
                            create_date, write_date)
    SELECT request.id, step.id, step.stage_id, request.process_id,
           request.university_id, request.faculty_id,
           CASE WHEN step.sequence = 1 THEN 'ready' ELSE 'waiting' END, 1, TRUE,
           (step.sequence > 1)::int, cartable.id,
           CASE WHEN step.sequence = 1 THEN now() END,
           student.name, student.student_number, now(), now()
      FROM sajad_request request
      JOIN sajad_student student ON student.id = request.student_id
      JOIN sajad_flow_step step ON step.flow_id = request.flow_id
      JOIN sajad_stage stage ON stage.id = step.stage_id
      LEFT JOIN sajad_cartable cartable ON step.sequence = 1
       AND cartable.role_id = stage.role_id AND cartable.faculty_id = request.faculty_id
     WHERE request.student_id IN %(ids)s
    """,
    """
    INSERT INTO sajad_event (request_id, task_id, stage_id, kind, date,
                             visible_to_student)
    SELECT request.id, task.id, task.stage_id, kind, now(), TRUE
      FROM sajad_request request
      JOIN (VALUES ('submitted'), ('ready')) kinds (kind) ON TRUE
      LEFT JOIN sajad_task task ON kind = 'ready' AND task.request_id = request.id
       AND task.state = 'ready'
     WHERE request.student_id IN %(ids)s
    """,
    """
    INSERT INTO sajad_notice (request_id, partner_id, kind, state)
    SELECT id, partner_id, 'submitted', 'queued'
      FROM sajad_request WHERE student_id IN %(ids)s
    """,
)


def approve(cr, ids, uid):
    """Approve work of a straight line and open what follows."""
    for statement in APPROVE:
        cr.execute(statement, {"ids": ids, "uid": uid})


def create(cr, ids, flow):
    """Create requests of students, all their work, history and notices."""
    for statement in CREATE:
        cr.execute(statement, {"ids": tuple(ids), "flow": flow})
