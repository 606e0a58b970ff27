"""The states of requests and of work, and which may follow which.

Work (`sajad.task`) is one step of one request. It climbs down this ladder; most work
takes the middle way, `waiting`, `ready`, `done`::

    waiting      the steps before it are not finished
       |
       |-- skipped     its condition does not hold: nobody has to decide
       |-- done        it passed by itself, for a reason that history tells
       |
       |-- suspended   its turn has come, but nobody is in charge of it today
       |      ^  |
       |      |  v
       '-- ready       to do: it lies in a cartable, and its clock runs
              ^  |
              |  v
           student     still in that cartable, but the student has to come or to
              |        answer first (`student_wait`), and the clock stands
              v
           done        decided: approved, seen, assigned, refused or returned

    cancelled    the request ended, or begins again before this step

Upwards it goes when a decision is undone: what was decided is `ready` again, and what
had opened, passed or been skipped because of it is `waiting` again. What was decided
in an earlier round is never touched: a new round is new work.

A request (`sajad.request`) is a `draft` until it is submitted. While it is open, its
work says how it stands: `suspended` if any work is, else `returned` if the student
has to answer, else `running`; steps for information never count. It ends `done` when
nothing is left to decide, `refused` by an office or `cancelled` by its student.

Three kinds of step say what their work is: a decision (`blocking`), an assignment of
the next step to an expert (`assign`), or something to read that holds nothing up
(`information`).
"""

# ------------------------------------------------------------
# STEPS
# ------------------------------------------------------------

BLOCKING = "blocking"
ASSIGN = "assign"
INFORMATION = "information"

# ------------------------------------------------------------
# WORK
# ------------------------------------------------------------

# in a cartable: an office is in charge of it, even while the student has to act
IN_CARTABLE = ("ready", "student")
# its turn has come and nobody has finished it
OPEN_WORK = (*IN_CARTABLE, "suspended")
# nothing waits for it any more
FINAL_WORK = ("done", "skipped", "cancelled")
# was never needed, or is not any more
VOID_WORK = ("skipped", "cancelled")

# {state: the states that may follow it}
WORK = {
    "waiting": {"ready", "suspended", "skipped", "done", "cancelled"},
    "suspended": {"ready", "cancelled", "waiting"},
    "ready": {"student", "done", "suspended", "cancelled", "waiting"},
    "student": {"ready", "done", "suspended", "cancelled"},
    # undone: the decision itself, or one before a step that passed by itself
    "done": {"ready", "waiting"},
    # a decision before it is undone, or a new version asks another condition
    "skipped": {"waiting"},
    # the refusal that ended the request is undone
    "cancelled": {"waiting"},
}

# ------------------------------------------------------------
# REQUESTS
# ------------------------------------------------------------

# submitted, and neither finished nor ended
OPEN_REQUESTS = ("running", "returned", "suspended")
# the student may withdraw these, as long as nobody has decided
WITHDRAWABLE = ("draft", *OPEN_REQUESTS)
# an office had the last word
DECIDED_REQUESTS = ("done", "refused")
ENDED_REQUESTS = (*DECIDED_REQUESTS, "cancelled")

# {state: the states that may follow it}
REQUEST = {
    "draft": {"running", "cancelled"},
    # a version with fewer steps can finish what was returned or suspended
    "running": {"returned", "suspended", *ENDED_REQUESTS},
    "returned": {"running", "suspended", *ENDED_REQUESTS},
    "suspended": {"running", "returned", *ENDED_REQUESTS},
    # the last decision is undone, or the request is opened again
    "done": {"running", "suspended"},
    "refused": {"running"},
    "cancelled": set(),
}


def check_work(before, after):
    """Check that work may go from one state to another.

    :raise ValueError: it may not; a fault of the program, not of a user
    """
    _check(WORK, "Work", before, after)


def check_request(before, after):
    """Check that a request may go from one state to another.

    :raise ValueError: it may not; a fault of the program, not of a user
    """
    _check(REQUEST, "A request", before, after)


def _check(table, what, before, after):
    if after != before and after not in table[before]:
        raise ValueError(f"{what} does not go from {before} to {after}")
