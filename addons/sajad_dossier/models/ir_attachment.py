from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

HELD = "sajad.dossier.version"


class _Door:
    """The one thing that opens files of dossiers.

    It is compared by identity: a client can send any key of the context, and never
    this object.
    """

    key = "sajad_dossier_door"


DOOR = _Door()


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
        """Refuse to remove a file of a dossier.

        :raise AccessError: it belongs to a version
        """
        self._check_not_held()
        return super().unlink()

    def generate_access_token(self):
        """Refuse a link by which anybody could open a file of a dossier.

        :raise AccessError: it belongs to a version
        """
        self._check_not_held()
        return super().generate_access_token()

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
            domain &= Domain("res_model", "!=", HELD)
        return super()._search(domain, *args, **kwargs)

    # ------------------------------------------------------------
    # DOOR
    # ------------------------------------------------------------

    @api.model
    def _is_dossier_door_open(self):
        return self.env.context.get(DOOR.key) is DOOR

    def _get_held(self):
        """Return those of the files that belong to versions of documents."""
        # reading the model of a file must not ask for the rights on it
        return self.sudo().filtered(lambda file: file.res_model == HELD).sudo(False)

    def _check_not_held(self):
        if self._get_held():
            raise self._make_dossier_error()

    @api.model
    def _check_dossier_door(self, vals):
        if vals.get("res_model") == HELD and not self._is_dossier_door_open():
            raise self._make_dossier_error()

    @api.model
    def _make_dossier_error(self):
        return AccessError(
            self.env._("Files of dossiers are opened and replaced in the dossier.")
        )
