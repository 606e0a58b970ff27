from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import states
from ...engine.transition import BATCH


class SajadEngineReroute(models.AbstractModel):
    """Part of the engine: cartables change, and work follows (row A6)."""

    _name = "sajad.engine.reroute"
    _description = "Engine of Requests"

    def _reroute(self, cartables):
        """Resume what waits for cartables, suspend what nobody can decide.

        Called whenever a cartable or a membership is made, changed or ended.
        """
        # work of the whole university moves, whoever changed the cartable
        cartables_sudo = cartables.sudo().exists()
        if not cartables_sudo:
            return
        Task_sudo = cartables_sudo.env["sajad.task"]
        waiting = Domain.OR(
            Domain("process_id", "=", cartable.process_id.id)
            & Domain("stage_id.role_id", "=", cartable.role_id.id)
            & Domain("request_id.scope_id", "in", cartable._get_routed_scopes().ids)
            for cartable in cartables_sudo
        )
        domain = Domain("state", "=", "suspended") & Domain("current", "=", True)
        tasks_sudo = Task_sudo.search(domain & waiting)
        abandoned = cartables_sudo - cartables_sudo._has_active_member()
        if abandoned:
            # what waits for an answer is routed when the student has answered
            tasks_sudo |= Task_sudo.search(
                Domain("cartable_id", "in", abandoned.ids)
                & Domain(Task_sudo._get_open_domain())
                & Domain("student_wait", "!=", "answer")
            )
        self._reroute_tasks(tasks_sudo)

    def _reroute_tasks(self, tasks):
        for start in range(0, len(tasks), BATCH):
            batch = tasks[start : start + BATCH]
            with self._transition(batch.request_id, batch) as transition:
                transition.engine._route(transition.nodes, transition.log)

    def _cron_reroute(self):
        """Suspend and resume as memberships begin and end with the day."""
        self.sudo()._release_orphans()  # a job of nobody's
        cartables = self._get_stale_cartables()
        for start in range(0, len(cartables), 50):
            batch = cartables[start : start + 50]
            self._reroute(batch)
            remaining = len(cartables) - start - len(batch)
            if not self.env["ir.cron"]._commit_progress(
                len(batch), remaining=remaining
            ):
                break

    def _get_stale_cartables(self):
        """Return the cartables whose work must be suspended or resumed now."""
        held = self._select_cartables(
            SQL(
                "SELECT DISTINCT cartable_id FROM sajad_task "
                "WHERE state IN %s AND cartable_id IS NOT NULL",
                states.IN_CARTABLE,
            )
        )
        wanted = self._select_cartables(
            SQL(
                """
                SELECT DISTINCT cartable.id
                  FROM sajad_task task
                  JOIN sajad_stage stage ON stage.id = task.stage_id
                  JOIN sajad_request request ON request.id = task.request_id
                  JOIN sajad_scope scope ON scope.id = request.scope_id
                  JOIN sajad_cartable_sajad_scope_rel rel
                    ON rel.sajad_scope_id = COALESCE(scope.whole_id, scope.id)
                  JOIN sajad_cartable cartable
                    ON cartable.id = rel.sajad_cartable_id
                   AND cartable.role_id = stage.role_id
                   AND cartable.active IS TRUE
                 WHERE task.state = 'suspended' AND task.current IS TRUE
                """
            )
        )
        manned = (held | wanted)._has_active_member()
        return (held - manned) | (wanted & manned)

    def _select_cartables(self, query):
        self.env.flush_all()
        # work of every university, for a job that belongs to none
        Cartable_sudo = self.env["sajad.cartable"].sudo()
        return Cartable_sudo.browse(id_ for (id_,) in self.env.execute_query(query))

    # ------------------------------------------------------------
    # CARTABLES THAT ARE MISSING
    # ------------------------------------------------------------

    def _tell_liaisons(self, log):
        """Ask liaisons for the cartables that requests wait for.

        Once per office: not again while another request waits for the same. Called
        at the end of a transition.
        """
        suspended = [entry.node for entry in log.entries if entry.kind == "suspended"]
        nodes = [
            node
            for node in (*suspended, *log.gaps)
            if node.step.role_level != "organization"
        ]
        if not nodes:
            return
        known = self._get_suspended_places(nodes) | self._get_told_gaps(log.gaps)
        for node in nodes:
            university = node.request.university_id
            key = (university.id, node.step.stage_id)
            if key in known:
                continue
            known.add(key)
            kind, users = university._get_gap_notice()
            for user in users:
                log.notify(kind, node.request, node, user.partner_id)

    def _get_suspended_places(self, nodes):
        """Return the (university id, stage id) where other requests wait as well."""
        processes = {n.request.process_id.id for n in nodes}
        requests = {n.request.id for n in nodes}
        groups = self.env["sajad.task"]._read_group(
            Domain("state", "=", "suspended")
            & Domain("process_id", "in", processes)
            & Domain("request_id", "not in", requests),
            ["university_id", "stage_id"],
        )
        return {(university.id, stage.id) for university, stage in groups}

    def _get_told_gaps(self, nodes):
        """Return the (university id, stage id) that heads wait for, told already."""
        if not nodes:
            return set()
        notices = self.env["sajad.notice"].search(
            Domain("kind", "in", ("gap", "gap_unasked"))
            & Domain("task_id.state", "=", "waiting")
            & Domain("task_id.stage_id", "in", [n.step.stage_id for n in nodes])
        )
        return {(task.university_id.id, task.stage_id.id) for task in notices.task_id}
