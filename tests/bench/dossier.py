"""Prints what a bulk upload into dossiers costs, and Odoo's own attachments (row C8).

    odoo -c odoo.conf -d bench_dossier -i sajad_dossier --stop-after-init
    python tests/bench/dossier.py -c odoo.conf -d bench_dossier

Files of 100 KB, each one unlike the others: a PDF with one picture. `ir.attachment` is
created in batches of 100 as superuser, turn by turn with the upload, which reads a zip,
has each file parsed to its end, and writes documents, versions, looks and completeness.
*Floor* is what no upload with a check leaves out, in two processes and without a row:
read out of the zip, parsed by the fastest library, both checksums, written. Beside the
rates is the time of processors that a file takes in all processes of ours, PostgreSQL's
left out. Rows are rolled back; files of the store are left to Odoo's cleaning.
"""

import argparse
import base64
import contextlib
import hashlib
import io
import os
import resource
import tempfile
import time
import zipfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median

import pikepdf
from server import open_registry, say, superuser
from table import DOSSIER_IMPORT, get_table
from timing import MEASURED

# documents of a part of the work in the background
PART = 500
PROCESSES = 2
TICK = os.sysconf("SC_CLK_TCK")
TITLES = {
    "plain": "ir.attachment, batches of 100",
    "floor": "floor: read, parsed, summed up, written",
    "check": "the check alone: parsed to the end",
    "examined": "examined: parsed, SHA-256, verdict",
    "kept": "kept: version, look, completeness",
    "both": "examined and kept",
}


def make_file(number, size=100):
    """Return a PDF of so many KB: a page with one picture, its bytes are random."""
    data = os.urandom(size * 1024 - 700)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length 26>>stream\nq 595 0 0 842 0 0 cm /I Do \nendstream",
        b"<</Type/XObject/Subtype/Image/Width 100/Height 100/ColorSpace/DeviceGray"
        b"/BitsPerComponent 8/Filter/DCTDecode/Length %d>>stream\n%b\nendstream"
        % (len(data), data),
    ]
    body, places = b"%%PDF-1.4\n%%%d\n" % number, []
    for index, text in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%b endobj\n" % (index, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    )


def make_zip(numbers, size=100):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for number in numbers:
            archive.writestr(f"{number}_exam_card.pdf", make_file(number, size))
    return stream.getvalue()


def write_zip(record, numbers, size):
    """Have a zip as the file of an upload, as it lies in the store."""
    # files of fields are written by Odoo
    record.env["ir.attachment"].sudo().create(
        {
            "name": "file",
            "raw": make_zip(numbers, size),
            "res_model": record._name,
            "res_field": "file",
            "res_id": record.id,
        }
    )


def make_place(env, count):
    """Return a university whose dossiers the user keeps, with `count` dossiers."""
    university = env["sajad.university"].create(
        {
            "name": "Bench",
            "code": "bench",
            "faculty_ids": [(0, 0, {"name": "F", "code": "F"})],
        }
    )
    cartable = env["sajad.cartable"].create(
        {
            "role_id": env.ref("sajad_dossier.sajad_role_dossier_admissions").id,
            "process_id": env.ref("sajad_dossier.sajad_process_dossier").id,
            "university_id": university.id,
        }
    )
    user = env["res.users"].create(
        {
            "name": "Bench",
            "login": "bench_dossier",
            "group_ids": [(4, env.ref("sajad_base.group_sajad_officer").id)],
        }
    )
    cartable.member_ids = [(0, 0, {"user_id": user.id})]
    env.flush_all()
    env.cr.execute(
        """
        WITH person AS (
            INSERT INTO res_partner (name, complete_name, active, create_date)
            SELECT 'P' || n, 'P' || n, true, now() FROM generate_series(1, %(count)s) n
            RETURNING id, substr(name, 2)::int AS n)
        INSERT INTO sajad_student (partner_id, name, active, student_number,
                                   university_id, faculty_id, status, entry_year)
        SELECT id, 'P' || n, true, (1000000 + n)::text, %(university)s, %(faculty)s,
               'studying', 1404 FROM person
        """,
        {
            "count": count,
            "university": university.id,
            "faculty": university.faculty_ids.id,
        },
    )
    env.invalidate_all()
    students = env["sajad.student"].search([("university_id", "=", university.id)])
    for start in range(0, count, 1000):
        part = students[start : start + 1000]
        env["sajad.dossier"].create([{"student_id": s.id} for s in part])
        env.flush_all()
        # as autovacuum does between; without figures completeness takes minutes
        env.cr.execute("ANALYZE sajad_dossier, sajad_dossier_item, sajad_dossier_phase")
        env.invalidate_all()
    return university, env(user=user.id, su=False)


