import hashlib
from operator import itemgetter

from odoo import api, models
from odoo.tools import SQL, groupby

from odoo.addons.sajad_base.tools.sentences import isolate

from .sajad_dossier_import_line import set_page

# what lies in the dossiers, newest last: files by checksum, documents by kind; what
# the student has not submitted is nobody's yet, and versions beyond the one that counts
# were taken back
THERE = """
SELECT d.student_id, f.type_id, f.id, f.state, f.version_id, f.deadline,
       ARRAY(SELECT CASE WHEN count(*) = 1 THEN min(v.sha256)
                         ELSE encode(sha256(convert_to(string_agg(
                              v.sha256, E'\n' ORDER BY v.page), 'UTF8')), 'hex') END
               FROM sajad_dossier_version v
              WHERE v.document_id = f.id AND v.number <= c.number
              GROUP BY v.number)
  FROM sajad_dossier_document f JOIN sajad_dossier d ON d.id = f.dossier_id
  LEFT JOIN sajad_dossier_version c ON c.id = f.version_id
 WHERE d.student_id = ANY(%(students)s) AND f.date_deleted IS NULL
   AND f.state <> 'draft'
   AND (f.type_id = ANY(%(types)s) OR EXISTS (
        SELECT FROM sajad_dossier_version v
         WHERE v.document_id = f.id AND v.sha256 = ANY(%(sums)s)))
 ORDER BY f.id
"""
# what stands before in the same upload
BEFORE = """
SELECT student_id, type_id, digest FROM sajad_dossier_import_line
 WHERE import_id = %(record)s AND student_id = ANY(%(students)s)
   AND head_id = id AND result IN ('new', 'version')
"""


def group_pages(pages):
    """Return the pages of each document as a list, in their order."""
    return [own for _head, own in groupby(pages, itemgetter("head_id"))]


class SajadDossierImportJudge(models.AbstractModel):
    """Says what becomes of each document of a bulk upload (row C8)."""

    _name = "sajad.dossier.import.judge"
    _description = "Verdicts of a Bulk Upload"

    @api.model
    def _judge(self, record, pages, is_new=False):
        """Say what becomes of documents, of all their pages.

        With the rights of the user.

        :param record: `sajad.dossier.import`
        :param pages: lines of `_fetch_pages`, whose files were read; they get it
        :param bool is_new: they were never judged before
        """
        documents = group_pages(pages)
        for own in documents if is_new else ():
            self._sum_up(own)
        good = [own for own in documents if own[0]["result"] != "refused"]
        if not good:
            return
        heads = [own[0] for own in good]
        there = self._fetch_there(heads)
        before = self._fetch_before(record, heads) if is_new else (set(), set())
        kept = self.env["sajad.faculty"]._get_kept(record.university_id)
        for own in good:
            verdict = self._get_verdict(record, own[0], there, before, kept)
            for page in own:
                set_page(page, **verdict)

    def _sum_up(self, pages):
        """Set the checksum of a document; a bad page spoils the others."""
        bad = [page for page in pages if page["result"] == "refused"]
        for page in pages if bad else ():
            if page not in bad:
                sentence = self.env._(
                    "%(file)s, another page of it, is refused.",
                    file=isolate(self.env, bad[0]["path"]),
                )
                set_page(page, result="refused", message=sentence)
        if not bad:
            sums = "\n".join(page["sha256"] for page in pages)
            many = hashlib.sha256(sums.encode()).hexdigest()
            set_page(pages[0], digest=many if len(pages) > 1 else sums)

    def _fetch_there(self, heads):
        """Return ({(student, kind): what is there}, {(student, sum)})."""
        rows = self.env.execute_query(
            SQL(
                THERE,
                students=[head["student_id"] for head in heads],
                types=list({head["type_id"] for head in heads}),
                sums=[head["sha256"] for head in heads],
            )
        )
        documents, sums = {}, set()
        for student, kind, *there, digests in rows:
            documents[student, kind] = there
            sums.update((student, digest) for digest in digests)
        return documents, sums

    def _fetch_before(self, record, heads):
        rows = self.env.execute_query(
            SQL(
                BEFORE,
                record=record.id,
                students=[head["student_id"] for head in heads],
            )
        )
        kinds = {(student, kind) for student, kind, _digest in rows}
        return kinds, {(student, digest) for student, _kind, digest in rows}

    def _get_verdict(self, record, head, there, before, kept):
        documents, sums = there
        kinds, upload_sums = before
        place = head["student_id"], head["type_id"]
        file = head["student_id"], head["digest"]
        if not self._is_allowed(head, kept):
            sentence = self.env._("You are not in charge of this dossier any more.")
            return {"result": "refused", "message": sentence}
        if file in sums or file in upload_sums:
            return {"result": "same", "message": None}
        if place in kinds and record.on_existing != "add":
            sentence = self.env._(
                "Another file of the upload is of the same kind and student. Number "
                "the pages of one document."
            )
            return {"result": "refused", "message": sentence}
        upload_sums.add(file)
        kinds.add(place)
        return self._get_verdict_beside(record, head, documents.get(place))

    def _get_verdict_beside(self, record, head, there):
        """Return what becomes of a file where such a document is there, or None."""
        how = record.on_existing
        if not there or how == "add":
            return {"result": "new", "message": head["message"]}
        document, state, version, deadline = there
        if how == "leave" and state != "rejected":
            sentence = self.env._("There is a document of this kind already.")
            return {"result": "refused", "message": sentence}
        return {
            "result": "version",
            "message": None,
            "document_id": document,
            "former_version_id": version,
            "former_state": state,
            "former_deadline": deadline,
        }

    def _is_allowed(self, head, kept):
        """Whether the user keeps the dossier, and sees papers of the kind."""
        faculty = head["faculty_id"]
        return faculty in kept and (kept[faculty] or not head["is_sensitive"])
