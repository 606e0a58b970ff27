"""The table at the end of a run: lines with their limits, what was measured, verdicts.

A line is a ratio of two cases of the tables that were measured. What lies in one was
measured in turn, so that its ratio is the middle of the rounds' ratios. Its *floor* is
the ratio of what no way of doing it goes below, measured in the same run. Nothing here
needs Odoo: with `--against` the command prints the table of both revisions.
"""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Line:
    """What may cost `limit` times what counts as 1."""

    what: str
    limit: float
    # each a table (the beginning of its title) and a case in it
    case: tuple[str, str]
    base: tuple[str, str]
    # what the case cannot go below, whoever does it
    floor: tuple[str, str] | None = None
    # of two tables: a case of both in which each is told, for the machine was another
    unit: str | None = None


def in_one(title, lines):
    """Return lines within a table: (what, limit, case, base, floor if there is one)."""
    return [
        Line(what, limit, *((title, case) for case in cases))
        for what, limit, *cases in lines
    ]


PAGE_TITLES = {"few rows": "Pages, a few", "10,000 own rows": "Pages, 10,000"}
BARE = "bare: signed in, no counter"
LAYOUT, ACCOUNT = "an empty page", "an empty page beside the account"
ROWS = "an empty page with 20 lines"
# the limit of each page, and Odoo's layout that it stands in, with lines for a list
PAGE_LIMITS = {
    "home": (2.5, ACCOUNT),
    "my requests": (2.5, ROWS),
    "one request": (4, LAYOUT),
    "catalogue": (2.5, ROWS),
    "debts": (2.5, ROWS),
}

# what a page of the inbox costs without a rule, however it is asked for
LEAST = "one scan, rows without a rule"
READS = [
    *in_one(
        "Inbox of the day",
        [
            ("inbox, board: clerk", 3, "clerk", "small", f"clerk: {LEAST}"),
            ("inbox, board: supervisor of 2,000", 2, "many", "small", f"many: {LEAST}"),
            (
                "inbox, board: Organization",
                2,
                "national",
                "small",
                f"national: {LEAST}",
            ),
        ],
    ),
    *in_one(
        "Inbox as a list",
        [
            ("inbox, list: clerk", 2, "clerk", "small", f"clerk: {LEAST}"),
            ("inbox, list: supervisor of 2,000", 2, "many", "small", f"many: {LEAST}"),
            ("inbox, list: Organization", 2, "national", "small", f"national: {LEAST}"),
        ],
    ),
    *in_one(
        "Requests: open",
        [
            ("requests, open, list: Organization", 1.2, "national", "no rule"),
            ("requests, open, list: liaison", 1.2, "liaison", "no rule"),
        ],
    ),
    *in_one(
        "Requests: all",
        [
            ("requests, all, list: Organization", 1.2, "national", "no rule"),
            ("requests, all, list: liaison", 1.2, "liaison", "no rule"),
        ],
    ),
    *in_one(
        "Count of all work",
        [("count of all work: supervisor of 2,000", 0.2, "many", "no rule")],
    ),
    *in_one(
        "Students",
        [
            (
                "students, list: officer, to all counted",
                0.05,
                "big",
                "all counted",
                "no rule",
            ),
            (
                "students, list: liaison, to all counted",
                0.05,
                "liaison",
                "all counted",
                "no rule",
            ),
        ],
    ),
]

WRITES = [
    *in_one(
        "Approve 500",
        [
            ("approve 500", 1.4, "the engine, 500 at once", "plain SQL, the same rows"),
            (
                "approve 20 one by one, to 500 at once",
                0.15,
                "the engine, 20 one by one",
                "the engine, 500 at once",
                "plain SQL, 20 one by one",
            ),
        ],
    ),
    *in_one(
        "Create a cohort",
        [
            (
                "500 requests of 11 tasks",
                1.5,
                "500 requests of 11 tasks",
                "plain SQL, alike",
            )
        ],
    ),
]
PAPERS = [
    *in_one(
        "Certificates",
        [
            (
                "new certificates, to bare WeasyPrint",
                1.1,
                "the report",
                "bare, a document each",
            )
        ],
    ),
]
STATS = [
    *in_one(
        "A night",
        [
            (
                "statistics: count one day",
                2,
                "count one day",
                "scan of its rows",
                "scan and its rows written",
            ),
        ],
    ),
    *in_one(
        "Reading",
        [
            (
                "statistics: national pivot, to history live",
                0.05,
                "pivot: stages by months",
                "live: stages by months",
            ),
        ],
    ),
]

