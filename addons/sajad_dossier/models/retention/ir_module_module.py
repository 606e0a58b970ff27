from odoo import models
from odoo.exceptions import UserError


class IrModuleModule(models.Model):
    """Nobody removes the addon while it keeps papers (row C2)."""

    _inherit = "ir.module.module"

    def button_uninstall(self):
        """Refuse to drop dossiers together with the addon that keeps them.

        :raise UserError: there are files
        """
        names = (self | self.downstream_dependencies()).mapped("name")
        if "sajad_dossier" in names and self.env["sajad.dossier.version"].search(
            [("date_destroyed", "=", False)], limit=1
        ):
            raise UserError(
                self.env._(
                    "There are papers in the dossiers. Export and destroy them by the "
                    "rules of retention first; uninstalling would drop them all."
                )
            )
        return super().button_uninstall()