def upload(env, university, numbers):
    """Return seconds and queries of examining, and of keeping, a zip."""
    record = env["sajad.dossier.import"].create(
        {
            "university_id": university.id,
            "file": base64.b64encode(make_zip(numbers)),
            "file_name": "bench.zip",
        }
    )
    env.flush_all()
    from odoo.addons.sajad_dossier.tools.name_pattern import NamePattern

    def examine():
        pattern = NamePattern(record.pattern)
        heads = env["sajad.dossier.import.find"]._find(record, pattern)
        record.sudo().state = "examining"
        run(heads, "_batch_examine")
        return heads

    heads, examined = measure(env, examine)
    if set(record.line_ids.mapped("result")) != {"new"}:
        raise SystemExit(record.line_ids[0].message or record.line_ids[0].result)
    record.sudo().state = "running"
    _none, kept = measure(env, lambda: run(heads, "_batch_keep"))
    if record.state != "done":
        raise SystemExit(record.line_ids[0].message)
    return examined, kept


def run(heads, job):
    """Do the parts as the work in the background does, each with a savepoint."""
    for start in range(0, len(heads), PART):
        with heads.env.cr.savepoint():
            getattr(heads[start : start + PART], job)()
            heads.env.flush_all()
        heads.env.invalidate_all()


def attach(env, numbers):
    """Create plain attachments of as many files in batches of 100."""
    values = [
        {
            "name": f"{number}.pdf",
            "raw": make_file(number),
            "mimetype": "application/pdf",
            "res_model": "res.partner",
            "res_id": 1,
        }
        for number in numbers
    ]

    def create():
        for start in range(0, len(values), 100):
            env["ir.attachment"].create(values[start : start + 100])
            env.flush_all()

    return measure(env, create)[1]


def check(env, numbers):
    """Have as many files parsed to their ends, and nothing else: the floor."""
    from odoo.addons.sajad_base.tools.file_check import PAPERS

    files = [(f"{number}.pdf", make_file(number), PAPERS) for number in numbers]
    return measure(env, lambda: list(env["sajad.upload"]._examine(files)))[1]


