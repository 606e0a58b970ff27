from odoo import models
from odoo.tools import SQL

from odoo.addons.sajad_base.tools.clock import get_country_today

from .sajad_dossier_item import PRESENT, SATISFIED, STATES

APPLY = """
INSERT INTO sajad_dossier_item
    (dossier_id, requirement_id, phase, sequence, is_required, is_waived, state,
     create_uid, write_uid, create_date, write_date)
SELECT d.id, r.id, r.phase, r.sequence, r.is_required, false, 'missing',
       %(uid)s, %(uid)s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
  FROM sajad_dossier d
  JOIN sajad_student s ON s.id = d.student_id
  JOIN sajad_document_requirement r ON %(applies)s
 WHERE d.id = ANY(%(ids)s)
ON CONFLICT (dossier_id, requirement_id)
DO UPDATE SET is_required = EXCLUDED.is_required, sequence = EXCLUDED.sequence
 WHERE (sajad_dossier_item.is_required, sajad_dossier_item.sequence)
    IS DISTINCT FROM (EXCLUDED.is_required, EXCLUDED.sequence)
"""

# what nobody began is not needed any more; what somebody brought stays
DROP = """
DELETE FROM sajad_dossier_item i
 USING sajad_dossier d, sajad_student s, sajad_document_requirement r
 WHERE i.dossier_id = d.id AND s.id = d.student_id AND r.id = i.requirement_id
   AND d.id = ANY(%(ids)s) AND NOT (%(applies)s) AND NOT i.is_waived
   AND NOT EXISTS (SELECT FROM sajad_dossier_document f WHERE f.item_id = i.id)
   AND NOT EXISTS (SELECT FROM sajad_dossier_draft f WHERE f.item_id = i.id)
"""

# no row is looked up in another one's list: a planner without figures takes tables for
# nearly empty and looks through all of them for each row
STATE = """
CASE WHEN i.is_waived THEN 'waived' ELSE COALESCE(
     (SELECT f.state FROM (
          SELECT state FROM sajad_dossier_document
           WHERE item_id = i.id AND date_deleted IS NULL
             AND (date_until IS NULL OR date_until >= %(today)s)
           UNION ALL
          SELECT 'draft' FROM sajad_dossier_draft WHERE item_id = i.id) f
       ORDER BY array_position(%(states)s::varchar[], f.state) DESC LIMIT 1),
     'missing') END
"""

ITEMS = f"""
UPDATE sajad_dossier_item i SET state = {STATE}
 WHERE i.dossier_id = ANY(%(ids)s) AND i.state IS DISTINCT FROM {STATE}
"""

PHASES = """
INSERT INTO sajad_dossier_phase
    (dossier_id, phase, required_count, present_count, verified_count, percent)
SELECT dossier_id, phase, required, present, verified,
       CASE WHEN required = 0 THEN 100 ELSE 100 * verified / required END
  FROM (
    SELECT dossier_id, phase,
           count(*) FILTER (WHERE is_required) AS required,
           count(*) FILTER (WHERE is_required AND state IN %(present)s) AS present,
           count(*) FILTER (WHERE is_required AND state IN %(satisfied)s) AS verified
      FROM sajad_dossier_item WHERE dossier_id = ANY(%(ids)s)
     GROUP BY dossier_id, phase
  ) counted
ON CONFLICT (dossier_id, phase) DO UPDATE
   SET required_count = EXCLUDED.required_count,
       present_count = EXCLUDED.present_count,
       verified_count = EXCLUDED.verified_count,
       percent = EXCLUDED.percent
 WHERE (sajad_dossier_phase.required_count, sajad_dossier_phase.present_count,
        sajad_dossier_phase.verified_count, sajad_dossier_phase.percent)
    IS DISTINCT FROM (EXCLUDED.required_count, EXCLUDED.present_count,
                      EXCLUDED.verified_count, EXCLUDED.percent)
"""

EMPTY_PHASES = """
DELETE FROM sajad_dossier_phase p
 WHERE p.dossier_id = ANY(%(ids)s) AND NOT EXISTS (
       SELECT FROM sajad_dossier_item i
        WHERE i.dossier_id = p.dossier_id AND i.phase = p.phase)
"""

DOSSIERS = """
UPDATE sajad_dossier d
   SET (required_count, present_count, verified_count, missing_count, percent) = (
       SELECT c.required, c.present, c.verified, c.required - c.present,
              CASE WHEN c.required = 0 THEN 100
                   ELSE 100 * c.verified / c.required END
         FROM (SELECT COALESCE(sum(p.required_count), 0) AS required,
                      COALESCE(sum(p.present_count), 0) AS present,
                      COALESCE(sum(p.verified_count), 0) AS verified
                 FROM sajad_dossier_phase p WHERE p.dossier_id = d.id) c)
 WHERE d.id = ANY(%(ids)s)
   -- a rule that changes nothing for most of them writes none of those
   AND EXISTS (
       SELECT FROM sajad_dossier_phase p WHERE p.dossier_id = d.id
       HAVING (COALESCE(sum(p.required_count), 0), COALESCE(sum(p.present_count), 0),
               COALESCE(sum(p.verified_count), 0))
           IS DISTINCT FROM (d.required_count, d.present_count, d.verified_count)
           OR d.percent IS NULL OR d.missing_count IS NULL)
"""


class SajadDossier(models.Model):
    """Checklists and completeness, for any number of dossiers at once (row C9).

    One statement for each kind of row: a rule that changes concerns a country's worth
    of dossiers. The caller has elevated rights.
    """

    _inherit = "sajad.dossier"

    def _apply_requirements(self):
        """Give the dossiers the items that the rules ask for, and count them."""
        if not self:
            return
        applies = self.env["sajad.document.requirement"]._get_applies_sql()
        self._execute(APPLY, applies=applies, uid=self.env.uid)
        self._execute(DROP, applies=applies)
        self._execute(EMPTY_PHASES)
        self._count_up()

    def _count_up(self):
        """Put states of items and completeness into step with the documents."""
        if not self:
            return
        today = get_country_today()
        self._execute(ITEMS, states=[state for state, _label in STATES], today=today)
        phases = {"present": PRESENT, "satisfied": SATISFIED}
        self._execute(PHASES, **phases)
        self._execute(DOSSIERS)
        for name in ("sajad.dossier.item", "sajad.dossier.phase", self._name):
            self.env[name].invalidate_model()

    def _execute(self, statement, **values):
        self.env.flush_all()
        self.env.cr.execute(SQL(statement, ids=self.ids, **values))
