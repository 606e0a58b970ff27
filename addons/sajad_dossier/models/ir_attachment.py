import os

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

VERSION = "sajad.dossier.version"
DRAFT = "sajad.dossier.draft.page"
EXPORT = "sajad.dossier.export"
# whose files no door of Odoo opens
HELD = (VERSION, DRAFT, EXPORT)


class _Door:
    """The one thing that opens files of dossiers.

    It is compared by identity: a client can send any key of the context, and never
    this object.
    """

    key = "sajad_dossier_door"


DOOR = _Door()
# removes what a list of destruction names, and does nothing else
SHREDDER = _Door()


class IrAttachment(models.Model):
    """Files of dossiers, which no door of Odoo reads, replaces or removes (row C2).

    Odoo's rights on a file are those of the record: whoever may edit that could
    overwrite its file, and an administrator any. Here only the version's own methods
    pass, elevated rights or not.
    """

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse files that are put beside the versions of a dossier.

        :raise AccessError: another door than the version's
        """
        for vals in vals_list:
            self._check_dossier_door(vals)
        attachments = super().create(vals_list)
        if not self._is_dossier_door_open():
            attachments._check_not_held()
        return attachments

    def write(self, vals):
        """Refuse to change a file of a dossier.

        :raise AccessError: it belongs to a version, or would
        """
        self._check_dossier_door(vals)
        self._check_not_held()
        return super().write(vals)

    def unlink(self):
        """Refuse to remove a file of a dossier; drafts and exports remove theirs.

        :raise AccessError: it belongs to a version, and no list of destruction names
            it, or is removed by another door
        """
        if self._is_dossier_door_open():
            self._check_not_held((VERSION,))
        elif self.env.context.get(DOOR.key) is not SHREDDER:
            self._check_not_held()
        return super().unlink()

    def generate_access_token(self):
        """Refuse a link by which anybody could open a file of a dossier.

        :raise AccessError: it belongs to a version
        """
        self._check_not_held()
        return super().generate_access_token()

    def _has_attachments_ownership(self, attachment_tokens):
        # a token of an uploader opens files with elevated rights
        return not self._get_held() and super()._has_attachments_ownership(
            attachment_tokens
        )

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or self._is_dossier_door_open():
            return result
        held = self._get_held()
        if not held:
            return result
        forbidden = held | (result[0] if result else self.browse())
        return forbidden, lambda: self._make_dossier_error()

    @api.model
    def _search(self, domain, *args, **kwargs):
        domain = Domain(domain)
        if not self.env.su and not self._is_dossier_door_open():
            # their names and contents are no attachment's to be found by
            domain &= Domain("res_model", "not in", HELD)
        return super()._search(domain, *args, **kwargs)

    # ------------------------------------------------------------
    # DOOR
    # ------------------------------------------------------------

    @api.model
    def _is_dossier_door_open(self):
        return self.env.context.get(DOOR.key) is DOOR

    def _get_held(self, models=HELD):
        """Return those of the files that belong to dossiers."""
        # reading the model of a file must not ask for the rights on it
        held_sudo = self.sudo().filtered(lambda file: file.res_model in models)
        return held_sudo.with_env(self.env)

    @api.model
    def _hold_dossier_file(self, record, content):
        """Keep the bytes of a version or of a draft's page as they came.

        Called with elevated rights.

        :param record: with file_name and mimetype
        """
        door = {"image_no_postprocess": True, DOOR.key: DOOR}
        file = self.with_context(**door).create(
            {
                "name": record.file_name,
                "raw": content,
                "mimetype": record.mimetype,
                "res_model": record._name,
                "res_id": record.id,
            }
        )
        return file.with_env(self.env)

    def _get_datas_related_values(self, data, mimetype):
        """Have nothing of a dossier's file read where Odoo's index of contents is.

        That reads strangers' files in the request, without limits, and keeps what
        stands in sensitive papers; see `sajad.dossier.text`.
        """
        if not self._is_dossier_door_open():
            return super()._get_datas_related_values(data, mimetype)
        checksum, in_store = self._compute_checksum(data), self._storage() != "db"
        return {
            "file_size": len(data),
            "checksum": checksum,
            "index_content": False,
            "store_fname": in_store and self._get_path(data, checksum)[0],
            "db_datas": not in_store and data,
        }

    def _get_checked(self):
        # the dossier compares a stronger checksum, and says what became of the file
        return self.browse() if self._is_dossier_door_open() else super()._get_checked()

    def _is_in_store(self):
        """Whether there is a file at the place of the attachment, empty or not."""
        place = self.store_fname
        return bool(place) and os.path.exists(self._full_path(place))

    def _check_not_held(self, models=HELD):
        if self._get_held(models):
            raise self._make_dossier_error()

    @api.model
    def _check_dossier_door(self, vals):
        if vals.get("res_model") in HELD and not self._is_dossier_door_open():
            raise self._make_dossier_error()

    @api.model
    def _make_dossier_error(self):
        return AccessError(
            self.env._("Files of dossiers are opened and replaced in the dossier.")
        )
