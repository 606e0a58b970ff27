"""Statements that make three years of requests and their work.

A request is at step `at`; beyond the last one it is done. The newest tenth is mostly
open, of older ones three in two hundred were left lying.
"""

STUDENTS = """
CREATE TEMP TABLE bench_student AS
SELECT n, nextval('res_partner_id_seq')::int AS partner_id,
       nextval('sajad_student_id_seq')::int AS id,
       width_bucket(random(), (SELECT bounds FROM bench_zipf)) + 1 AS rank,
       1 + floor(random() * 4)::int AS faculty
  FROM generate_series(1, %(students)s) n;

INSERT INTO res_partner (id, name, complete_name, commercial_partner_id, type, active,
                         is_company, partner_share, sajad_university_id, search_key)
SELECT partner_id, 'Student ' || n, 'Student ' || n, partner_id, 'contact', TRUE,
       FALSE, TRUE, u.id, 'student' || n
  FROM bench_student s JOIN bench_university u USING (rank);

INSERT INTO sajad_student (id, name, partner_id, student_number, university_id,
                           faculty_id, active, status, search_key)
SELECT s.id, 'Student ' || n, s.partner_id, (100000000 + n)::text, u.id, f.id, TRUE,
       'studying', (100000000 + n) || ' student' || n
  FROM bench_student s
  JOIN bench_university u USING (rank)
  JOIN sajad_faculty f ON f.university_id = u.id AND f.code = 'F' || s.faculty;

CREATE UNIQUE INDEX ON bench_student (n);
ANALYZE bench_student;
"""

REQUESTS = """
CREATE TEMP TABLE bench_request AS
WITH dice AS MATERIALIZED (
    SELECT i, random() AS p, random() AS o, random() AS a, random() AS w, random() AS s
      FROM generate_series(1, %(requests)s) i),
shaped AS (
    SELECT i, nextval('sajad_request_id_seq')::int AS id,
           p < 0.7 AS eleven,
           CASE WHEN i > %(requests)s * 0.9 THEN o < 0.8 ELSE o < 0.015 END AS open,
           o > 0.99 AS cancelled, a, w,
           1 + floor(s * %(students)s)::int AS student,
           now() AT TIME ZONE 'UTC'
               - interval '3 years' * (1 - i::float8 / %(requests)s) AS date
      FROM dice ORDER BY i)
SELECT shaped.*, step.process_id, step.flow_id, scope.id AS scope_id,
       CASE WHEN open OR cancelled THEN 1 + floor(a * step.steps)::int
            ELSE step.steps + 1 END AS at,
       CASE WHEN cancelled THEN 'cancelled'
            WHEN open THEN CASE WHEN w < 0.05 THEN 'suspended'
                                WHEN w < 0.10 THEN 'answer'
                                WHEN w < 0.15 THEN 'visit' ELSE 'ready' END
            END AS how,
       student.id AS student_id, student.partner_id, student.university_id,
       student.faculty_id, student.name AS student_name, student.student_number
  FROM shaped
  JOIN bench_step step
    ON step.number = 1 AND step.steps = CASE WHEN eleven THEN 11 ELSE 4 END
  JOIN bench_student s ON s.n = shaped.student
  JOIN sajad_student student ON student.id = s.id
  JOIN sajad_scope scope ON scope.process_id = step.process_id
       AND scope.faculty_id = student.faculty_id;

INSERT INTO sajad_request (id, name, process_id, flow_id, state, student_id, partner_id,
                           university_id, faculty_id, requester_kind, scope_id,
                           revision,
                           date_submit, date_done, create_date, write_date)
SELECT id, 'B' || i, process_id, flow_id,
       CASE WHEN how IS NULL THEN 'done' WHEN how = 'cancelled' THEN 'cancelled'
            WHEN how = 'suspended' THEN 'suspended' WHEN how = 'answer' THEN 'returned'
            ELSE 'running' END,
       student_id, partner_id, university_id, faculty_id, 'student', scope_id, at,
       date - at * interval '1 day', CASE WHEN open THEN NULL ELSE date END,
       date - at * interval '1 day', date
  FROM bench_request ORDER BY i;

ANALYZE bench_request;
"""

TASKS = """
CREATE TEMP TABLE bench_route AS
SELECT rel.sajad_scope_id AS scope_id, step.id AS step_id, c.id AS cartable_id,
       min(m.user_id) AS user_id
  FROM bench_step step
  JOIN sajad_cartable c ON c.role_id = step.role_id
  JOIN sajad_cartable_sajad_scope_rel rel ON rel.sajad_cartable_id = c.id
  JOIN sajad_cartable_member m ON m.cartable_id = c.id AND m.kind = 'owner'
 GROUP BY 1, 2, 3;
CREATE INDEX ON bench_route (scope_id, step_id);
ANALYZE bench_route;

INSERT INTO sajad_task (request_id, step_id, stage_id, process_id, university_id,
       faculty_id, cartable_id, state, outcome, round, current, pending_count,
       student_name, student_number, search_key, student_wait, visit_required,
       done_by_id, date_ready, date_due, date_done, create_date, write_date)
SELECT r.id, step.id, step.stage_id, r.process_id, r.university_id, r.faculty_id,
       CASE WHEN state NOT IN ('waiting', 'suspended') THEN cartable_id END,
       state, CASE WHEN state = 'done' THEN 'approved' END, 1, TRUE,
       (number > at)::int, r.student_name, r.student_number,
       replace(lower(r.student_name), ' ', '') || ' ' || r.student_number,
       CASE WHEN state = 'student' THEN how END, how = 'visit' AND number = at,
       CASE WHEN state = 'done' THEN route.user_id END,
       CASE WHEN number <= at THEN date - (at - number) * interval '1 day' END,
       CASE WHEN number <= at THEN date - (at - number - 3) * interval '1 day' END,
       CASE WHEN state = 'done'
            THEN date - (at - 1 - number) * interval '1 day' END,
       date - at * interval '1 day', date
  FROM bench_request r
  JOIN bench_step step ON step.process_id = r.process_id
  JOIN bench_route route ON route.scope_id = r.scope_id AND route.step_id = step.id
  CROSS JOIN LATERAL (
       SELECT CASE WHEN number < at THEN 'done'
                   WHEN how = 'cancelled' THEN 'cancelled'
                   WHEN number > at THEN 'waiting'
                   WHEN how IN ('answer', 'visit') THEN 'student'
                   ELSE how END AS state) chosen
 ORDER BY r.i, number;
"""

EVENTS = """
INSERT INTO sajad_event (request_id, kind, date, visible_to_student)
SELECT id, 'submitted', date - at * interval '1 day', TRUE FROM bench_request
 ORDER BY i;

INSERT INTO sajad_event (request_id, task_id, stage_id, role_id, kind, user_id, date,
                         waited, visible_to_student)
SELECT task.request_id, task.id, task.stage_id, step.role_id, kind,
       CASE WHEN kind = 'approved' THEN task.done_by_id END,
       CASE WHEN kind = 'approved' THEN task.date_done ELSE task.date_ready END,
       CASE WHEN kind = 'approved' THEN 86400 END, TRUE
  FROM sajad_task task
  JOIN bench_step step ON step.id = task.step_id
  JOIN (VALUES ('ready'), ('approved')) kinds (kind)
    ON kind = 'ready' OR task.state = 'done'
 WHERE task.date_ready IS NOT NULL
 ORDER BY task.id;
"""
