import hashlib

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .sajad_dossier_export import CODE_LENGTH

MIMETYPES = {"pdf": "application/pdf", "archive": "application/zip"}
# what is made while the person waits
FEW = 1
# how often a student takes a dossier out within an hour
HOURLY = 6


class SajadDossier(models.Model):
    """A dossier is taken out: printed as one PDF, or as a sealed archive (row C10)."""

    _inherit = "sajad.dossier"

    export_ids = fields.One2many(
        "sajad.dossier.export", "dossier_id", string="Taken Out"
    )

    def action_print(self):
        """Make one PDF of each dossier; many in the background. Row C10

        :raise AccessError: the user is not in charge of a dossier
        :raise UserError: there is nothing to print, or it is too much
        """
        return self._take_out("pdf")

    def action_seal(self):
        """Make a sealed archive of each dossier; many in the background. Row C10

        :raise AccessError: the user is not in charge of a dossier
        :raise UserError: there is nothing in it, or it is too much
        """
        return self._take_out("archive")

    def _take_out(self, kind):
        self._check_keeper()
        if len(self) > FEW:
            name = self.env._("Print Dossiers")
            if kind == "archive":
                name = self.env._("Archives of Dossiers")
            return self.env["sajad.batch"]._start(
                name, self, "_batch_take_out", kind=kind
            )
        return self._export(kind).sudo(False).action_download()

    def _batch_take_out(self, kind):
        problems = {}
        for dossier in self:
            try:
                with self.env.cr.savepoint():
                    dossier._export(kind)
            except UserError as error:
                problems[dossier] = str(error)
        return problems

    # ------------------------------------------------------------
    # WHO MAY
    # ------------------------------------------------------------

    def _is_own(self):
        """Whether the user is the student of all of these dossiers."""
        # compared by their ids alone
        return bool(self) and not self.sudo() - self._get_own()

    def _check_may_export(self):
        """Refuse who is neither in charge of the dossiers nor their student.

        :raise AccessError: the user is neither
        """
        if not self._is_own():
            self._check_keeper()

    def _get_own_exports(self):
        """Return the newest exports of the user whose files are there, elevated."""
        # own exports alone: the domain names their maker
        Export_sudo = self.env["sajad.dossier.export"].sudo()
        domain = [("dossier_id", "=", self.id), ("user_id", "=", self.env.uid)]
        return Export_sudo.search(domain, limit=5).filtered("is_kept")

    def _check_not_too_often(self):
        """Refuse a student who asks again and again: each time costs seconds.

        :raise UserError: that many were made within an hour
        """
        hour_ago = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
        domain = [("user_id", "=", self.env.uid), ("date", ">", hour_ago)]
        # own exports alone: the domain names their maker
        if self.env["sajad.dossier.export"].sudo().search_count(domain) >= HOURLY:
            raise UserError(
                self.env._(
                    "You took your dossier out %(count)s times within an hour. Try "
                    "again later.",
                    count=HOURLY,
                )
            )

    # ------------------------------------------------------------
    # MAKE
    # ------------------------------------------------------------

    def _export(self, kind):
        """Take the dossier out and write it down; return the export, elevated.

        :param kind: "pdf" or "archive"
        :raise AccessError: the user may not
        :raise UserError: there is nothing in it, or it is too much
        """
        self.ensure_one()
        content = self.env["sajad.dossier.content"]._get(self)
        vals = self._prepare_export(kind)
        make = self._make_pdf if kind == "pdf" else self._make_archive
        file = make(content, vals)
        vals["file_sha256"] = hashlib.sha256(file).hexdigest()
        versions = vals.pop("versions")
        export_sudo = self._write_down(vals)
        # the file bears the number; students read no dossiers
        name = f"{self.sudo().student_number}-{vals['number']}"
        export_sudo._keep_file(name, MIMETYPES[kind], file)
        logged = "print" if kind == "pdf" else kind
        self.env["sajad.dossier.access"]._note(versions, logged, export_sudo)
        return export_sudo

    @api.model
    def _write_down(self, vals):
        # who may take out was asked; nobody writes exports by hand
        Export_sudo = self.env["sajad.dossier.export"].sudo()
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return Export_sudo.create(vals)
        except UniqueViolation as error:
            # both would follow the same seal
            raise UserError(
                self.env._("Somebody takes this dossier out at this moment. Try again.")
            ) from error

    def _prepare_export(self, kind):
        # earlier exports may be of others; each seal covers the one before
        Export_sudo = self.env["sajad.dossier.export"].sudo()
        domain = [("dossier_id", "=", self.id)]
        last_sudo = Export_sudo.search(domain, order="number desc", limit=1)
        return {
            "dossier_id": self.id,
            "kind": kind,
            "number": last_sudo.number + 1,
            "previous": last_sudo.seal,
            "user_id": self.env.uid,
            "date": fields.Datetime.now(),
        }

    def _seal_export(self, content, vals, **lists):
        """Seal what is taken out; `vals` get the seal. Return the list as bytes."""
        Seal = self.env["sajad.dossier.seal"]
        facts = self.env["sajad.dossier.manifest"]._get_facts(content, vals, **lists)
        manifest, seal = Seal._seal(facts)
        vals.update(
            seal,
            code=seal["seal"][:CODE_LENGTH],
            file_count=len(lists["files"]),
            left_out_count=len(lists["left_out"]),
        )
        return manifest

    def _make_pdf(self, content, vals):
        def prepare(versions, left_out):
            Manifest = self.env["sajad.dossier.manifest"]
            vals["versions"] = self.env["sajad.dossier.version"].concat(*versions)
            files = [Manifest._get_file(version) for version in versions]
            self._seal_export(content, vals, files=files, left_out=left_out)
            return {"export": vals, "url": self._get_seal_url(vals["seal"])}

        file, vals["page_count"] = self.env["sajad.dossier.pdf"]._make(content, prepare)
        return file

    def _make_archive(self, content, vals):
        def seal(versions, entries, others, left_out):
            get_file = self.env["sajad.dossier.manifest"]._get_file
            vals["versions"] = versions
            files = [get_file(version, path) for version, path in entries]
            lists = {"files": files, "others": others, "left_out": left_out}
            manifest = self._seal_export(content, vals, **lists)
            names = ("seal", "signature", "public_key")
            return manifest, {name: vals[name] for name in names}

        return self.env["sajad.dossier.archive"]._make(content, seal)

    @api.model
    def _get_seal_url(self, seal):
        return self.env["sajad.dossier.seal"]._get_verify_url(seal)
