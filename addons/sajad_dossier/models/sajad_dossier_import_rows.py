from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.osutil import clean_filename

from odoo.addons.sajad_base.tools.student_bulk import get_defaults
from odoo.addons.sajad_persian.tools.normalize import make_search_key
from odoo.addons.sajad_persian.tools.spelling import get_key_texts

from .ir_attachment import VERSION

DOCUMENT, LOOK, FILE = "sajad.dossier.document", "sajad.dossier.access", "ir.attachment"

# a document for each head, a version and a file for each of its pages; foreign keys
# are looked at when all rows of the statement are there
SOURCES = """
WITH kind AS (SELECT * FROM unnest(%(kinds)s::int[], %(names)s::varchar[],
                                   %(keys)s::varchar[]) AS k (id, name, search_key)),
office AS (SELECT * FROM unnest(%(faculties)s::int[], %(roles)s::int[])
                      AS o (faculty_id, role_id)),
head AS MATERIALIZED (
    SELECT l.id, d.id AS dossier_id, d.faculty_id, t.id AS type_id, k.name, t.phase,
           t.is_sensitive, k.search_key, o.role_id, l.result = 'new' AS is_new,
           CASE WHEN t.tiers = '0' THEN 'verified' ELSE 'submitted' END AS state,
           CASE WHEN l.result = 'new' THEN nextval('sajad_dossier_document_id_seq')
                ELSE l.document_id END AS document_id,
           CASE WHEN l.result = 'new' THEN 1 ELSE 1 + COALESCE(
               (SELECT max(v.number) FROM sajad_dossier_version v
                 WHERE v.document_id = l.document_id), 0) END AS number,
           (SELECT i.id FROM sajad_dossier_item i
              JOIN sajad_requirement_type_rel r ON r.requirement_id = i.requirement_id
             WHERE i.dossier_id = d.id AND r.type_id = t.id
             ORDER BY i.phase, i.sequence, i.id LIMIT 1) AS item_id
      FROM sajad_dossier_import_line l
      JOIN sajad_dossier d ON d.student_id = l.student_id
      JOIN sajad_document_type t ON t.id = l.type_id
      JOIN kind k ON k.id = t.id
      LEFT JOIN office o ON o.faculty_id = d.faculty_id
     WHERE l.id = ANY(%(heads)s)),
page AS MATERIALIZED (
    SELECT h.document_id, h.dossier_id, h.faculty_id, h.role_id, h.number,
           l.id, GREATEST(l.page, 1) AS page,
           p.name, l.mimetype, l.size, l.sha256, l.checksum,
           left(l.checksum, 2) || '/' || l.checksum AS store_fname,
           nextval('sajad_dossier_version_id_seq') AS version_id,
           nextval('ir_attachment_id_seq') AS attachment_id
      FROM unnest(%(pages)s::int[], %(files)s::varchar[]) AS p (id, name)
      JOIN sajad_dossier_import_line l ON l.id = p.id
      JOIN head h ON h.id = l.head_id)
"""
# a rejected document, or one of which this is the newer version
NEWER = """
UPDATE sajad_dossier_document d
   SET version_id = l.version_id, fault_id = NULL, reject_note = NULL, deadline = NULL,
       state = CASE WHEN t.tiers = '0' THEN 'verified' ELSE 'submitted' END,
       write_uid = %(uid)s, write_date = now() AT TIME ZONE 'UTC'
  FROM sajad_dossier_import_line l
  JOIN sajad_document_type t ON t.id = l.type_id
 WHERE d.id = ANY(%(documents)s) AND l.id = ANY(%(heads)s) AND l.document_id = d.id
"""
KEPT = """
UPDATE sajad_dossier_import_line l
   SET is_kept = true, document_id = p.document_id, version_id = p.version_id
  FROM page p WHERE p.id = l.id
RETURNING l.id, p.dossier_id, p.document_id, p.version_id, p.attachment_id
"""
# what follows from the dossier, the kind and the name, and is written here
DONE = {"faculty_id", "phase", "is_sensitive", "search_key"}


def take_columns(table, *names, **others):
    """Return {column: SQL} of columns of a source that have the same names, or not."""
    columns = {name: SQL.identifier(table, name) for name in names}
    return columns | {
        name: SQL.identifier(table, value) if isinstance(value, str) else value
        for name, value in others.items()
    }


