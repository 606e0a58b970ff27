from odoo import api, models
from odoo.tools import SQL

from .sajad_dossier_import_judge import group_pages
from .sajad_dossier_import_line import GOOD


class SajadDossierImportKeep(models.AbstractModel):
    """Keeps the documents of a bulk upload (row C8).

    What `sajad.dossier.document._add` does for one file. The bytes wait in the store
    since they were examined.
    """

    _name = "sajad.dossier.import.keep"
    _description = "Keeping of the Files of a Bulk Upload"

    @api.model
    def _keep(self, pages, source):
        """Keep documents that were judged good just now.

        :param pages: lines of `_fetch_pages`, which get what became of them
        :param source: what the files are read from
        """
        # from here on the cleaning of the store waits for our rows
        self.env.cr.execute("LOCK TABLE ir_attachment IN ROW EXCLUSIVE MODE")
        self.env["sajad.dossier.import.read"]._bring(self._get_good(pages), source)
        self.env["sajad.dossier.import.line"]._write_pages(pages)
        documents = self._get_good(pages)
        if not documents:
            return
        self._open_dossiers([own[0]["student_id"] for own in documents])
        rows = self.env["sajad.dossier.import.rows"]._insert(documents)
        if self.env["ir.attachment"]._storage() == "db":
            self._put_into_database(documents, rows, source)
        self._settle(documents, rows)

    def _get_good(self, pages):
        return [own for own in group_pages(pages) if own[0]["result"] in GOOD]

    def _open_dossiers(self, student_ids):
        """Open dossiers of students who have none; who may is asked there."""
        Dossier = self.env["sajad.dossier"]
        # whose they are was asked by the verdict
        there_sudo = Dossier.sudo().search([("student_id", "in", student_ids)])
        new = set(student_ids).difference(there_sudo.student_id.ids)
        Dossier.create([{"student_id": student} for student in sorted(new)])

    def _put_into_database(self, documents, rows, source):
        """Where files are kept in the database, put them beside their rows."""
        ids = {row["id"]: row["attachment_id"] for row in rows}
        for page in (page for own in documents for page in own):
            content = source.get_bytes(page["key"])
            query = "UPDATE ir_attachment SET db_datas = %s WHERE id = %s"
            self.env.cr.execute(SQL(query, content, ids[page["id"]]))

    def _settle(self, documents, rows):
        """Count the dossiers, and send on those that have all they need.

        The lines say which were not sent.
        """
        # counts and requests are the system's own
        dossiers_sudo = self.env["sajad.dossier"].sudo()
        dossiers_sudo = dossiers_sudo.browse({row["dossier_id"] for row in rows})
        dossiers_sudo._count_up()
        # lines are written by this model alone; whoever asked made the upload
        Line_sudo = self.env["sajad.dossier.import.line"].sudo()
        heads_sudo = Line_sudo.browse(own[0]["id"] for own in documents)
        upload_id = heads_sudo[:1].import_id.id
        problems = dossiers_sudo._send_complete(dossier_import_id=upload_id)
        for head in heads_sudo if problems else ():
            if problem := problems.get(head.document_id.dossier_id):
                head.message = self.env._(
                    "Kept, but not sent for verification: %(reason)s", reason=problem
                )
