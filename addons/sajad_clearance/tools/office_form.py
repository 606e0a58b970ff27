"""The forms of offices that lend and let: what their answers have to say together.

They name their answers alike (`data/clearance_*_flow_data.xml`): `debt` is yes or no,
`instalments_from` and `instalments_to` are the days of a plan. What stands in the form
is the statement of the office; what is owed stands in its holds (row B7).
"""

# the question whether something is owed
DEBT = "debt"


def states_debt(values):
    """Return whether a form says that something is owed; None where it does not ask."""
    return {"yes": True, "no": False}.get(values.get(DEBT))


def get_problem(env, values, holds):
    """Return what does not fit together in the form of an office, or an empty text.

    :param values: {name: value} of the form
    :param holds: what the office holds against the student, settled holds as well
    """
    problem = _get_instalment_problem(env, values)
    says = states_debt(values)
    if problem or says is None:
        return problem
    debts = holds.filtered(lambda hold: hold.kind == "debt")
    running = debts.filtered(lambda hold: hold.state in ("planned", "guaranteed"))
    if says and not debts:
        return env._(
            "The form says that something is owed: record it as a hold, too, so that "
            "the student can see and pay it."
        )
    if not says and running:
        return env._(
            "The form says that nothing is owed, yet this runs on: %(hold)s.",
            hold=running[0].description,
        )
    if "planned" in debts.mapped("state") and not values.get("instalments_from", True):
        return env._(
            "The debt is paid in instalments: write when they begin and when they end."
        )
    return ""


def _get_instalment_problem(env, values):
    first, last = values.get("instalments_from"), values.get("instalments_to")
    if bool(first) != bool(last):
        return env._("Write both when the instalments begin and when they end.")
    if first and last < first:
        return env._("The instalments end before they begin.")
    return ""
