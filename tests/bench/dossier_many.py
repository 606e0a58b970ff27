"""Prints what many dossiers cost: completeness, screens, memory of an upload (row C8).

    odoo -c odoo.conf -d bench_dossier -i sajad_dossier --stop-after-init
    python tests/bench/dossier_many.py -c odoo.conf -d bench_dossier

One dossier is made by the ORM with a document; the others are rows like its own, with
students and numbers of their own. Nothing is committed.
"""

import argparse
import gc
import time
from statistics import median

from dossier import get_memory, make_file, make_place, run, write_zip
from server import open_registry, say, superuser

# reads what `_count_up` reads, and writes nothing
PLAIN = """
SELECT i.dossier_id, i.phase, count(*) FILTER (WHERE i.is_required),
       count(*) FILTER (WHERE i.is_required AND d.best IS NOT NULL)
  FROM sajad_dossier_item i
  LEFT JOIN (SELECT item_id, max(state) AS best FROM sajad_dossier_document
              WHERE date_deleted IS NULL GROUP BY item_id) d ON d.item_id = i.id
 WHERE i.dossier_id = ANY(%s)
 GROUP BY i.dossier_id, i.phase
"""
# as the list of all documents asks
AS_CLIENT = {"limit": 80, "order": "id desc", "count_limit": 10_001}