def measure_floor(pool, numbers):
    """Have as many files read in two processes, without a row for any of them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bench.zip")
        path.write_bytes(make_zip(numbers))
        before, start = get_cpu(), time.perf_counter()
        parts = [pool.submit(read_part, path, part) for part in range(PROCESSES)]
        if sum(part.result() for part in parts) != len(numbers):
            raise SystemExit("pages are missing")
        return time.perf_counter() - start, 0, get_cpu() - before


def read_part(path, part):
    """Read each second file of a zip to its end and write it; return the pages."""
    pages = 0
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist()[part::PROCESSES]:
            content = archive.read(info)
            with pikepdf.open(io.BytesIO(content)) as pdf:
                for page in pdf.pages:
                    page.Contents.read_bytes()
                    pages += 1
            name = hashlib.sha256(content).hexdigest()
            name += hashlib.sha1(content, usedforsecurity=False).hexdigest()
            path.with_name(name).write_bytes(content)
    return pages


def get_cpu():
    """Return seconds of processors of this process and of those that it began."""
    times = os.times()
    total = sum(times[:4])
    for task in Path("/proc/self/task").iterdir():
        # threads and processes may end meanwhile
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            for child in (task / "children").read_text().split():
                fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2]
                total += sum(map(int, fields.split()[11:13])) / TICK
    return total


def measure(env, function):
    """Return what a function does, and its (seconds, queries, processors' seconds)."""
    before, start, cpu = env.cr.sql_log_count, time.perf_counter(), get_cpu()
    result = function()
    env.flush_all()
    seconds, queries = time.perf_counter() - start, env.cr.sql_log_count - before
    return result, (seconds, queries, get_cpu() - cpu)


def get_memory():
    """Return the resident memory of this process now, in MB."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() // 1024**2


def measure_upload(env, own, university, count, rounds):
    found = {name: [] for name in TITLES}
    with ProcessPoolExecutor(PROCESSES) as pool:
        # they begin with their first work
        measure_floor(pool, range(100))
        for turn in range(rounds):
            numbers = [1000001 + turn * count + n for n in range(count)]
            found["plain"].append(attach(env, numbers))
            found["floor"].append(measure_floor(pool, numbers))
            # the processes that read have begun, as the second part finds them
            check(env, range(16 * 3))
            found["check"].append(check(env, numbers))
            examined, kept = upload(own, university, numbers)
            found["examined"].append(examined)
            found["kept"].append(kept)
            found["both"].append([a + b for a, b in zip(examined, kept, strict=True)])
    times = {name: [one[0] for one in each] for name, each in found.items()}
    MEASURED["Bulk upload"] = times
    for name, title in TITLES.items():
        pairs = zip(times["plain"], times[name], strict=True)
        ratio = median(plain / own for plain, own in pairs)
        cpu = median(one[2] for one in found[name]) / count * 1000
        say(
            f"{title:40} {count / median(times[name]):8.0f} files/s  ratio {ratio:5.2f}"
            f"  queries/file {found[name][-1][1] / count:.3f}  CPU/file {cpu:.2f} ms"
        )
    say(get_table(MEASURED, lines=DOSSIER_IMPORT))


def measure_memory(own, university, used, count):
    """Print the memory of this process while a zip of many files is kept."""
    marks = []
    for start in range(0, count, 2000):
        numbers = [1000001 + used + start + n for n in range(min(2000, count - start))]
        upload(own, university, numbers)
        marks.append(get_memory())
    say("memory, MB, after each 2,000 files: " + ", ".join(map(str, marks)))


def measure_screens(own):
    """Print queries and time of a list of 80, a search, a form and 500 decisions."""
    # as if somebody else had brought what is to be checked
    for table in ("sajad_dossier_document", "sajad_dossier_version"):
        own.cr.execute(f"UPDATE {table} SET create_uid = 1")
    own.cr.execute("UPDATE sajad_dossier_document SET state = 'submitted'")
    own.cr.execute("UPDATE sajad_document_type SET tiers = '1'")
    own.invalidate_all()
    Document = own["sajad.dossier.document"]
    shown = {name: {} for name in ("name", "state", "date", "number")}
    shown |= {"student_id": {"fields": {"display_name": {}}}}
    words = [("search_key", "ilike", "exam 999999")]
    first = Document.search([], limit=500)
    cases = {
        "list of 80": lambda: Document.web_search_read([], shown, limit=80),
        "search": lambda: Document.web_search_read(words, shown, limit=80),
        "open": lambda: first[:1].web_read(shown),
        "verify 500": first.action_verify,
    }
    count = Document.search_count([])
    # rules are read once by each process, and not by each decision
    own["sajad.dossier"].search([], limit=1)
    for name, function in cases.items():
        own.invalidate_all()
        _none, (seconds, queries, _cpu) = measure(own, function)
        say(f"{name} at {count}: {seconds * 1000:.0f} ms, {queries} queries")


def measure_completeness(env):
    """Print what counting all dossiers costs: a statement for each kind of row."""
    dossiers = env["sajad.dossier"].search([])
    env.flush_all()
    _none, (seconds, queries, _cpu) = measure(env, dossiers._count_up)
    say(f"completeness of {len(dossiers)}: {seconds:.1f} s, {queries} statements")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-c", "--config")
    parser.add_argument("-d", "--database", required=True, help="begins with bench")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", type=int, default=10_000)
    args = parser.parse_args()
    registry = open_registry(args.config, args.database)
    with registry.cursor() as cr:
        env = superuser(cr)
        count = args.files * args.rounds + args.memory
        university, own = make_place(env, count)
        say(f"{args.files} files of 100 KB, {args.rounds} rounds, medians")
        measure_upload(env, own, university, args.files, args.rounds)
        measure_memory(own, university, args.files * args.rounds, args.memory)
        measure_completeness(env)
        measure_screens(own)
        cr.rollback()


if __name__ == "__main__":
    main()
