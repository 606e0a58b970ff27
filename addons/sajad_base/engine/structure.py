"""What the engine needs of a step, as plain values: read once per version, cached."""

from typing import NamedTuple

PERMISSIONS = ("allow_visit", "allow_return", "allow_refuse", "allow_refer")


class Step(NamedTuple):
    """One step of a version; other steps, stage and role are ids."""

    id: int
    stage_id: int
    role_id: int
    role_level: str
    predecessors: tuple
    successors: tuple
    # how many predecessors it waits for: "all" or "any"
    join: str
    # only to be read: holds nothing up
    information: bool
    # decided by picking the expert of the next step
    assigns: bool
    # the step that picks the expert of this one, or False
    assigned_by: int
    numbering: bool
    condition: str
    time_limit: float
    # the step of which this one is the second round, or False
    recheck_of: int
    # of PERMISSIONS
    permissions: frozenset
    has_checks: bool

    @property
    def needs_person(self):
        """Whether somebody has to act, however clear the case is.

        To read, to pick an expert, to be picked as one, to answer the checks of the
        step or to enter the request in the register.
        """
        return bool(
            self.information
            or self.assigns
            or self.assigned_by
            or self.has_checks
            or self.numbering
        )
