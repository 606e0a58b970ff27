import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.sajad_base.tools.searches import asked_for_true

PLAIN = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")


class SajadSupportMailbox(models.Model):
    """The address of a desk: mails to it become support requests (row D1)."""

    _name = "sajad.support.mailbox"
    _description = "Address of a Support Desk"
    _inherit = ["mail.alias.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    category_id = fields.Many2one(
        "sajad.support.category",
        required=True,
        ondelete="restrict",
        help="What a mail to this address is about, until an expert says better.",
    )
    line = fields.Selection(related="category_id.line")
    role_id = fields.Many2one(
        "sajad.role",
        string="Office",
        required=True,
        ondelete="restrict",
        help="Whose people look at the mails of which nothing could be made.",
    )
    mail_count = fields.Integer(compute="_compute_mail_count")
    is_member = fields.Boolean(
        string="You Work Here",
        compute="_compute_is_member",
        search="_search_is_member",
        help="You are a member today of a cartable of the office.",
    )

    @api.depends_context("uid")
    @api.depends("role_id")
    def _compute_is_member(self):
        own = self._get_own_ids()
        for mailbox in self:
            mailbox.is_member = mailbox.id in own

    @asked_for_true
    def _search_is_member(self):
        return Domain("id", "in", self._get_own_ids())

    @api.model
    def _get_own_ids(self):
        """Return the ids of the desks of the user's offices, for rules of mails."""
        own = self.env["sajad.cartable.member"]._get_own_cartable_ids()
        # one's own cartables; the rules ask for them
        roles_sudo = self.env["sajad.cartable"].sudo().browse(own).role_id
        Own_sudo = roles_sudo.env[self._name].with_context(active_test=False)
        return Own_sudo.search([("role_id", "in", roles_sudo.ids)]).ids

    @api.model_create_multi
    def create(self, vals_list):
        """Make desks with addresses that every mail program can write.

        :raise ValidationError: with what is wrong
        """
        for vals in vals_list:
            self._check_address(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Change desks; an address stays one that every mail program can write.

        :raise ValidationError: with what is wrong
        """
        self._check_address(vals)
        return super().write(vals)

    def _check_address(self, vals):
        # Odoo would make question marks of Persian letters
        if vals.get("alias_name") and not PLAIN.fullmatch(vals["alias_name"]):
            raise ValidationError(
                self.env._("The address has to be written in Latin letters and digits.")
            )

    def _compute_mail_count(self):
        groups = self.env["sajad.support.mail"]._read_group(
            [("mailbox_id", "in", self.ids), ("is_open", "=", True)],
            ["mailbox_id"],
            ["__count"],
        )
        counts = {mailbox.id: count for mailbox, count in groups}
        for mailbox in self:
            mailbox.mail_count = counts.get(mailbox.id, 0)

    def _alias_get_creation_values(self):
        return {
            **super()._alias_get_creation_values(),
            "alias_model_id": self.env["ir.model"]._get_id("sajad.support.mail"),
            "alias_defaults": repr({"mailbox_id": self.id}) if self.id else "{}",
        }

    @api.model
    def _find_by_addresses(self, addresses):
        """Return the desk of one of some bare addresses, or none."""
        return self.search([("alias_full_name", "in", addresses)], limit=1)

    @api.model
    def _get_for_line(self, line):
        """Return the desk whose address stands in mails of a line, or none."""
        mailboxes = self.search(Domain.TRUE)
        mailboxes = mailboxes.filtered(lambda m: m.alias_name and m.alias_domain)
        return mailboxes.filtered(lambda m: m.line == line)[:1] or mailboxes[:1]

    def action_open_mails(self):
        """Open the mails that came to this address."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_helpdesk.sajad_support_mail_action"
        )
        action["domain"] = [("mailbox_id", "=", self.id)]
        return action
