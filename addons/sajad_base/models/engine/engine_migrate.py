from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...engine import states
from ...engine.journey import Journey, Node

BATCH = 500


class Move:
    """What becomes of one request that changes to another version."""

    __slots__ = ("finishes", "journey", "kept", "new", "problem", "targets", "told")

    def __init__(self, journey=None):
        self.journey = journey  # on the new version
        self.problem = ""
        self.targets = {}  # {work item: its step in the new version}
        self.kept = []  # stages whose open work stays
        self.new = []  # stages that get work
        self.finishes = False
        self.told = False


class SajadEngine(models.AbstractModel):
    _inherit = "sajad.engine"

    def _migrate(self, requests, flow, stages=None, dry_run=False):
        """Move running requests to another version of their process (row A5).

        Stages tie the versions together: what is finished stays finished, open work
        stays in its cartable with its dates and its claim, what waits is counted
        anew, and steps that only the new version has are opened if their turn has
        come. A request whose open work lies at a stage that the new version lacks
        stays where it is, unless `stages` says which stage takes the work over.

        :param flow: the published version
        :param dict stages: {id of a stage: id of the stage that takes its work over}
        :param bool dry_run: tell what would happen, change nothing
        :return: {request: Move}; requests that are on the version already, or no
            longer open, are left out
        :rtype: dict
        :raise UserError: the version is no target
        """
        self._check_migration(requests, flow)
        # requests and work are written by the engine alone; the caller checked who
        requests = requests.sudo()
        moves = {}
        if not dry_run:
            locked = self._lock(requests)
            for request in requests - locked:
                move = moves[request] = Move()
                move.problem = self.env._(
                    "Somebody is working on this request; try again."
                )
            requests = locked
            # as it is now that nobody else can change it
            requests.invalidate_recordset(["state", "flow_id"], flush=False)
        requests = requests.filtered(
            lambda r: r.state in states.OPEN_REQUESTS and r.flow_id != flow
        )
        if not requests:
            return moves
        log = self._new_log()
        before = self._load(requests)
        for request, old in before.items():
            moves[request] = self._plan_move(request, old, flow, stages or {})
        moving = {r: moves[r] for r in before if not moves[r].problem}
        self._open_moved(moving, log)
        for request, move in moving.items():
            self._tell_move(move, before[request])
        if not dry_run:
            self._write_moves(moving, before, flow, log)
        return moves

    def _check_migration(self, requests, flow):
        # versions may be looked at by whoever moves requests
        flow = flow.sudo()
        if flow.state != "published":
            raise UserError(
                self.env._("Requests move only to a published version of the process.")
            )
        if requests.sudo().process_id - flow.process_id:
            raise UserError(self.env._("These are requests of another process."))

    # ------------------------------------------------------------
    # PLAN, IN MEMORY
    # ------------------------------------------------------------

    def _plan_move(self, request, old, flow, stages):
        """Return the journey on the new version, with what is known of the old."""
        structure = self.env["sajad.flow"]._get_structure(flow.id)
        move = Move(Journey(request, structure))
        by_stage = {step.stage_id: step for step in structure.values()}
        taken = {}
        for node in old.nodes.values():
            if node.step.stage_id in by_stage:
                taken[by_stage[node.step.stage_id].id] = node
        orphans = [
            node for node in old.nodes.values() if node.step.stage_id not in by_stage
        ]
        begin = self._place_orphans(move, orphans, by_stage, taken, stages)
        for step in structure.values():
            self._place_node(move, step, taken.get(step.id))
        self._recount(move.journey, begin)
        return move

    def _place_orphans(self, move, orphans, by_stage, taken, stages):
        """Give open work of stages that are gone to those that take it over.

        :return: the steps that take work over and have to begin anew
        """
        begin = set()
        for node in orphans:
            if node.state not in states.OPEN_WORK:
                self._retire(move, node)
                continue
            target = by_stage.get(stages.get(node.step.stage_id))
            if not target:
                stage = self.env["sajad.stage"].browse(node.step.stage_id)
                move.problem = self.env._(
                    "Its work lies at %(stage)s, which the new version lacks.",
                    stage=stage.name,
                )
                return begin
            there = taken.get(target.id)
            free = there is None or there.state == "waiting"
            if free and target.role_id == node.step.role_id:
                if there is not None:
                    self._retire(move, there)
                taken[target.id] = node
            else:
                self._retire(move, node)
                if free:
                    begin.add(target.id)
        return begin

    def _retire(self, move, node):
        """Take a work item out of the journey; what was decided stays readable."""
        if node.state not in states.FINAL_WORK:
            node.set(state="cancelled", student_wait=False)
        node.set(current=False)
        move.journey.removed.append(node)

    def _place_node(self, move, step, node):
        """Put the work of the old version, or new work, at a step."""
        journey = move.journey
        if node is None:
            journey.add(Node(journey, step, state="waiting", pending_count=0, round=1))
            return
        twin = Node(journey, step, node.task_id, **node.original)
        twin.original = node.original
        # what nobody decided because of a condition is asked again if that changed
        if node.state == "skipped" and node.step.condition != step.condition:
            twin.set(state="waiting")
        journey.add(twin)
        move.targets[node.task_id] = step
        if twin.state in states.OPEN_WORK:
            move.kept.append(step.stage_id)

    def _recount(self, journey, begin):
        """Count how many predecessors each step has still to wait for.

        :param set begin: the steps that take over work and wait for nobody
        """
        for node in journey.nodes.values():
            finished = sum(
                journey.nodes[step_id].is_finished for step_id in node.step.predecessors
            )
            count = len(node.step.predecessors)
            if node.step.join == "any":
                count = min(count, 1)
            count = 0 if node.step.id in begin else count - finished
            node.set(pending_count=count)

    def _open_moved(self, moves, log):
        """Open what waits for nobody; in memory, with the conditions of requests."""
        opening = [
            node
            for move in moves.values()
            for node in move.journey.nodes.values()
            if node.state == "waiting" and node.values["pending_count"] <= 0
        ]
        self._open(opening, log)

    def _tell_move(self, move, old):
        """Note what the move means for the office and for the student."""
        nodes = move.journey.nodes.values()
        kept = set(move.kept)
        opened = [n for n in nodes if n.state in states.OPEN_WORK]
        move.new = [n.step.stage_id for n in opened if n.step.stage_id not in kept]
        move.finishes = move.journey.request_state() == "done"
        # a role that is met before and after is the same office to the student
        before = {
            n.step.role_id
            for n in old.nodes.values()
            if n.original["state"] in states.OPEN_WORK
        }
        move.told = not move.finishes and before != {n.step.role_id for n in opened}

    # ------------------------------------------------------------
    # WRITE, SET BY SET
    # ------------------------------------------------------------

    def _write_moves(self, moves, before, flow, log):
        requests = self.env["sajad.request"].sudo().union(*moves)
        if not requests:
            return
        # history tells of the move first, then of what it opened
        opened, log.entries = log.entries, []
        for request, move in moves.items():
            former = request.flow_id.version
            log.add(
                "moved",
                request,
                reason=self.env._(
                    "From version %(old)s to version %(new)s",
                    old=former,
                    new=flow.version,
                ),
            )
            if move.told:
                log.notify("moved", request)
        log.entries += opened
        requests.write({"flow_id": flow.id})
        self._move_tasks(moves)
        self._settle([move.journey for move in moves.values()], log)

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
