from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...engine import states
from ...engine.migration import Move


class SajadEngineMigrate(models.AbstractModel):
    """Part of the engine: running requests change to another version (row A5).

    `engine/migration.py` says what becomes of their work.
    """

    _name = "sajad.engine.migrate"
    _description = "Engine of Requests"

    def _migrate(self, requests, flow, stages=None, dry_run=False):
        """Move running requests to another version of their process.

        A request whose open work lies at a stage that the new version lacks stays
        where it is, unless `stages` says which stage takes the work over. The caller
        has checked who may move requests.

        :param flow: the published version
        :param dict stages: {id of a stage: id of the stage that takes its work over}
        :param bool dry_run: tell what would happen, change nothing
        :return: {request: Move}; requests that are on the version already, or no
            longer open, are left out
        :rtype: dict
        :raise UserError: the version is no target
        """
        if dry_run:
            transition = self._new_transition(requests)
            return transition.engine._plan_moves(transition, flow, stages or {})
        with self._transition(requests) as transition:
            locked = transition.requests
            # as it is now that nobody else can change it
            locked.invalidate_recordset(["state", "flow_id"], flush=False)
            engine = transition.engine
            in_use = requests.filtered(lambda request: request not in locked)
            moves = {r: Move(problem=self._get_in_use_problem()) for r in in_use}
            moves |= engine._plan_moves(transition, flow, stages or {})
            moving = {r: move for r, move in moves.items() if not move.problem}
            engine._write_moves(transition, moving, flow)
        return moves

    def _check_migration(self, requests, flow):
        if flow.state != "published":
            raise UserError(
                self.env._("Requests move only to a published version of the process.")
            )
        if requests.process_id - flow.process_id:
            raise UserError(self.env._("These are requests of another process."))

    def _plan_moves(self, transition, flow, stages):
        """Return {request: Move}; what it opens is told to the log."""
        self._check_migration(transition.requests, flow)
        structure = self.env["sajad.flow"]._get_structure(flow.id)
        transition.requests = transition.requests.filtered(
            lambda r: r.state in states.OPEN_REQUESTS and r.flow_id != flow
        )
        before = transition.journeys
        moves = {}
        for request, journey in before.items():
            move = moves[request] = Move.plan(journey, structure, stages)
            if move.lost_stage:
                move.problem = self._get_lost_stage_problem(move.lost_stage)
        moving = [(r, move) for r, move in moves.items() if not move.problem]
        opening = [node for _r, move in moving for node in move.get_opening()]
        transition.open(opening)
        for request, move in moving:
            move.compare(before[request])
        return moves

    def _get_lost_stage_problem(self, stage_id):
        return self.env._(
            "Its work lies at %(stage)s, which the new version lacks.",
            stage=self.env["sajad.stage"].browse(stage_id).name,
        )

    # ------------------------------------------------------------
    # WRITE, SET BY SET
    # ------------------------------------------------------------

    def _write_moves(self, transition, moves, flow):
        transition.replace({request: move.journey for request, move in moves.items()})
        if not moves:
            return
        log = transition.log
        # history tells of the move first, then of what it opened
        opened, log.entries = log.entries, []
        for request, move in moves.items():
            text = self.env._(
                "From version %(old)s to version %(new)s",
                old=request.flow_id.version,
                new=flow.version,
            )
            log.add("moved", request, reason=text)
            if move.told:
                log.notify("moved", request)
        log.entries += opened
        self.env["sajad.request"].union(*moves).write({"flow_id": flow.id})
        self._move_tasks(moves)

    def _move_tasks(self, moves):
        """Tie work items to the steps of the new version, in one statement.

        Plain SQL: through the ORM the answers in the forms would be cut down to what
        the new form asks.
        """
        rows = [
            (task_id, step.id, step.stage_id)
            for move in moves.values()
            for task_id, step in move.targets.items()
        ]
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "UPDATE sajad_task SET step_id = target.step_id, "
                "stage_id = target.stage_id FROM (VALUES %s) "
                "AS target (id, step_id, stage_id) "
                "WHERE sajad_task.id = target.id RETURNING sajad_task.id",
                SQL(", ").join(SQL("%s", row) for row in rows),
            )
        )
        self.env["sajad.task"].invalidate_model(
            ["step_id", "stage_id", "properties", "guide", "mode"], flush=False
        )
