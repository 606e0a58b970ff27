"""Prints what screens of dossiers take, and those of OCA's dms (rows C7, C10).

    pip install odoo-addon-dms==19.0.1.1.6        # or its folder on addons_path
    odoo -c odoo.conf -d bench_dms -i sajad_dossier,dms --stop-after-init
    python tests/bench/dossier_dms.py -c odoo.conf -d bench_dms

As many files on both sides, turn by turn: a directory of dms for each hundred, whose
one group may write there, as an expert of a faculty may. Nothing is committed.
"""

import argparse
import base64
import time
from statistics import median

from dossier import make_file, make_place
from dossier_many import AS_CLIENT, Copies, make_dossiers
from lxml import etree
from server import open_registry, say, superuser
from table import DMS, get_table
from timing import MEASURED

FOLDER = 100
ROWS = "open, the rows of the form alone"


def make_dms(env, count):
    """Return the environment of a user who may write `count` files of dms."""
    user = env["res.users"].create(
        {
            "name": "Dms",
            "login": "bench_dms",
            "group_ids": [(4, env.ref("dms.group_dms_user").id)],
        }
    )
    group = env["dms.access.group"].create(
        {
            "name": "Experts",
            "perm_create": True,
            "perm_write": True,
            "explicit_user_ids": [(4, user.id)],
        }
    )
    storage = env["dms.storage"].create({"name": "Bench", "save_type": "file"})
    directories = env["dms.directory"].create(
        [
            {
                "name": f"Folder {number}",
                "is_root_directory": True,
                "storage_id": storage.id,
                "group_ids": [(4, group.id)],
            }
            for number in range(-(-count // FOLDER))
        ]
    )
    file = env["dms.file"].create(
        {
            "name": "P10000001.pdf",
            "directory_id": directories[0].id,
            "content": base64.b64encode(make_file(0)),
        }
    )
    env.flush_all()
    Copies(env).make(
        "dms_file",
        f"CROSS JOIN generate_series(2, {count}) n",
        f"t.id = {file.id}",
        name="'P' || (10000000 + n) || '.pdf'",
        directory_id=f"{directories[0].id} + (n - 1) / {FOLDER}",
    )
    env.cr.execute("ANALYZE dms_file, dms_directory")
    env.invalidate_all()
    return env(user=user.id, su=False)


def get_form(record):
    """Return what the web client asks for when it opens the form of a record."""
    form = etree.fromstring(record.get_view(view_type="form")["arch"])
    names = form.xpath("//field[not(ancestor::field)]/@name")
    relations = {"fields": {"display_name": {}}}
    return {
        name: relations if record._fields[name].relational else {}
        for name in dict.fromkeys(names)
    }


def get_stored(record, form):
    """Return what of a form is stored, without what is counted when it is read."""
    return {
        name: spec
        for name, spec in form.items()
        if record._fields[name].store and record._fields[name].type != "binary"
    }


def get_cases(own, dms):
    """Return {what: (ours, theirs)}, functions without arguments."""
    Document, File = own["sajad.dossier.document"], dms["dms.file"]
    document, file = Document.search([], limit=1), File.search([], limit=1)
    shown = {name: {} for name in ("name", "state", "date", "number")}
    theirs = {name: {} for name in ("name", "size", "mimetype", "write_date")}
    whole = {
        record: {
            name: {}
            for name, field in record._fields.items()
            if field.type not in ("binary", "one2many", "many2many", "reference")
            and record._has_field_access(field, "read")
        }
        for record in (document, file)
    }

    forms = {record: get_form(record) for record in (document, file)}

    def look_for(model, name, spec):
        return model.web_search_read([(name, "ilike", "10000042")], spec, **AS_CLIENT)

    return {
        "list of 80": (
            lambda: Document.web_search_read([], shown, **AS_CLIENT),
            lambda: File.web_search_read([], theirs, **AS_CLIENT),
        ),
        "search": (
            lambda: look_for(Document, "search_key", shown),
            lambda: look_for(File, "name", theirs),
        ),
        "open, as the form does": (
            lambda: document.web_read(forms[document]),
            lambda: file.web_read(forms[file]),
        ),
        "open, all fields": (
            lambda: document.web_read(whole[document]),
            lambda: file.web_read(whole[file]),
        ),
        # the floor: what is stored of what the form shows, asked without a rule
        ROWS: (
            lambda: document.sudo().web_read(get_stored(document, forms[document])),
            lambda: file.sudo().web_read(get_stored(file, forms[file])),
        ),
        "verify, write one field": (
            document.action_verify,
            lambda: file.write({"locked_by": dms.uid}),
        ),
    }


def measure(env, function):
    env.flush_all()
    env.invalidate_all()
    before, start = env.cr.sql_log_count, time.perf_counter()
    with env.cr.savepoint(flush=False) as savepoint:
        function()
        env.flush_all()
        seconds = time.perf_counter() - start
        queries = env.cr.sql_log_count - before
        savepoint.rollback()
    env.invalidate_all(flush=False)
    return seconds, queries


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-c", "--config")
    parser.add_argument("-d", "--database", required=True, help="begins with bench")
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    registry = open_registry(args.config, args.database)
    with registry.cursor() as cr:
        env = superuser(cr)
        university, own = make_place(env, 1)
        make_dossiers(env, university, args.files - 1)
        # as if somebody else had brought what is to be checked
        for table in ("sajad_dossier_document", "sajad_dossier_version"):
            cr.execute(f"UPDATE {table} SET create_uid = 1")
        cr.execute("UPDATE sajad_document_type SET tiers = '1'")
        env.invalidate_all()
        dms = make_dms(env, args.files)
        say(f"{args.files} files, {args.rounds} rounds, medians")
        for name, (ours, theirs) in get_cases(own, dms).items():
            found = [
                (*measure(own, ours), *measure(dms, theirs))
                for _ in range(args.rounds + 1)
            ][1:]
            mine, queries, other, their_queries = zip(*found, strict=True)
            # a part of the other: what it takes beside dms
            MEASURED[f"Beside dms, {args.files:,}, {name}"] = {
                "ours": mine,
                "dms": other,
            }
            ratio = median(o / m for m, o in zip(mine, other, strict=True))
            say(
                f"{name:24} {median(mine) * 1000:7.1f} ms {queries[-1]:3} queries  "
                f"dms {median(other) * 1000:7.1f} ms {their_queries[-1]:3} queries  "
                f"ratio {ratio:.1f}"
            )
        cr.rollback()
    say(get_table(MEASURED, lines=DMS))


if __name__ == "__main__":
    main()
