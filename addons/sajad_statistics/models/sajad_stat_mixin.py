from odoo import api, fields, models
from odoo.tools import SQL

# that headings are asked for in several ways at once
SEVERAL = "sajad_several_groupings"


class SajadStatMixin(models.AbstractModel):
    """What something was about: the headings that reports have in common (row B12).

    An addon adds a heading of its own by a field here and its SQL in
    `_get_dimensions`: every report and the nightly statistics have it then.
    """

    _name = "sajad.stat.mixin"
    _description = "Headings of Reports"

    process_id = fields.Many2one("sajad.process", readonly=True)

    # {field: share}: shown as a measure, counted as a percentile of the group
    _medians = {}

    @api.model
    def _get_dimensions(self):
        """Hook: {field: SQL of it, over `request`, the row of a sajad.request}."""
        return {}

    @api.model
    def _dimension_names_sql(self):
        """Return the SQL of the extra columns, each with a comma before it."""
        names = (SQL(", %s", SQL.identifier(name)) for name in self._get_dimensions())
        return SQL("").join(names)

    @api.model
    def _dimensions_sql(self):
        """Return the SQL that selects the extra columns, each with a comma before."""
        return SQL("").join(
            SQL(", %s AS %s", expression, SQL.identifier(name))
            for name, expression in self._get_dimensions().items()
        )

    def _read_group_select(self, aggregate_spec, query):
        # what super returned was checked for access
        expression = super()._read_group_select(aggregate_spec, query)
        return self._measure_sql(aggregate_spec, query) or expression

    def _read_group_orderby(self, order, groupby_terms, query):
        plain = dict(groupby_terms)
        joined = set(query._joins)
        orderby = super()._read_group_orderby(order, groupby_terms, query)
        if self.env.context.get(SEVERAL):
            return orderby
        # Headings are sorted by what they are called. Their keys say as much as their
        # names, and all rows would be sorted by those, letter by letter.
        for spec, term in groupby_terms.items():
            if term == plain[spec]:
                continue
            alias = query.make_alias(self._table, spec)
            below = [
                a for a in query._joins if a == alias or a.startswith(f"{alias}__")
            ]
            if joined.isdisjoint(below):
                keys = (SQL.identifier(name, "id") for name in below)
                groupby_terms[spec] = SQL(", ").join([plain[spec], *keys])
        return orderby

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        # a name does not go with a key that is not in each of the sets
        several = self.with_context(**{SEVERAL: True})
        return super(SajadStatMixin, several)._read_grouping_sets(
            domain, grouping_sets, aggregates, order
        )

    def _measure_sql(self, aggregate_spec, query):
        """Hook: the SQL of what no sum or mean of the rows tells, else None."""
        name, _colon, function = aggregate_spec.partition(":")
        if name in self._medians and function == "avg":
            return self._median_sql(name, self._medians[name], query)
        return None

    def _median_sql(self, name, share, query):
        """Hook: the SQL of a percentile of the rows of a group."""
        return SQL(
            "percentile_cont(%s) WITHIN GROUP (ORDER BY %s)",
            share,
            self._field_to_sql(self._table, name, query),
        )