class Copies:
    """Rows like those that are there, in one statement each."""

    def __init__(self, env):
        self.cr = env.cr

    def make(self, table, joined="", where="true", **values):
        """Copy rows; `values`: {column: SQL of what it is in the copy}."""
        self.cr.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = %s AND column_name != 'id'",
            [table],
        )
        columns = [name for (name,) in self.cr.fetchall()]
        chosen = ", ".join(values.get(name, f't."{name}"') for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        query = f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {table} t "
        self.cr.execute(f"{query} {joined} WHERE {where}")
        # as autovacuum does between; the next statement joins what is there now
        self.cr.execute(f"ANALYZE {table}")


def make_dossiers(env, university, count, each=1):
    """Give `count` more students a dossier with `each` documents, like the first's."""
    first = env["sajad.dossier"].search([("university_id", "=", university.id)])
    first.ensure_one()
    file = ("birth.pdf", make_file(0))
    kind = env.ref("sajad_dossier.sajad_document_type_birth")
    document = env["sajad.dossier.document"]._add(first, kind, {}, file)
    env.flush_all()
    env.cr.execute(
        """
        WITH person AS (
            INSERT INTO res_partner (name, complete_name, active, create_date)
            SELECT 'P' || n, 'P' || n, true, now()
              FROM generate_series(10000001, 10000000 + %s) n
            RETURNING id, name, substr(name, 2) AS number)
        INSERT INTO sajad_student (partner_id, name, active, student_number,
                                   university_id, faculty_id, status, entry_year)
        SELECT id, name, true, number, %s, %s, 'studying', 1404 FROM person
        """,
        [count, university.id, university.faculty_ids.id],
    )
    env.cr.execute("ANALYZE sajad_student")
    copies, own = Copies(env), f"t.dossier_id = {first.id}"
    others = (
        f"JOIN sajad_dossier o ON o.id != {first.id} JOIN sajad_student s "
        f"ON s.id = o.student_id AND s.university_id = {university.id}"
    )
    copies.make(
        "sajad_dossier",
        "CROSS JOIN sajad_student s",
        f"t.id = {first.id} AND s.university_id = {university.id} "
        f"AND s.id != {first.student_id.id}",
        student_id="s.id",
    )
    for table in ("sajad_dossier_item", "sajad_dossier_phase"):
        copies.make(table, others, own, dossier_id="o.id")
    items = (
        f"{others} JOIN sajad_dossier_item own ON own.id = t.item_id "
        "JOIN sajad_dossier_item i ON i.dossier_id = o.id "
        "AND i.requirement_id = own.requirement_id "
        f"CROSS JOIN generate_series(1, {each})"
    )
    copies.make(
        "sajad_dossier_document",
        items,
        f"t.id = {document.id}",
        dossier_id="o.id",
        item_id="i.id",
        student_id="s.id",
        name="t.name || ' ' || s.student_number",
        search_key="t.search_key || ' ' || s.student_number",
        # a document without a file is a draft
        version_id="NULL",
        state="'draft'",
    )
    copies.make(
        "sajad_dossier_version",
        "CROSS JOIN sajad_dossier_document d",
        f"t.document_id = {document.id} AND d.id > {document.id}",
        document_id="d.id",
        attachment_id="NULL",
        # each is a file of its own: otherwise all lie in all other dossiers, too
        sha256="md5(d.id::text) || md5((-d.id)::text)",
    )
    env.cr.execute(
        "UPDATE sajad_dossier_document d SET version_id = v.id, state = 'submitted' "
        "FROM sajad_dossier_version v WHERE v.document_id = d.id"
    )
    env.invalidate_all()
    # documents and versions were written once more
    env.cr.execute("ANALYZE sajad_dossier_document, sajad_dossier_version")


def measure_completeness(env, count, rounds):
    """Print what counting all anew takes, to reading the same rows."""
    dossiers = env["sajad.dossier"].search([], limit=count)
    ids, found = dossiers.ids, {"ours": [], "plain": []}
    for _turn in range(rounds):
        start = time.perf_counter()
        env.cr.execute(PLAIN, [ids])
        env.cr.fetchall()
        found["plain"].append(time.perf_counter() - start)
        before, start = env.cr.sql_log_count, time.perf_counter()
        dossiers._count_up()
        found["ours"].append(time.perf_counter() - start)
    pairs = zip(found["ours"], found["plain"], strict=True)
    say(
        f"completeness of {len(dossiers)}: {median(found['ours']):.1f} s, "
        f"{env.cr.sql_log_count - before} statements, "
        f"ratio to reading the rows {median(o / p for o, p in pairs):.1f}"
    )


def measure_screens(own, rounds):
    """Print what a list of 80, a search and a form take among all documents."""
    Document = own["sajad.dossier.document"]
    shown = {name: {} for name in ("name", "state", "date", "number")}
    shown |= {"student_id": {"fields": {"display_name": {}}}}
    words = [("search_key", "ilike", "10000042")]
    first = Document.search([], limit=1)
    cases = {
        "list of 80": lambda: Document.web_search_read([], shown, **AS_CLIENT),
        "search": lambda: Document.web_search_read(words, shown, **AS_CLIENT),
        "open": lambda: first.web_read(shown),
    }
    count = Document.search_count([])
    for name, function in cases.items():
        times = []
        for _turn in range(rounds):
            own.invalidate_all()
            before, start = own.cr.sql_log_count, time.perf_counter()
            function()
            times.append(time.perf_counter() - start)
            queries = own.cr.sql_log_count - before
        say(f"{name} at {count}: {median(times) * 1000:.0f} ms, {queries} queries")


def reset_peak():
    """Have the kernel measure the most memory from now on."""
    gc.collect()
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def get_peak():
    """Return the most resident memory since `reset_peak`, in MB."""
    with open("/proc/self/status") as file:
        line = next(line for line in file if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def measure_memory(own, university, sizes, begin):
    """Print the peak of this process while zips of more and more files are kept."""
    for count in sizes:
        numbers = range(begin, begin + count)
        begin += count
        record = own["sajad.dossier.import"].create(
            {"university_id": university.id, "file_name": "bench.zip"}
        )
        # as the web client's upload lies: the file alone, not its base64
        write_zip(record, numbers, size=4)
        own.invalidate_all()
        reset_peak()
        before, start = get_memory(), time.perf_counter()
        keep(record)
        seconds = time.perf_counter() - start
        say(
            f"{count} files in one zip: {before} MB before, {get_peak()} MB at most, "
            f"{count / seconds:.0f} files/s"
        )


def keep(record):
    from odoo.addons.sajad_dossier.tools.name_pattern import NamePattern

    pattern = NamePattern(record.pattern)
    heads = record.env["sajad.dossier.import.find"]._find(record, pattern)
    # states are written by the model alone
    record.sudo().state = "examining"
    run(heads, "_batch_examine")
    record.sudo().state = "running"
    run(heads, "_batch_keep")
    if record.state != "done":
        raise SystemExit(record.line_ids[0].message)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-c", "--config")
    parser.add_argument("-d", "--database", required=True, help="begins with bench")
    parser.add_argument("--dossiers", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--each", type=int, default=1, help="documents of a dossier")
    parser.add_argument("--uploads", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    registry = open_registry(args.config, args.database)
    with registry.cursor() as cr:
        env = superuser(cr)
        if args.uploads:
            university, own = make_place(env, sum(args.uploads))
            measure_memory(own, university, args.uploads, 1_000_001)
            cr.rollback()
            env.transaction.clear()
        for count in args.dossiers:
            university, own = make_place(env, 1)
            make_dossiers(env, university, count - 1, args.each)
            measure_completeness(env, count, args.rounds)
            measure_screens(own, args.rounds)
            cr.rollback()
            env.transaction.clear()


if __name__ == "__main__":
    main()