# the same with a few own rows and with 10,000
PAGES = [
    Line(f"{page}, {rows}", limit, (title, page), (title, BARE), (title, floor))
    for rows, title in PAGE_TITLES.items()
    for page, (limit, floor) in PAGE_LIMITS.items()
]

OURS, PEER = "my inbox, a work item", "project, a task"
BROWSER = [
    *in_one("Browser: from", [("browser, click to first card", 0.7, OURS, PEER)]),
    *in_one(
        "Browser: opening",
        [("browser, opening a work form", 0.7, OURS, PEER, "project, a tag")],
    ),
]

# printed by benches of their own, beside peers that are no dependency
DOSSIER_PDF = [
    line
    for size in ("100 KB", "400 KB", "1.6 MB")
    for what in ("time", "CPU")
    for line in in_one(
        f"One PDF, {size}, {what}",
        [(f"dossier of {size} a scan, to qpdf, {what}", 1.3, "ahead", "qpdf", "floor")],
    )
]
DESK = [
    line
    for kind in ("board", "list")
    for line in in_one(
        f"Desk, {kind}, 100,000",
        [
            (
                f"support desk, {kind}, to the peer's, {what}",
                0.1,
                "ours",
                f"peer, {what}",
                "ours, names alone",
            )
            for what in ("open", "all of a team")
        ],
    )
] + [
    *in_one(
        "Desk, pages, 100,000",
        [
            (
                "percent met of a year, to a bare route",
                10,
                "percent met of a year",
                "bare route, signed in",
            )
        ],
    ),
    Line(
        "portal's list at 1,000,000 requests, to 10,000",
        1.2,
        ("Desk, pages, 1,000,000", "portal, my requests"),
        ("Desk, pages, 10,000", "portal, my requests"),
        unit="bare route, signed in",
    ),
]
DOSSIER_IMPORT = in_one(
    "Bulk upload",
    [
        ("bulk upload, time to ir.attachment's", 1 / 1.5, "both", "plain", "floor"),
    ],
)
DMS = [
    Line(
        f"dossier, {what}, to dms",
        0.2,
        (f"Beside dms, 60,000, {what}", "ours"),
        (f"Beside dms, 60,000, {what}", "dms"),
        floor,
    )
    for what, floor in {
        "list of 80": None,
        "search": None,
        "open, as the form does": (
            "Beside dms, 60,000, open, the rows of the form alone",
            "ours",
        ),
        "verify, write one field": None,
    }.items()
]

LINES = [*READS, *PAGES, *BROWSER, *WRITES, *PAPERS, *STATS]


def find(tables, place):
    """Return the figures of a case, or None where it was not measured."""
    title, case = place
    for measured, cases in tables.items():
        if measured.startswith(title):
            return cases.get(case)
    return None


def get_ratio(tables, place, base_place, unit=None):
    """Return the ratio of two cases in `tables` {title: {case: figures}}, or None."""
    if not place:
        return None
    case, base = find(tables, place), find(tables, base_place)
    if not case or not base:
        return None
    if place[0] == base_place[0]:
        return median(a / b for a, b in zip(case, base, strict=True))
    ratio = median(case) / median(base)
    if not unit:
        return ratio
    places = (place[0], unit), (base_place[0], unit)
    units = get_ratio(tables, *places)
    return units and ratio / units


def get_table(*sides, lines=LINES):
    """Return the text of the table; a column for each side's {title: {case: figures}}.

    The floor and the verdict are those of the first.
    """
    names = ["measured"] if len(sides) == 1 else ["here", "there"]
    head = "".join(f"{name:>10}" for name in names)
    rows = ["", f"{'What':52} {'limit':>7}{'floor':>10}{head}"]
    for line in lines:
        ratios = [get_ratio(t, line.case, line.base, line.unit) for t in sides]
        floor = get_ratio(sides[0], line.floor, line.base)
        cells = "".join(
            f"{'-' if r is None else f'{r:.3g}':>10}" for r in (floor, *ratios)
        )
        verdict = judge(ratios[0], line.limit, floor)
        rows.append(f"{line.what:52} {line.limit:7.3g}{cells}  {verdict}")
    floors = [f"  {line.what}: {line.floor[1]}" for line in lines if line.floor]
    return "\n".join([*rows, *(["", "Floors:", *floors] if floors else [])])


def judge(ratio, limit, floor=None):
    if ratio is None:
        return "not measured"
    if ratio <= limit:
        return "met"
    if floor and floor > limit:
        return "MISSED: the floor is above the limit"
    return "MISSED"
