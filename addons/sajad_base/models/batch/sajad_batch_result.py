import io
import zipfile

from pypdf import PdfWriter

from odoo import api, models
from odoo.tools.mimetypes import guess_mimetype
from odoo.tools.osutil import clean_filename

# pages of one PDF; more of them come as several PDFs in one archive
JOINED = 1000


class SajadBatchResult(models.AbstractModel):
    """What work in the background leaves to be downloaded (row A10).

    Each part of the work adds a file to its batch; at the end they are joined. Who may
    read the batch may read its files.
    """

    _name = "sajad.batch.result"
    _description = "Result of Work in the Background"

    @api.model
    def _add_part(self, name, content):
        """Add what a part of the work made, in the transaction of the part."""
        # the batch is that of the job which runs; nobody attaches to it by hand
        self.env["ir.attachment"].sudo().create(
            {
                "name": name,
                "raw": content,
                "res_model": "sajad.batch",
                "res_id": self.env.context["sajad_batch_id"],
            }
        )

    @api.model
    def _get_parts(self, batch):
        """Return the files of a batch in their order, with elevated rights."""
        # the caller has checked that the user may read the batch
        Attachment_sudo = self.env["ir.attachment"].sudo()
        domain = [("res_model", "=", "sajad.batch"), ("res_id", "=", batch.id)]
        return Attachment_sudo.search(domain, order="id")

    @api.model
    def _join(self, batch):
        """Make one file of what the parts have made; return where it is downloaded."""
        parts_sudo = self._get_parts(batch)
        if not parts_sudo:
            return False
        if len(parts_sudo) > 1:
            name, content = self._join_papers(batch, parts_sudo)
            values = {"name": name, "raw": content, "mimetype": guess_mimetype(content)}
            joined_sudo = parts_sudo[0].copy(values)
            parts_sudo.unlink()
            parts_sudo = joined_sudo
        return f"/web/content/{parts_sudo.id}?download=true"

    def _join_papers(self, batch, parts):
        """Return (name, content) of one PDF, or of an archive with several."""
        title = clean_filename(batch.name)
        writers = [PdfWriter()]
        for part in parts:
            if len(writers[-1].pages) >= JOINED:
                writers.append(PdfWriter())
            writers[-1].append(io.BytesIO(part.raw))
        papers = [_write(writer) for writer in writers]
        if len(papers) == 1:
            return f"{title}.pdf", papers[0]
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for number, paper in enumerate(papers, 1):
                archive.writestr(f"{title} {number}.pdf", paper)
        return f"{title}.zip", stream.getvalue()


def _write(writer):
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
