"""Does what waits in the background, in a shell of Odoo; says what is in the end."""

import hashlib
from collections import Counter

env["sajad.batch.run"]._cron_run()  # noqa: F821  of the shell
upload = env["sajad.dossier.import"].search([], limit=1)  # noqa: F821
lines = upload.line_ids
Version = env["sajad.dossier.version"]  # noqa: F821
versions = Version.search(
    [("document_id.dossier_id.university_id", "=", upload.university_id.id)]
)
sums = Counter(versions.mapped("sha256"))
bad = [
    version.id
    for version in versions
    if hashlib.sha256(version._get_attachment().raw).hexdigest() != version.sha256
]
facts = {
    "state": upload.state,
    "files": len(lines),
    "not kept": len(lines.filtered(lambda line: not line.is_kept)),
    "documents": len(versions.document_id),
    "twice": sum(count > 1 for count in sums.values()),
    "lost": len(set(lines.mapped("sha256")) - set(sums)),
    "damaged": len(bad),
}
print("FACTS", ", ".join(f"{name}: {value}" for name, value in facts.items()))  # noqa: T201
