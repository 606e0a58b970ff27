from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from odoo.addons.base.models.res_users import check_identity

GROUP = "sajad_clearance.group_hold_system"


class SajadHoldSystem(models.Model):
    """A library or dormitory system that sends the holds of offices (row B7).

    It has an account of its own, of no kind of person: no officer, nobody signs in
    with it, and it reads no record at all. With its key it calls `sync`, `status` and
    `list_own` of `sajad.hold`, which answer about the offices named here and about
    students only by the numbers that the system names.
    """

    _name = "sajad.hold.system"
    _description = "System That Sends Holds"
    _order = "name, id"

    name = fields.Char(required=True, help="History names it: “Library system”.")
    active = fields.Boolean(default=True, help="The key of an archived one is refused.")
    office_ids = fields.Many2many(
        "sajad.office",
        string="Offices",
        required=True,
        help="It records and closes holds of these offices, and sees no others.",
    )
    user_id = fields.Many2one(
        "res.users", string="Account", readonly=True, index=True, ondelete="restrict"
    )
    date_key = fields.Datetime(
        string="Key Made on", readonly=True, help="A new key ends the one before."
    )

    _user_uniq = models.UniqueIndex("(user_id)")

    @api.model_create_multi
    def create(self, vals_list):
        """Make the systems and their accounts.

        :raise AccessError: a client chooses the account, which may be anybody's
        """
        if any("user_id" in vals or "date_key" in vals for vals in vals_list):
            self._refuse_account()
        systems = super().create([{**vals, "user_id": False} for vals in vals_list])
        for system in systems:
            # accounts are made for the system alone, with its one group
            system.sudo().user_id = system._make_account()
        return systems

    def write(self, vals):
        """Keep the account as the system is: its name, and whether it is open.

        :raise AccessError: a client changes the account
        """
        if not self.env.su and ("user_id" in vals or "date_key" in vals):
            self._refuse_account()
        result = super().write(vals)
        # whoever keeps the systems need not be an administrator of users
        users_sudo = self.sudo().with_context(active_test=False).user_id
        if "active" in vals:
            users_sudo.active = vals["active"]
        if "name" in vals:
            users_sudo.name = vals["name"]
        return result

    def _refuse_account(self):
        raise AccessError(self.env._("The account is made with the system."))

    def _make_account(self):
        self.ensure_one()
        # no administrator of users is needed for an account that reads nothing
        Users_sudo = self.env["res.users"].sudo().with_context(no_reset_password=True)
        return Users_sudo.create(
            {
                "name": self.name,
                "active": self.active,
                # nobody types it, and no directory knows it
                "login": f"hold-system-{uuid4().hex}",
                "group_ids": [Command.set(self.env.ref(GROUP).ids)],
            }
        )

    @check_identity
    def action_make_key(self):
        """Show a new key, once; the one before ends (row B7).

        :raise AccessError: the user may not keep systems
        """
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.users.apikeys.show",
            "name": self.env._("Key of %(name)s", name=self.name),
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_key": self._make_key()},
        }

    def _make_key(self):
        # the key of another account, whose only rights are those of the system
        user_sudo = self.sudo().user_id
        # keys are no record of who keeps the system
        Keys_sudo = self.env["res.users.apikeys"].with_user(user_sudo).sudo()
        Keys_sudo.search([("user_id", "=", user_sudo.id)]).unlink()
        # a client does not write it
        self.sudo().date_key = fields.Datetime.now()
        # without an end: a library does not notice that holds no longer arrive
        return Keys_sudo._generate("rpc", self.name, None)
