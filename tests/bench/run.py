"""Fills a database and prints what decisions, creation and screens cost, as ratios."""

import argparse

from dossier_fill import fill_documents
from fill import fill
from server import open_registry, say, superuser


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-c", "--config", help="configuration file of Odoo")
    parser.add_argument("-d", "--database", required=True, help="begins with bench")
    parser.add_argument("--tasks", type=int, default=200_000)
    parser.add_argument("--documents", type=int, default=0, help="of dossiers")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument(
        "--only",
        choices=("fill", "reads", "pages", "browser", "writes", "papers", "stats"),
        help="a part of it",
    )
    parser.add_argument("--match", default="", help="only reads whose title has this")
    return parser.parse_args()


def main():
    args = parse()
    registry = open_registry(args.config, args.database)
    fill(registry, args.tasks)
    if args.documents:
        fill_documents(registry, args.documents)
    say(f"{args.tasks} work items, {args.rounds} rounds, medians; ratio to the first")
    from browser import measure_browser
    from pages import measure_pages
    from papers import measure_papers
    from reads import measure_reads
    from stats import measure_stats
    from table import get_table
    from timing import MEASURED
    from writes import measure_writes

    with registry.cursor() as cr:
        env = superuser(cr)
        if args.only in (None, "reads"):
            measure_reads(env, args.rounds, args.match)
        if args.only in (None, "pages"):
            measure_pages(env, args.rounds)
        if args.only in (None, "browser"):
            measure_browser(env, args.config)
        if args.only in (None, "writes"):
            measure_writes(env, args.rounds)
        if args.only in (None, "papers"):
            measure_papers(env, args.rounds)
        if args.only in (None, "stats"):
            measure_stats(env, args.rounds)
        cr.rollback()
    if MEASURED:
        say(get_table(MEASURED))


if __name__ == "__main__":
    main()
