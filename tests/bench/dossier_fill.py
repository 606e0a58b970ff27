"""Fills dossiers with documents, for students of the country that `fill.py` made."""

from time import perf_counter

from dossier import make_file
from dossier_many import Copies
from server import say, superuser, vacuum

FILLED = "sajad_bench.documents"
DOCUMENT, VERSION = "sajad_dossier_document", "sajad_dossier_version"
TABLES = (
    *("sajad_dossier", "sajad_dossier_item", "sajad_dossier_phase"),
    *(DOCUMENT, VERSION, "ir_attachment"),
)


def fill_documents(registry, count):
    """Have dossiers with at least `count` documents, unless they are there.

    One dossier is made by the ORM, with a file for each entry of its checklist. The
    others are rows like its own: all of them share its files of the store, and only
    their checksums of SHA-256 are made up, because otherwise each paper would lie in
    all other dossiers, too. So none of them can be opened.

    :raise SystemExit: there are others, or another number of them
    """
    with registry.cursor() as cr:
        env = superuser(cr)
        found = env["ir.config_parameter"].get_param(FILLED)
        if found:
            if int(found) != count:
                raise SystemExit(f"The database has {found} documents already.")
            return
        if env["sajad.dossier"].search_count([], limit=1):
            raise SystemExit("The database has dossiers; use one that has none.")
        start = perf_counter()
        first = make_first(env)
        copy(env, first, -(-count // len(first.document_ids)) - 1)
        env["ir.config_parameter"].set_param(FILLED, count)
        say(f"filled documents in {perf_counter() - start:.0f} s")
    vacuum(registry, *TABLES)


def make_first(env):
    """Return a dossier with a document for each entry that takes a kind of its own."""
    student = env["sajad.student"].search([], order="id", limit=1)
    dossier = env["sajad.dossier"].create({"student_id": student.id})
    Document, used = env["sajad.dossier.document"], env["sajad.document.type"]
    for number, item in enumerate(dossier.item_ids):
        # photographs are no PDF
        for kind in (item.type_ids - used).filtered("takes_pdf")[:1]:
            used |= kind
            file = (f"{kind.code}.pdf", make_file(number, size=20))
            Document._add(dossier, kind, {}, file)
    env.flush_all()
    return dossier


def copy(env, first, count):
    """Give `count` more students a dossier like the first one."""
    copies, cr = Copies(env), env.cr
    columns = ("partner_id", "university_id", "faculty_id", "student_number")
    copies.make(
        "sajad_dossier",
        f"CROSS JOIN (SELECT * FROM sajad_student WHERE id != {first.student_id.id} "
        f"ORDER BY id LIMIT {count}) s",
        f"t.id = {first.id}",
        student_id="s.id",
        **{name: f"s.{name}" for name in columns},
    )
    others = f"JOIN sajad_dossier o ON o.id != {first.id}"
    own = f"t.dossier_id = {first.id}"
    for table in ("sajad_dossier_item", "sajad_dossier_phase"):
        copies.make(table, others, own, dossier_id="o.id", faculty_id="o.faculty_id")
    copies.make(
        DOCUMENT,
        f"{others} JOIN sajad_dossier_item own ON own.id = t.item_id "
        "JOIN sajad_dossier_item i ON i.dossier_id = o.id "
        "AND i.requirement_id = own.requirement_id",
        own,
        dossier_id="o.id",
        item_id="i.id",
        faculty_id="o.faculty_id",
        name="t.name || ' ' || o.student_number",
        search_key="t.search_key || ' ' || o.student_number",
        # a document without a file is a draft
        version_id="NULL",
        state="'draft'",
    )
    kept = f"""
        JOIN {DOCUMENT} own ON own.version_id = {{version}}
        AND own.dossier_id = {first.id}
        JOIN {DOCUMENT} d ON d.type_id = own.type_id AND d.dossier_id != {first.id}
    """
    cr.execute("SELECT max(id) FROM ir_attachment")
    [(last,)] = cr.fetchall()
    # the document holds the place of the version, which needs its file first
    copies.make(
        "ir_attachment",
        kept.format(version="t.res_id"),
        "t.res_model = 'sajad.dossier.version'",
        res_id="d.id",
    )
    copies.make(
        VERSION,
        f"{kept.format(version='t.id')} JOIN ir_attachment a ON a.res_id = d.id "
        f"AND a.res_model = 'sajad.dossier.version' AND a.id > {last}",
        document_id="d.id",
        attachment_id="a.id",
        sha256="md5(d.id::text) || md5((-d.id)::text)",
    )
    cr.execute(
        f"UPDATE ir_attachment a SET res_id = v.id FROM {VERSION} v "
        f"WHERE v.attachment_id = a.id AND a.id > {last};"
        f"UPDATE {DOCUMENT} d SET version_id = v.id, state = 'submitted' "
        f"FROM {VERSION} v WHERE v.document_id = d.id AND d.version_id IS NULL"
    )
    env.invalidate_all()
