import base64
import io
import zipfile
from unittest.mock import patch

from ..models import sajad_dossier_import
from .common import PDF, DossierCommon


def make_pdf(text):
    """Return a PDF unlike others: with a comment of its own."""
    return PDF + b"%" + str(text).encode()


def make_zip(files, **attributes):
    """Return a zip of {name or ZipInfo: content}."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content, **attributes)
    return stream.getvalue()


class ImportCommon(DossierCommon):
    """Bulk uploads of the faculty's expert, as parts that are run at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Cron = type(cls.env["ir.cron"])
        cls.commit = cls.startClassPatcher(
            patch.object(Cron, "_commit_progress", return_value=60)
        )
        cls.startClassPatcher(patch.object(sajad_dossier_import, "CHUNK", 2))
        cls.second = cls.make_student("0102", cls.university)
        cls.second.faculty_id = cls.faculty

    @classmethod
    def upload(cls, files, user=None, **values):
        content = make_zip(files) if isinstance(files, dict) else files
        record = (
            cls.env["sajad.dossier.import"]
            .with_user(user or cls.user_officer)
            .create(
                {
                    "file": base64.b64encode(content),
                    "file_name": "scans.zip",
                    "university_id": cls.university.id,
                    **values,
                }
            )
        )
        record.action_check()
        cls.run_jobs()
        return record

    @classmethod
    def run_jobs(cls, rounds=None):
        """Run the job; `rounds`: the process is killed after so many parts."""
        cls.commit.side_effect = [60] * (rounds - 1) + [0] if rounds else None
        cls.env["sajad.batch.run"]._cron_run()

    @classmethod
    def keep(cls, files, **values):
        record = cls.upload(files, **values)
        record.action_import()
        cls.run_jobs()
        return record

    def get_verdicts(self, record):
        return {line.path: line.result for line in record.line_ids}

    def get_messages(self, record):
        return {line.path: line.message for line in record.line_ids if line.message}

    def find(self, student=None):
        dossier = (student or self.student).dossier_ids
        return dossier.document_ids.filtered(lambda d: not d.date_deleted)
