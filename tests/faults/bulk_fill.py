"""Makes a bulk upload into dossiers that is ready to be kept, in a shell of Odoo."""

import base64

from odoo.addons.sajad_base.tests.common import OFFICER, SajadFactory
from odoo.addons.sajad_dossier.tests.common_import import make_pdf, make_zip

STUDENTS, FILES = 40, 20
# documents of a part: small, so that there are many to be cut off
PART = 25


class Factory(SajadFactory):
    """The factory of the tests, in this shell's environment."""


Factory.env, Factory.engine = env, env["sajad.engine"]  # noqa: F821  of the shell
university = Factory.make_university("Bulk University", "BULK")
officer = Factory.make_user("bulk_officer", OFFICER)
role = env.ref("sajad_dossier.sajad_role_dossier_admissions")  # noqa: F821
process = env.ref("sajad_dossier.sajad_process_dossier")  # noqa: F821
Factory.make_cartable(role, process, university, officer)
files = {}
for number in range(STUDENTS):
    student = Factory.make_student(f"88{number:04}", university)
    for letter in range(FILES):
        name = f"{student.student_number}/letter/{letter}.pdf"
        files[name] = make_pdf(f"{number}-{letter}")
upload = env["sajad.dossier.import"].with_user(officer)  # noqa: F821
upload = upload.create(
    {
        "university_id": university.id,
        "file": base64.b64encode(make_zip(files)),
        "file_name": "bulk.zip",
        "pattern": "{student_number}/{document_type}/{any}",
        "on_existing": "add",
    }
)
upload.action_check()
env["sajad.batch.run"]._cron_run()  # noqa: F821
upload.action_import()
upload.batch_id.sudo().chunk = PART
env.cr.commit()  # noqa: F821
print("UPLOAD", upload.id, upload.batch_id.id)  # noqa: T201
