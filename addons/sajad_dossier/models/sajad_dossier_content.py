import hashlib
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError

from .ir_attachment import DOOR

MAX_SIZE = 256 * 1024**2


class LeftOut(NamedTuple):
    """What is not in an export, and why, as its reader is told."""

    what: str
    why: str


class Content(NamedTuple):
    """What of a dossier somebody may take out; records have elevated rights."""

    dossier: models.BaseModel
    documents: models.BaseModel  # with files
    references: models.BaseModel  # kept in another system
    left_out: list


class SajadDossierContent(models.AbstractModel):
    """What of a dossier a person may take out (row C10).

    Nothing is left out in silence: not what the person does not see, nor what cannot
    be read.
    """

    _name = "sajad.dossier.content"
    _description = "Content of a Dossier"

    @api.model
    def _get(self, dossier):
        """Return the `Content` for the user.

        :raise AccessError: neither in charge of the dossier, nor its student
        :raise UserError: there is nothing in it, or too much
        """
        dossier._check_may_export()
        # who may was asked; what of it the user sees is asked below
        dossier_sudo = dossier.sudo()
        kept = dossier_sudo.document_ids.filtered(lambda d: not d.date_deleted)
        # reference data whose order everybody knows
        kept = kept.sorted(lambda d: (d.phase, d.type_id.sequence, d.id))
        is_own = dossier._is_own()
        seen = kept._filter_for_student() if is_own else kept & self._get_seen(dossier)
        drafts = seen.filtered(lambda d: d.state == "draft")
        taken = seen - drafts
        documents = taken.filtered("version_id")
        self._check_size(documents)
        return Content(
            dossier_sudo,
            documents,
            taken - documents,
            self._get_left_out(len(kept - seen), drafts, is_own),
        )

    @api.model
    def _get_seen(self, dossier):
        # their rules know who sees sensitive papers
        domain = [("dossier_id", "=", dossier.id)]
        # found with the rights of the user; files are read by the system
        return self.env["sajad.dossier.document"].search(domain).sudo()

    @api.model
    def _check_size(self, documents):
        size = sum(documents.page_ids.mapped("size"))
        if size > MAX_SIZE:
            raise UserError(
                self.env._(
                    "The files of this dossier have %(size)s MB together; at most "
                    "%(limit)s MB are taken out at once.",
                    size=size // 1024**2,
                    limit=MAX_SIZE // 1024**2,
                )
            )

    @api.model
    def _get_left_out(self, hidden_count, drafts, is_own):
        found = []
        if hidden_count and is_own:
            found.append(
                LeftOut(
                    self.env._("Papers between offices: %(count)s", count=hidden_count),
                    self.env._("They are not given to students."),
                )
            )
        elif hidden_count:
            found.append(
                LeftOut(
                    self.env._("Sensitive papers: %(count)s", count=hidden_count),
                    self.env._("The office that took this out does not see them."),
                )
            )
        why = self.env._("It is not submitted yet.")
        return found + [LeftOut(draft.name, why) for draft in drafts]

    # ------------------------------------------------------------
    # FILES
    # ------------------------------------------------------------

    @api.model
    def _read_file(self, version):
        """Return the bytes of a version, or None if they are not those that came.

        :param version: with elevated rights
        """
        content = version.with_context(**{DOOR.key: DOOR}).attachment_id.raw or b""
        is_same = hashlib.sha256(content).hexdigest() == version.sha256
        return content if is_same else None

    @api.model
    def _get_altered(self, version):
        """Return what is said of a file that is not what came any more."""
        if version.date_destroyed:
            why = self.env._("Its file was destroyed after the time of keeping.")
            return LeftOut(version.document_id.name, why)
        return LeftOut(
            version.document_id.name,
            self.env._(
                "Its file is missing or was altered in the store: it does not have the "
                "checksum with which it came."
            ),
        )
