from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain

from ...tools.clock import get_country_today

# whose cartables were asked for in this transaction
OWN = "sajad_own_cartables"


class SajadCartableMember(models.Model):
    """Who works in a cartable, from when to when (row A3).

    Groups open menus, memberships open records. Substitutes and supervisors are rows
    too: one declarative record rule over dated rows serves them all.
    """

    _name = "sajad.cartable.member"
    _description = "Cartable Member"
    _inherit = ["sajad.membership"]
    _order = "cartable_id, kind, id"
    _rec_name = "user_id"

    cartable_id = fields.Many2one(
        "sajad.cartable", required=True, index=True, ondelete="cascade"
    )
    university_id = fields.Many2one(related="cartable_id.university_id")
    user_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("owner", "Responsible"),
            ("substitute", "Substitute"),
            ("supervisor", "Supervisor"),
        ],
        required=True,
        default="owner",
        help="The responsible and substitutes decide, supervisors look.",
    )
    on_behalf_of_id = fields.Many2one(
        "res.users",
        string="Stands in for",
        help="Whom the substitute stands in for; history names both.",
    )

    _user_idx = models.Index("(user_id) INCLUDE (cartable_id, date_from, date_to)")

    @api.constrains("kind", "on_behalf_of_id", "cartable_id")
    def _check_substitute(self):
        for member in self:
            if (member.kind == "substitute") != bool(member.on_behalf_of_id):
                raise ValidationError(
                    self.env._(
                        "Fill in “Stands in for” for a substitute, and for nobody else."
                    )
                )
            owners = member.cartable_id.member_ids.filtered(lambda m: m.kind == "owner")
            if member.on_behalf_of_id and member.on_behalf_of_id not in owners.user_id:
                raise ValidationError(
                    self.env._(
                        "A substitute stands in for a responsible person of the "
                        "cartable; substitution does not cascade."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Open the role's menus to the new members; waiting requests resume."""
        members = super().create(vals_list)
        self._forget_own()
        members._grant_group()
        members.cartable_id._resume_suspended()
        return members

    def write(self, vals):
        """Keep groups and routes true."""
        before = self.cartable_id
        result = super().write(vals)
        self._forget_own()
        if "user_id" in vals or "cartable_id" in vals:
            self._grant_group()
        (before | self.cartable_id)._resume_suspended()
        return result

    def unlink(self):
        cartables = self.cartable_id
        result = super().unlink()
        self._forget_own()
        cartables._resume_suspended()
        return result

    def _grant_group(self):
        for member in self:
            group = member.cartable_id.role_id.group_id
            # Whoever appoints an officer need not be an administrator of users.
            user_sudo = member.user_id.sudo()
            if group not in user_sudo.all_group_ids:
                user_sudo.group_ids = [Command.link(group.id)]

    @api.model
    def _get_own_cartable_ids(self, kind=Domain.TRUE):
        """Return the ids of the cartables of which the current user is a member today.

        Record rules ask in each query. As ids, because PostgreSQL knows how much lies
        in which cartable, and nothing of those that a subquery will give: it read all
        history of a cartable where it should look for eighty rows. All of them
        are read once in a transaction, because a screen searches several times.

        :param kind: domain of the memberships that count
        """
        if not kind.is_true():
            return self._read_own_cartable_ids(kind)
        return self._ask_once("cartable", lambda: self._read_own_cartable_ids(kind))

    @api.model
    def _ask_once(self, what, read):
        """Return what follows from the user's memberships, read once a transaction.

        Until a membership changes, or where a cartable lies.
        """
        known = self.env.cr.cache.setdefault(OWN, {})
        key = (what, self.env.uid, get_country_today())
        if key not in known:
            known[key] = read()
        return known[key]

    @api.model
    def _forget_own(self):
        self.env.cr.cache.pop(OWN, None)

    @api.model
    def _read_own_cartable_ids(self, kind):
        # one's own memberships; the rule of the model asks for them
        query = self.sudo()._search(
            Domain("user_id", "=", self.env.uid) & self._get_active_domain() & kind
        )
        rows = self.env.execute_query(query.select("cartable_id"))
        return tuple(cartable_id for (cartable_id,) in rows)

    @api.model
    def _get_decider_domain(self):
        """Return the domain of the rows of those who decide today (row A6).

        A supervisor looks, and nobody signs in with a disabled account.
        """
        return (
            Domain("kind", "!=", "supervisor")
            & Domain("user_id.active", "=", True)
            & self._get_active_domain()
        )

    @api.model
    def _get_decider_sql(self):
        """Return a query of (cartable_id, user_id) of those who decide today."""
        return self._compile_decider_sql(get_country_today())

    @api.model
    @tools.ormcache("today")
    def _compile_decider_sql(self, today):
        """Put the domain of a day into SQL, once: every single decision asks for it."""
        # whether an office is manned is no secret of its members
        query = self.sudo()._search(self._get_decider_domain())
        return query.select(
            self._field_to_sql(self._table, "cartable_id", query),
            self._field_to_sql(self._table, "user_id", query),
        )