class SajadDossierImportRows(models.AbstractModel):
    """Writes documents, versions, files and looks of a bulk upload at once (row C8).

    One statement for all tables, however many files: the ORM takes longer for the row
    of a file than it takes to read it.
    """

    _name = "sajad.dossier.import.rows"
    _description = "Rows of a Bulk Upload"

    @api.model
    def _insert(self, documents):
        """Write the rows of documents whose files are in the store.

        :param documents: lists of their pages, as of `_fetch_pages`
        :return: for each line {id, dossier_id, document_id, version_id, attachment_id}
        """
        self.env.flush_all()
        heads = [own[0] for own in documents]
        files = self._get_files(documents)
        sources = {**self._get_kinds(heads), **self._get_offices(heads), **files}
        steps = self._get_steps()
        queries = [self._make_insert(model, *step) for model, step in steps.items()]
        parts = [
            SQL("%s AS (%s)", SQL.identifier(f"step_{number}"), query)
            for number, query in enumerate(queries)
        ]
        parts = SQL(", ").join([SQL(SOURCES, **sources), *parts])
        self.env.cr.execute(SQL("%s %s", parts, SQL(KEPT)))
        rows = self.env.cr.dictfetchall()
        self._put_on_top([head for head in heads if head["result"] == "version"])
        self.env.invalidate_all(flush=False)
        self._compute_rest(steps, rows)
        return rows

    def _put_on_top(self, heads):
        """Make the new versions of documents that were there the newest ones."""
        if heads:
            ids = {
                "heads": [head["id"] for head in heads],
                "documents": [head["document_id"] for head in heads],
            }
            self.env.cr.execute(SQL(NEWER, **ids, uid=self.env.uid))

    # ------------------------------------------------------------
    # SOURCES
    # ------------------------------------------------------------

    def _get_kinds(self, heads):
        """Return names of kinds, in the language of the person, as by hand."""
        ids = list({head["type_id"] for head in heads})
        names = [kind.name for kind in self.env["sajad.document.type"].browse(ids)]
        keys = [make_search_key(get_key_texts("text", name)) for name in names]
        return {"kinds": ids, "names": names, "keys": keys}

    def _get_offices(self, heads):
        """Return in which office of each faculty the user works."""
        ids = list({head["faculty_id"] for head in heads})
        Look = self.env[LOOK]
        # where somebody works is no secret
        faculties_sudo = self.env["sajad.faculty"].sudo().browse(ids)
        roles = [Look._get_role(faculty).id or None for faculty in faculties_sudo]
        return {"faculties": ids, "roles": roles}

    def _get_files(self, documents):
        pages = [page for own in documents for page in own]
        names = [page["path"].rpartition("/")[2] for page in pages]
        return {
            "heads": [own[0]["id"] for own in documents],
            "pages": [page["id"] for page in pages],
            "files": [clean_filename(name)[-100:] for name in names],
        }

    # ------------------------------------------------------------
    # TABLES
    # ------------------------------------------------------------

    def _get_steps(self):
        """Return {model: (columns, source)} of what is inserted."""
        page = SQL("page p")
        first = SQL("head p JOIN page v ON v.id = p.id WHERE p.is_new")
        version = SQL.identifier("v", "version_id")
        document = take_columns(
            *("p", "dossier_id", "type_id", "item_id", "name", "state", *DONE),
            id="document_id",
            version_id=version,
        )
        return {
            DOCUMENT: (document, first),
            VERSION: (self._get_version_columns(), page),
            FILE: (self._get_file_columns(), page),
            LOOK: (self._get_look_columns(), page),
        }

    def _get_version_columns(self):
        return take_columns(
            *("p", "document_id", "number", "page", "mimetype", "size", "sha256"),
            id="version_id",
            file_name="name",
            attachment_id="attachment_id",
        )

    def _get_file_columns(self):
        is_stored = self.env[FILE]._storage() != "db"
        return take_columns(
            *("p", "name", "mimetype", "checksum"),
            id="attachment_id",
            file_size="size",
            store_fname="store_fname" if is_stored else SQL("NULL"),
            res_model=SQL("%s", VERSION),
            res_id="version_id",
        )

    def _get_look_columns(self):
        return take_columns(
            *("p", "dossier_id", "faculty_id", "document_id", "version_id", "role_id"),
            kind=SQL("'import'"),
            user_id=SQL("%s", self.env.uid),
            date=SQL("%s", fields.Datetime.now()),
        )

    def _make_insert(self, model, columns, source):
        """Return an INSERT of columns, with the defaults of the model for the rest."""
        # rows are the system's own; who may was asked by the verdict
        Model_sudo = self.env[model].sudo()
        values = {name: SQL("%s", v) for name, v in get_defaults(Model_sudo).items()}
        values |= columns
        return SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s",
            SQL.identifier(Model_sudo._table),
            SQL(", ").join(map(SQL.identifier, values)),
            SQL(", ").join(values.values()),
            source,
        )

    def _compute_rest(self, steps, rows):
        """Have the ORM compute what is stored and was not written here."""
        ids = {DOCUMENT: "document_id", VERSION: "version_id", FILE: "attachment_id"}
        for model, name in ids.items():
            # columns of the system, which nobody writes by hand
            Model_sudo = self.env[model].sudo()
            records = Model_sudo.browse({row[name] for row in rows})
            for field in Model_sudo._fields.values():
                is_stored = field.store and field.compute and field.column_type
                if is_stored and field.name not in steps[model][0]:
                    self.env.add_to_compute(field, records)
