from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import states

BATCH = 500


class SajadEngine(models.AbstractModel):
    _inherit = "sajad.engine"

    def _route(self, nodes, log):
        """Put nodes into the cartables of their roles, or suspend them (row A6)."""
        if not nodes:
            return
        # who assigns needs somebody to assign to
        following = {n: self._get_following(n) for n in nodes if n.step.assigns}
        routes = self._get_routes([*nodes, *following.values()])
        kept = self._get_kept_experts(nodes, routes)
        due_dates = {}
        for node in nodes:
            was_suspended = node.state == "suspended"
            cartable_id = routes.get((node.request.scope_id.id, node.step.role_id))
            if not cartable_id:
                if not was_suspended:
                    self._suspend(node, log)
                continue
            node.set(
                state="ready",
                cartable_id=cartable_id,
                student_wait=False,
                user_id=kept.get(node, False),
                date_ready=log.now,
                date_due=self._get_due(node, log.now, due_dates),
            )
            if node in following:
                target = following[node]
                if (target.request.scope_id.id, target.step.role_id) not in routes:
                    log.gaps.append(target)
            kind = "resumed" if was_suspended else "ready"
            log.add(kind, node.request, node)
            if was_suspended and not node.step.information:
                log.notify("resumed", node.request, node)

    def _suspend(self, node, log):
        node.set(
            state="suspended",
            cartable_id=False,
            date_due=False,
            student_wait=False,
            user_id=False,
        )
        log.add("suspended", node.request, node)
        # what is only for information does not hold the student up
        if not node.step.information:
            log.notify("suspended", node.request, node)

    def _tell_liaisons(self, log):
        """Ask liaisons for the cartables that requests wait for (row A6).

        Once per office: not again while another request waits for the same.
        """
        suspended = [entry.node for entry in log.entries if entry.kind == "suspended"]
        nodes = [
            node
            for node in (*suspended, *log.gaps)
            if node.step.role_level != "organization"
        ]
        if not nodes:
            return
        groups = (
            self.env["sajad.task"]
            # work of the whole university, whoever brought the request here
            .sudo()
            ._read_group(
                [
                    ("state", "=", "suspended"),
                    (
                        "process_id",
                        "in",
                        list({n.request.process_id.id for n in nodes}),
                    ),
                    ("request_id", "not in", list({n.request.id for n in nodes})),
                ],
                ["university_id", "stage_id"],
            )
        )
        known = {(university.id, stage.id) for university, stage in groups}
        known |= self._get_told_gaps(log.gaps)
        for node in nodes:
            university = node.request.university_id
            key = (university.id, node.step.stage_id)
            if key in known:
                continue
            known.add(key)
            kind, users = university._get_gap_notice()
            for user in users:
                log.notify(kind, node.request, node, user.partner_id)

    def _get_told_gaps(self, nodes):
        """Return the (university id, stage id) that heads wait for, told already."""
        if not nodes:
            return set()
        notices = (
            self.env["sajad.notice"]
            # notices are nobody's to read
            .sudo()
            .search(
                [
                    ("kind", "in", ("gap", "gap_unasked")),
                    ("task_id.state", "=", "waiting"),
                    ("task_id.stage_id", "in", [n.step.stage_id for n in nodes]),
                ]
            )
        )
        return {(task.university_id.id, task.stage_id.id) for task in notices.task_id}

    def _get_routes(self, nodes):
        """Return {(scope id, role id): cartable id}, only of manned cartables."""
        self.env["sajad.cartable"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT rel.sajad_scope_id, cartable.role_id, cartable.id
                  FROM sajad_cartable_sajad_scope_rel rel
                  JOIN sajad_cartable cartable ON cartable.id = rel.sajad_cartable_id
                 WHERE rel.sajad_scope_id IN %(scopes)s
                   AND cartable.role_id IN %(roles)s
                   AND cartable.active IS TRUE
                   AND EXISTS (
                       SELECT FROM (%(deciders)s) decider
                        WHERE decider.cartable_id = cartable.id)
                """,
                scopes=tuple({node.request.scope_id.id for node in nodes}),
                roles=tuple({node.step.role_id for node in nodes}),
                deciders=self.env["sajad.cartable.member"]._get_decider_sql(),
            )
        )
        return {
            (scope_id, role_id): cartable_id for scope_id, role_id, cartable_id in rows
        }

    def _get_due(self, node, now, cache):
        """Return when the node is late, in the working hours of the university."""
        hours = node.step.time_limit
        calendar = node.request.university_id.calendar_id
        if not hours or not calendar:
            return False
        key = (calendar.id, hours)
        if key not in cache:
            cache[key] = calendar._sajad_plan_hours(calendar.id, hours, now)
        return cache[key]

    # ------------------------------------------------------------
    # CARTABLES CHANGE
    # ------------------------------------------------------------

    def _reroute(self, cartables):
        """Resume what waits for cartables, suspend what nobody can decide (row A6).

        Called whenever a cartable or a membership is made, changed or ended.
        """
        # Work of the whole university moves, whoever changed the cartable.
        Task = self.env["sajad.task"].sudo()
        cartables = cartables.sudo().exists()
        if not cartables:
            return
        waiting = Domain.OR(
            Domain("process_id", "=", cartable.process_id.id)
            & Domain("stage_id.role_id", "=", cartable.role_id.id)
            & Domain("request_id.scope_id", "in", cartable.scope_ids.ids)
            for cartable in cartables
        )
        domain = Domain("state", "=", "suspended") & Domain("current", "=", True)
        tasks = Task.search(domain & waiting)
        abandoned = cartables - cartables._has_active_member()
        if abandoned:
            # what waits for an answer is routed when the student has answered
            tasks |= Task.search(
                Domain("cartable_id", "in", abandoned.ids)
                & Domain(Task._get_open_domain())
                & Domain("student_wait", "!=", "answer")
            )
        self._reroute_tasks(tasks)

    def _reroute_tasks(self, tasks):
        for start in range(0, len(tasks), BATCH):
            batch = tasks[start : start + BATCH]
            locked = self._lock(batch.request_id)
            journeys = self._load(locked)
            ids = set(batch.ids)
            nodes = [
                node
                for journey in journeys.values()
                for node in journey.nodes.values()
                if node.task_id in ids
            ]
            log = self._new_log()
            self._route(nodes, log)
            self._settle(list(journeys.values()), log)

    def _cron_reroute(self):
        """Suspend and resume as memberships begin and end with the day (row A6)."""
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
                  JOIN sajad_cartable_sajad_scope_rel rel
                    ON rel.sajad_scope_id = request.scope_id
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
        Cartable = self.env["sajad.cartable"].sudo()
        return Cartable.browse(id_ for (id_,) in self.env.execute_query(query))
