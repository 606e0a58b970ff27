import hashlib
import io
import json
import re
import unicodedata
import zipfile

from odoo import api, fields, models
from odoo.tools import file_open

from odoo.addons.sajad_base.tools.clock import COUNTRY_TZ
from odoo.addons.sajad_base.tools.file_check import clean_name

PROGRAM = "sajad_dossier/static/archive/verify.py"
# what one of the three systems does not take in a name, and what hides in it
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
LONGEST = 60


class SajadDossierArchive(models.AbstractModel):
    """Makes the sealed archive of a dossier (row C10).

    The files are those that came, byte by byte, in folders that Windows, 7-Zip and
    macOS read; earlier versions as well. What was changed afterwards is found by the
    program inside, without us.
    """

    _name = "sajad.dossier.archive"
    _description = "Dossier as Archive"

    @api.model
    def _make(self, content, seal):
        """Return the archive as bytes.

        :param content: of `sajad.dossier.content`
        :param seal: function of (versions, files, other files, left out) that returns
            the list that is sealed and what is said of its seal
        """
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            entries, left_out = self._put_files(archive, content)
            left_out = content.left_out + left_out
            others = [self._put_program(archive)]
            others.append(self._put_text(archive, content, entries, left_out))
            Version = self.env["sajad.dossier.version"]
            versions = Version.concat(*(version for version, _path in entries))
            manifest, facts = seal(versions, entries, others, left_out)
            self._put(archive, "manifest.json", manifest)
            text = json.dumps(facts, ensure_ascii=False, indent=1)
            self._put(archive, "seal.json", text.encode())
        return stream.getvalue()

    # ------------------------------------------------------------
    # FILES
    # ------------------------------------------------------------

    @api.model
    def _put_files(self, archive, content):
        """Put the files in; return [(version, path)] and what was left out."""
        Content = self.env["sajad.dossier.content"]
        entries, left_out = [], []
        for path, version in self._get_paths(content.documents):
            data = Content._read_file(version)
            if data is None:
                left_out.append(Content._get_altered(version))
            else:
                self._put(archive, path, data, version.create_date)
                entries.append((version, path))
        return entries, left_out

    @api.model
    def _get_paths(self, documents):
        """Return [(path, version)]: a folder for each phase, documents numbered."""
        phases = self.env["sajad.document.type"]._fields["phase"]
        phases = dict(phases._description_selection(self.env))
        paths = []
        for number, document in enumerate(documents, 1):
            folder = (
                f"{list(phases).index(document.phase) + 1} {phases[document.phase]}"
            )
            for version in document.version_ids:
                place, prefix = folder, f"{number:02}"
                if version not in document.page_ids:
                    place = f"{folder}/{self._clean(self.env._('Earlier Versions'))}"
                    prefix = f"{prefix}-{version.number}"
                if version.page > 1:
                    prefix = f"{prefix}.{version.page}"
                name = f"{prefix} {document.name}"
                ending = self._get_ending(version)
                paths.append((f"{place}/{self._clean(name)}{ending}", version))
        return paths

    @api.model
    def _get_ending(self, version):
        kind = version.mimetype.rpartition("/")[2]
        return f".{kind}".replace(".jpeg", ".jpg").replace(".tiff", ".tif")

    @api.model
    def _clean(self, name):
        """Return a part of a path that all systems take; it begins with a number."""
        name = unicodedata.normalize("NFC", clean_name(name))
        name = " ".join(FORBIDDEN.sub(" ", name).split())
        # Windows drops dots and spaces at the end, and then does not find the file
        return name[:LONGEST].rstrip(". \u200c")

    @api.model
    def _put(self, archive, path, data, date=None):
        """Put a file in as it is: scans are compressed already."""
        moment = date or fields.Datetime.now()
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=COUNTRY_TZ), moment
        )
        # a name that is not ASCII is marked as UTF-8 by the library
        entry = zipfile.ZipInfo(path, local.timetuple()[:6])
        entry.external_attr = 0o644 << 16
        archive.writestr(entry, data)

    # ------------------------------------------------------------
    # WHAT GOES WITH THEM
    # ------------------------------------------------------------

    @api.model
    def _put_program(self, archive):
        with file_open(PROGRAM, "rb") as program:
            return self._put_other(archive, "verify.py", program.read())

    @api.model
    def _put_text(self, archive, content, entries, left_out):
        """Put in what a person reads, in the language of whoever takes it out."""
        Text = self.env["sajad.dossier.archive.text"]
        lines = Text._get_lines(content, entries, left_out)
        # editors of Windows know by the mark that it is UTF-8
        text = "\ufeff" + "\r\n".join(lines) + "\r\n"
        name = self._clean(self.env._("Contents"))
        return self._put_other(archive, f"{name}.txt", text.encode())

    @api.model
    def _put_other(self, archive, path, data):
        self._put(archive, path, data)
        digest = hashlib.sha256(data).hexdigest()
        return {"path": path, "size": len(data), "sha256": digest}
