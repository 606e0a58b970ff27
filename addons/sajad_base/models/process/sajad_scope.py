from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.searches import asked_for_true

# more than of a large university: whoever works for the Organization reaches thousands
FEW = 200


class SajadScope(models.Model):
    """A process at a university or faculty, and the cartables its requests may reach.

    It is the routing table of the engine and carries the record rule of requests: a
    rule through the work items of a request would be a hundred times slower, and a
    rule with an OR slower still.

    Where only those shall read who had a request, it carries a narrow scope: the same
    place with fewer cartables. The engine goes on routing by the whole one.
    """

    _name = "sajad.scope"
    _description = "Process at a Place"
    _rec_name = "process_id"

    process_id = fields.Many2one(
        "sajad.process", required=True, index=True, ondelete="cascade"
    )
    university_id = fields.Many2one(
        "sajad.university", required=True, index=True, ondelete="cascade"
    )
    faculty_id = fields.Many2one(
        "sajad.faculty",
        index=True,
        ondelete="cascade",
        help="Of students. Requests of institutions and staff have none.",
    )
    cartable_ids = fields.Many2many("sajad.cartable", string="Cartables")
    whole_id = fields.Many2one(
        "sajad.scope",
        string="Whole Place",
        index="btree_not_null",
        ondelete="cascade",
        help="Set where only some of the cartables read: those that had the request.",
    )
    # ids of the cartables of a narrow scope, in order: what it is found by
    narrow_key = fields.Char()
    is_member = fields.Boolean(
        string="You See Its Requests",
        compute="_compute_is_member",
        search="_search_is_member",
        help="You are a member today of a cartable that its requests may reach.",
    )

    _key_uniq = models.UniqueIndex(
        "(process_id, university_id, COALESCE(faculty_id, 0), "
        "COALESCE(narrow_key, ''))",
        "The process has this place already.",
    )

    @api.depends_context("uid")
    @api.depends(
        "cartable_ids.member_ids.user_id",
        "cartable_ids.member_ids.date_from",
        "cartable_ids.member_ids.date_to",
    )
    def _compute_is_member(self):
        own = self._get_own_ids(self.ids)
        for scope in self:
            scope.is_member = scope.id in own

    @api.model_create_multi
    def create(self, vals_list):
        """Make places; who reads their requests is asked anew."""
        scopes = super().create(vals_list)
        self.env["sajad.cartable.member"]._forget_own()
        return scopes

    def write(self, vals):
        """Change places; who reads their requests is asked anew."""
        result = super().write(vals)
        if "cartable_ids" in vals:
            self.env["sajad.cartable.member"]._forget_own()
        return result

    @asked_for_true
    def _search_is_member(self):
        # a screen searches its requests, counts them, and then searches their work
        Member = self.env["sajad.cartable.member"]
        return Member._ask_once("scope", self._find_own)

    @api.model
    def _find_own(self):
        """Return the domain of the scopes that the cartables of the user reach."""
        cartables = self.env["sajad.cartable.member"]._get_own_cartable_ids()
        reached = self._get_reached_query(cartables)
        few = SQL("SELECT DISTINCT * FROM (%s) reached LIMIT %s", reached, FEW + 1)
        rows = self.env.execute_query(few)
        if len(rows) <= FEW:
            return Domain("id", "in", [scope_id for (scope_id,) in rows])
        # PostgreSQL plans for tens of milliseconds where thousands are told, in each
        # query; of so many it guesses well. Made distinct, they could not be joined.
        return Domain("id", "in", SQL("(%s)", reached))

    @api.model
    def _get_own_ids(self, among):
        """Return the ids of those scopes that the cartables of the user reach today."""
        cartables = self.env["sajad.cartable.member"]._get_own_cartable_ids()
        return self._get_reached_ids(cartables, among)

    @api.model
    def _get_reached_ids(self, cartables, among=None):
        """Return the ids of the scopes that some cartables reach, given by their ids.

        :param among: ids of scopes that are asked about, or of all
        """
        query = self._get_reached_query(cartables)
        if among:
            query = SQL("%s AND sajad_scope_id IN %s", query, tuple(among))
        return {scope_id for (scope_id,) in self.env.execute_query(query)}

    @api.model
    def _get_reached_query(self, cartables):
        """Return the query of the ids of the scopes that cartables reach."""
        self.flush_model(["cartable_ids"])
        return SQL(
            "SELECT sajad_scope_id FROM sajad_cartable_sajad_scope_rel "
            "WHERE sajad_cartable_id IN %s",
            tuple(cartables) or (0,),
        )

    @api.model
    def _get_or_create(self, places):
        """Return {(process, university, faculty): scope} for such triples of records.

        Called by the engine with elevated rights.
        """
        domain = [
            ("whole_id", "=", False),
            ("process_id", "in", [process.id for process, _u, _f in places]),
            ("university_id", "in", [university.id for _p, university, _f in places]),
        ]
        found = self.search_fetch(domain, ["process_id", "university_id", "faculty_id"])
        result = {scope._get_place(): scope for scope in found}
        missing = [place for place in dict.fromkeys(places) if place not in result]
        created = self.create(
            [
                {
                    "process_id": process.id,
                    "university_id": university.id,
                    "faculty_id": faculty.id,
                }
                for process, university, faculty in missing
            ]
        )
        for scope in created:
            scope.cartable_ids = self.env["sajad.cartable"].search(
                scope._get_cartable_domain()
            )
        result.update(zip(missing, created, strict=True))
        return result

    @api.model
    def _get_narrowed(self, wanted):
        """Return {request: scope} in which only cartables that had a request read it.

        Called by the engine with elevated rights. Whoever had a request reads it on,
        although it lies elsewhere now. What is right already is left out.

        :param dict wanted: {request: ids of the cartables in which it lies}
        """
        keys = {}
        for request, cartable_ids in wanted.items():
            scope = request.scope_id
            key = _write_key(scope._read_key() | set(cartable_ids))
            if key != scope.narrow_key:
                keys[request] = (scope.whole_id or scope, key)
        scopes = self._get_or_create_narrow(set(keys.values())) if keys else {}
        return {request: scopes[key] for request, key in keys.items()}

    @api.model
    def _let_read(self, request, cartables):
        """Let further cartables read a request that only some may read.

        Called with elevated rights; where all of the place read it, nothing changes.
        """
        if request.scope_id.whole_id:
            for scope in self._get_narrowed({request: cartables.ids}).values():
                request.scope_id = scope

    @api.model
    def _get_or_create_narrow(self, keys):
        """Return {(whole scope, key): narrow scope}."""
        found = self.search(
            Domain("whole_id", "in", [whole.id for whole, _key in keys])
            & Domain("narrow_key", "in", [key for _whole, key in keys])
        )
        result = {(scope.whole_id, scope.narrow_key): scope for scope in found}
        for whole, key in keys - set(result):
            try:
                result[whole, key] = whole._make_narrow(key)
            except UniqueViolation as error:
                # Odoo tries the whole transaction again, and finds it then
                raise ConcurrencyError("the scope was made meanwhile") from error
        return result

    def _make_narrow(self, key):
        return self.create(
            {
                "process_id": self.process_id.id,
                "university_id": self.university_id.id,
                "faculty_id": self.faculty_id.id,
                "whole_id": self.id,
                "narrow_key": key,
                "cartable_ids": [fields.Command.set(sorted(_split_key(key)))],
            }
        )

    def _read_key(self):
        return _split_key(self.narrow_key or "")

    def _get_place(self):
        return self.process_id, self.university_id, self.faculty_id

    def _get_cartable_domain(self):
        """Return the domain of the cartables that may get work of this scope."""
        self.ensure_one()
        return [
            ("process_id", "=", self.process_id.id),
            "|",
            ("role_id.level", "=", "organization"),
            "&",
            ("university_id", "=", self.university_id.id),
            ("faculty_id", "in", (False, self.faculty_id.id)),
        ]


def _write_key(cartable_ids):
    """Return the key of a narrow scope; of no cartable it is not empty either."""
    return f",{','.join(str(id_) for id_ in sorted(cartable_ids))},"


def _split_key(key):
    return {int(part) for part in key.split(",") if part}
