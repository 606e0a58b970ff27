import hashlib
from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

# what lies in the dossiers, newest last: files by checksum, documents by kind; what
# the student has not submitted is nobody's yet
THERE = """
SELECT d.student_id, f.type_id, f.id, f.state, f.version_id,
       ARRAY(SELECT CASE WHEN count(*) = 1 THEN min(v.sha256)
                         ELSE encode(sha256(convert_to(string_agg(
                              v.sha256, E'\n' ORDER BY v.page), 'UTF8')), 'hex') END
               FROM sajad_dossier_version v WHERE v.document_id = f.id
              GROUP BY v.number)
  FROM sajad_dossier_document f JOIN sajad_dossier d ON d.id = f.dossier_id
 WHERE d.student_id IN %(students)s AND f.date_deleted IS NULL
   AND f.state <> 'draft'
   AND (f.type_id IN %(types)s OR EXISTS (
        SELECT FROM sajad_dossier_version v
         WHERE v.document_id = f.id AND v.sha256 IN %(sums)s))
 ORDER BY f.id
"""
# what stands before in the same upload
BEFORE = """
SELECT student_id, type_id, digest FROM sajad_dossier_import_line
 WHERE import_id IN %(records)s AND student_id IN %(students)s
   AND head_id = id AND result IN ('new', 'version')
"""


class SajadDossierImportJudge(models.AbstractModel):
    """Says what becomes of each document of a bulk upload (row C8)."""

    _name = "sajad.dossier.import.judge"
    _description = "Verdicts of a Bulk Upload"

    @api.model
    def _judge(self, heads, is_new=False):
        """Write the verdict of documents, for all their pages.

        With the rights of the user; the lines come with elevated ones.

        :param heads: lines of first pages, whose files were read
        :param bool is_new: they were never judged before
        """
        pages = heads._get_pages().grouped("head_id")
        if is_new:
            self._sum_up(pages)
        good = heads.filtered(lambda head: head.result != "refused")
        if not good:
            return
        self.env.flush_all()
        there = self._fetch_there(good)
        before = self._fetch_before(good) if is_new else (set(), set())
        kept = self.env["sajad.faculty"]._get_kept(good.import_id.university_id)
        verdicts = defaultdict(list)
        for head in good:
            vals = self._get_verdict(head, there, before, kept)
            verdicts[tuple(vals.items())] += pages[head].ids
        for vals, ids in verdicts.items():
            heads.browse(ids).write(dict(vals))

    def _sum_up(self, pages):
        """Write the checksum of each document; a bad page spoils the others."""
        for head, lines in pages.items():
            bad = lines.filtered(lambda line: line.result == "refused")
            if bad and bad != lines:
                sentence = self.env._(
                    "%(file)s, another page of it, is refused.", file=bad[0].path
                )
                (lines - bad)._refuse(sentence)
            if not bad:
                sums = "\n".join(lines.mapped("sha256"))
                many = hashlib.sha256(sums.encode()).hexdigest()
                head.digest = many if len(lines) > 1 else sums

    def _fetch_there(self, heads):
        """Return ({(student, kind): (document, state, version)}, {(student, sum)})."""
        rows = self.env.execute_query(
            SQL(
                THERE,
                students=tuple(heads.student_id.ids),
                types=tuple(heads.type_id.ids),
                sums=tuple(heads.mapped("sha256")),
            )
        )
        documents, sums = {}, set()
        for student, kind, document, state, version, digests in rows:
            documents[student, kind] = document, state, version
            sums.update((student, digest) for digest in digests)
        return documents, sums

    def _fetch_before(self, heads):
        rows = self.env.execute_query(
            SQL(
                BEFORE,
                records=tuple(heads.import_id.ids),
                students=tuple(heads.student_id.ids),
            )
        )
        kinds = {(student, kind) for student, kind, _digest in rows}
        return kinds, {(student, digest) for student, _kind, digest in rows}

    def _get_verdict(self, head, there, before, kept):
        documents, sums = there
        kinds, upload_sums = before
        place = head.student_id.id, head.type_id.id
        file = head.student_id.id, head.digest
        if not self._is_allowed(head, kept):
            sentence = self.env._("You are not in charge of this dossier any more.")
            return {"result": "refused", "message": sentence}
        if file in sums or file in upload_sums:
            return {"result": "same", "message": False}
        how = head.import_id.on_existing
        if place in kinds and how != "add":
            sentence = self.env._(
                "Another file of the upload is of the same kind and student. Number "
                "the pages of one document."
            )
            return {"result": "refused", "message": sentence}
        upload_sums.add(file)
        kinds.add(place)
        document, state, version = documents.get(place, (False, False, False))
        if not document or how == "add":
            return {"result": "new", "message": head.message}
        if how == "leave" and state != "rejected":
            sentence = self.env._("There is a document of this kind already.")
            return {"result": "refused", "message": sentence}
        return {
            "result": "version",
            "message": False,
            "document_id": document,
            "former_version_id": version,
            "former_state": state,
        }

    def _is_allowed(self, head, kept):
        """Whether the user keeps the dossier, and sees papers of the kind."""
        faculty = head.student_id.faculty_id.id
        return faculty in kept and (kept[faculty] or not head.type_id.is_sensitive)
