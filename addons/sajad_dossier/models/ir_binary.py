from odoo import models


class IrBinary(models.AbstractModel):
    """Odoo's routes of files do not serve those of dossiers (row C2).

    They would follow a token or the rights of an administrator, let the address choose
    the type, and leave no trace of who looked.
    """

    _inherit = "ir.binary"

    def _record_to_stream(self, record, field_name):
        if record._name == "ir.attachment" and not record._is_dossier_door_open():
            record._check_not_held()
        return super()._record_to_stream(record, field_name)
