"""One change of the work of many requests, from the door of the engine to its end."""

# requests that a job moves in one transaction
BATCH = 500


class Transition:
    """What one passage through the door of the engine holds (`_transition` there).

    Requests are locked and journeys are in memory. Whoever passes changes nodes and
    tells the log; at the end the engine writes what changed, set by set.
    """

    def __init__(self, engine, log, requests, tasks, problems=()):
        # elevated, as requests and tasks are: access was checked before the door
        self.engine = engine
        self.log = log
        self.requests = requests
        # the work that it is about; none where requests move as a whole
        self.tasks = tasks
        # {task: sentence} of the work that stays as it is
        self.problems = dict(problems)
        self._journeys = None

    @property
    def journeys(self):
        """{request: Journey}, loaded when it is first asked for, in one query."""
        if self._journeys is None:
            self._journeys = self.engine._load(self.requests)
        return self._journeys

    @property
    def loaded(self):
        """The journeys that may have changed."""
        return list((self._journeys or {}).values())

    @property
    def nodes(self):
        """The nodes of the tasks, in their order."""
        return [
            self.journeys[task.request_id].nodes[task.step_id.id] for task in self.tasks
        ]

    def replace(self, journeys):
        """Let other journeys be written instead of those in the database."""
        self._journeys = journeys

    def leave_out(self, problems):
        """Leave work out that has to stay as it is.

        :param dict problems: {task: sentence for the user}
        """
        if problems:
            self.problems.update(problems)
            self.tasks = self.tasks.filtered(lambda task: task not in problems)
            self.requests = self.tasks.request_id

    def add_event(self, node, kind, reason=""):
        """Tell history what the user did at a node."""
        cartable_id = node.values.get("cartable_id")
        self.log.add(kind, node.request, node, reason, cartable_id)

    def close(self, node, outcome, reason="", kind="", **values):
        """Finish a node with a decision of the user.

        :param str kind: of the event, where it is not named like the outcome
        """
        self.add_event(node, kind or outcome, reason)
        member = self.log.memberships.get(node.values.get("cartable_id"))
        node.set(
            state="done",
            outcome=outcome,
            student_wait=False,
            user_id=False,
            date_done=self.log.now,
            # a closed account decided nothing, nor did who closed it
            done_by_id=self.log.uid if member else False,
            on_behalf_of_id=(member and member.on_behalf_of_id.id) or False,
            **values,
        )

    def pass_on(self, nodes):
        """Open what follows finished nodes."""
        opening = []
        for node in nodes:
            opening += node.journey.count_down(node)
        self.open(opening)

    def open(self, nodes):
        """Open nodes whose predecessors are finished."""
        self.engine._open(nodes, self.log)

    def save(self):
        """Write work as it is now, before what depends on it."""
        self.engine._save(self.loaded)
