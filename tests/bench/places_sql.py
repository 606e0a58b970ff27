"""Statements that make the country: universities, offices, and who works there.

A university of rank n weighs 1/n (Zipf): the largest has an eighth of the students.
"""

PLACES = """
INSERT INTO sajad_university (name, code, is_organization, active, calendar_id)
SELECT jsonb_build_object('en_US', 'University ' || n), 'B' || n, FALSE, TRUE,
       (SELECT min(id) FROM resource_calendar)
  FROM generate_series(1, %(universities)s) n;

INSERT INTO sajad_faculty (name, code, university_id, active)
SELECT jsonb_build_object('en_US', 'Faculty ' || f), 'F' || f, u.id, TRUE
  FROM sajad_university u, generate_series(1, 4) f
 WHERE u.code LIKE 'B%%';

CREATE TEMP TABLE bench_university AS
SELECT substr(code, 2)::int AS rank, id FROM sajad_university WHERE code LIKE 'B%%';

CREATE TEMP TABLE bench_zipf AS
SELECT array_agg(reached ORDER BY rank) AS bounds FROM (
    SELECT rank,
           (sum(1.0 / rank) OVER (ORDER BY rank) / sum(1.0 / rank) OVER ())::float8
               AS reached
      FROM bench_university) ranks;

CREATE TEMP TABLE bench_step AS
SELECT step.id, step.sequence AS number, step.flow_id, stage.id AS stage_id,
       stage.role_id, role.level, stage.process_id, role.group_id,
       count(*) OVER (PARTITION BY stage.process_id) AS steps
  FROM sajad_flow_step step
  JOIN sajad_stage stage ON stage.id = step.stage_id
  JOIN sajad_role role ON role.id = stage.role_id
 WHERE stage.code LIKE 'bench_%%';
"""

CARTABLES = """
ANALYZE sajad_university, sajad_faculty, bench_university, bench_step;

INSERT INTO sajad_cartable
       (role_id, process_id, university_id, faculty_id, active)
SELECT step.role_id, step.process_id, u.id, f.id, TRUE
  FROM bench_step step
  JOIN sajad_university u ON CASE WHEN step.level = 'organization'
       THEN u.is_organization ELSE u.code LIKE 'B%%' END
  LEFT JOIN sajad_faculty f ON step.level = 'faculty' AND f.university_id = u.id
 ORDER BY u.id, step.id;

INSERT INTO sajad_scope (process_id, university_id, faculty_id)
SELECT process.id, f.university_id, f.id
  FROM sajad_faculty f
  JOIN bench_university u ON u.id = f.university_id
  JOIN (SELECT DISTINCT process_id AS id FROM bench_step) process ON TRUE;

ANALYZE sajad_cartable, sajad_scope;

INSERT INTO sajad_cartable_sajad_scope_rel (sajad_cartable_id, sajad_scope_id)
SELECT c.id, s.id
  FROM sajad_cartable c
  JOIN bench_step step ON step.role_id = c.role_id AND step.level = 'organization'
  JOIN sajad_scope s ON s.process_id = c.process_id
UNION ALL
SELECT c.id, s.id
  FROM sajad_cartable c
  JOIN bench_step step ON step.role_id = c.role_id AND step.level = 'university'
  JOIN sajad_scope s
    ON s.process_id = c.process_id AND s.university_id = c.university_id
UNION ALL
SELECT c.id, s.id
  FROM sajad_cartable c
  JOIN bench_step step ON step.role_id = c.role_id AND step.level = 'faculty'
  JOIN sajad_scope s ON s.process_id = c.process_id AND s.faculty_id = c.faculty_id;

ANALYZE sajad_cartable, sajad_scope, sajad_cartable_sajad_scope_rel;
"""

# six officers work at each university, seven more at the Organization
MEMBERS = """
CREATE TEMP TABLE bench_user AS
SELECT u.id AS university_id, seat, nextval('res_partner_id_seq')::int AS partner_id,
       nextval('res_users_id_seq')::int AS id
  FROM sajad_university u, generate_series(0, 5) seat
 WHERE u.code LIKE 'B%%' OR u.is_organization;

INSERT INTO res_partner (id, name, complete_name, commercial_partner_id, type, active,
                         is_company, partner_share)
SELECT partner_id, 'Officer ' || id, 'Officer ' || id, partner_id, 'contact', TRUE,
       FALSE, FALSE FROM bench_user;

INSERT INTO res_users (id, partner_id, login, company_id, notification_type, active,
                       share, sajad_calendar, sajad_notice_mode)
SELECT id, partner_id, 'officer_' || id, 1, 'email', TRUE, FALSE, 'language', 'daily'
  FROM bench_user;

INSERT INTO res_company_users_rel (cid, user_id) SELECT 1, id FROM bench_user;

INSERT INTO sajad_cartable_member (cartable_id, user_id, kind)
SELECT c.id, officer.id, 'owner'
  FROM sajad_cartable c
  JOIN bench_step step ON step.role_id = c.role_id
  JOIN bench_user officer
    ON officer.university_id = c.university_id AND officer.seat = c.id %% 6;

INSERT INTO sajad_cartable_member
       (cartable_id, user_id, kind, on_behalf_of_id, date_from, date_to)
SELECT m.cartable_id, other.id, 'substitute', m.user_id,
       current_date - 30, current_date + (m.id %% 60) - 30
  FROM sajad_cartable_member m
  JOIN bench_user officer ON officer.id = m.user_id
  JOIN bench_user other ON other.university_id = officer.university_id
       AND other.seat = (officer.seat + 1) %% 6
 WHERE m.id %% 10 = 0;

INSERT INTO res_groups_users_rel (gid, uid)
SELECT DISTINCT step.group_id, m.user_id
  FROM sajad_cartable_member m
  JOIN sajad_cartable c ON c.id = m.cartable_id
  JOIN bench_step step ON step.role_id = c.role_id;
"""

# the people whose screens are timed
PEOPLE = """
INSERT INTO sajad_cartable_member (cartable_id, user_id, kind)
SELECT c.id, measured.id,
       CASE login WHEN 'bench_many' THEN 'supervisor' ELSE 'owner' END
  FROM res_users measured
  JOIN sajad_cartable c ON TRUE
  JOIN bench_step step ON step.role_id = c.role_id
  LEFT JOIN bench_university u ON u.id = c.university_id
 WHERE login LIKE 'bench%%' AND CASE login
       WHEN 'bench_small' THEN u.rank = 20 AND number = 3 AND steps = 11
       WHEN 'bench_big' THEN u.rank = 1 AND number = 3 AND steps = 11
       WHEN 'bench_many' THEN number = 5 AND steps = 11
       WHEN 'bench_national' THEN number = 3 AND steps = 4
       WHEN 'bench_clerk' THEN u.rank = 1
       ELSE FALSE END;

INSERT INTO sajad_university_liaison_rel (university_id, user_id)
SELECT u.id, users.id FROM bench_university u, res_users users
 WHERE u.rank = 1 AND users.login = 'bench_liaison';
"""
