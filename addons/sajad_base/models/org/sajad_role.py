from odoo import api, fields, models
from odoo.exceptions import UserError


class SajadRole(models.Model):
    """A kind of office: whoever holds it decides; a security group each (row A2).

    A role at one university or faculty is an office, with or without a cartable.
    """

    _name = "sajad.role"
    _description = "Role"
    _inherit = ["sajad.search.key.mixin", "sajad.code"]
    _code_prefix = "role"
    _order = "sequence, name"
    _spelling = {"name": "text", "code": "number"}
    _search_key_fields = ("name", "code")

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    level = fields.Selection(
        [
            ("organization", "Organization"),
            ("university", "University"),
            ("faculty", "Faculty"),
        ],
        required=True,
        default="university",
        help="Whose office it is: one for the country, one per university or one "
        "per faculty.",
    )
    group_id = fields.Many2one(
        "res.groups",
        string="Security Group",
        required=True,
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    cartable_ids = fields.One2many("sajad.cartable", "role_id", string="Cartables")

    _code_uniq = models.Constraint("unique(code)", "This role code is in use.")

    @api.model_create_multi
    def create(self, vals_list):
        """Make the security group of each role with it."""
        for vals in vals_list:
            if not vals.get("group_id"):
                vals["group_id"] = self._create_group(vals.get("name")).id
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            for role in self:
                # An administrator of roles need not be one of Odoo's settings.
                role.group_id.sudo().name = role.name
        return result

    @api.model
    def _sync_group_names(self):
        """Give the groups of roles the names of the roles, in every language.

        Translations of data are loaded by SQL and reach no `write`.
        """
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_groups SET name = role.name FROM sajad_role role "
            "WHERE role.group_id = res_groups.id AND res_groups.name != role.name"
        )
        self.env["res.groups"].invalidate_model(["name"])

    def _create_group(self, name):
        privilege = self.env.ref("sajad_base.res_groups_privilege_sajad_role")
        officer = self.env.ref("sajad_base.group_sajad_officer")
        return (
            self.env["res.groups"]
            # An administrator of roles need not be one of Odoo's settings.
            .sudo()
            .create(
                {
                    "name": name,
                    "privilege_id": privilege.id,
                    "implied_ids": [fields.Command.link(officer.id)],
                }
            )
        )

    def unlink(self):
        """Delete the security groups with their roles."""
        groups = self.group_id
        result = super().unlink()
        # An administrator of roles need not be one of Odoo's settings.
        groups.sudo().unlink()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self.cartable_ids:
            raise UserError(
                self.env._("A role that has cartables cannot be deleted; archive it.")
            )
