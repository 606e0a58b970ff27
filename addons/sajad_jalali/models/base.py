from odoo import api, models

from ..tools import babel_patch, jalali
from ..tools.jalali_groups import JalaliGroups


class Base(models.AbstractModel):
    """Groups of dates in the Jalali calendar, for the web client only: server code that
    calls _read_group itself keeps Gregorian months."""

    _inherit = "base"

    def _register_hook(self):
        res = super()._register_hook()
        babel_patch.enable(self.env.cr.dbname)
        return res

    # entry points of the web client

    @api.model
    @api.readonly
    def formatted_read_group(self, *args, **kwargs):
        model = self._with_jalali_groups()
        return super(Base, model).formatted_read_group(*args, **kwargs)

    @api.model
    @api.readonly
    def formatted_read_grouping_sets(self, *args, **kwargs):
        model = self._with_jalali_groups()
        return super(Base, model).formatted_read_grouping_sets(*args, **kwargs)

    @api.model
    @api.readonly
    def web_read_group(self, *args, **kwargs):
        model = self._with_jalali_groups()
        return super(Base, model).web_read_group(*args, **kwargs)

    @api.model
    @api.readonly
    def read_progress_bar(self, *args, **kwargs):
        model = self._with_jalali_groups()
        return super(Base, model).read_progress_bar(*args, **kwargs)

    # what they are made of

    def _with_jalali_groups(self):
        if "jalali_groups" in self.env.context or not self.env.user._is_jalali():
            return self
        return self.with_context(jalali_groups=True)

    def _get_jalali_groups(self, groupby_spec):
        """How to group by the specification in Jalali periods; None when it is no date,
        has no period of a calendar, or the user sees Gregorian dates."""
        if not self.env.context.get("jalali_groups"):
            return None
        return JalaliGroups.of(self, groupby_spec)

    def _read_group_groupby(self, alias, groupby_spec, query):
        groups = self._get_jalali_groups(groupby_spec)
        if not groups or groups.granularity not in jalali.PERIODS:
            return super()._read_group_groupby(alias, groupby_spec, query)
        if groups.field.type == "properties":
            spec = f"{groups.path}:day"
            expression = super()._read_group_groupby(alias, spec, query)
        else:
            # checks the access to the field; its SQL would truncate the day first
            super()._read_group_groupby(alias, f"{groups.path}:day", query)
            expression = groups.local_sql(alias, query)
        return groups.period_sql(expression)

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        groups = self._get_jalali_groups(groupby_spec)
        if not groups or groups.granularity not in groups.LABELS:
            return super()._web_read_group_groupby_formatter(groupby_spec, values)
        return groups.format_group

    @api.model
    def _web_read_group_fill_temporal(
        self,
        groups,
        groupby,
        aggregates,
        fill_from=False,
        fill_to=False,
        min_groups=False,
    ):
        jalali_groups = self._get_jalali_groups(groupby[0])
        if not jalali_groups or jalali_groups.granularity not in jalali.PERIODS:
            return super()._web_read_group_fill_temporal(
                groups, groupby, aggregates, fill_from, fill_to, min_groups
            )
        starts = [group[0] for group in groups if group[0]]
        starts = jalali_groups.fill(starts, fill_from, fill_to, min_groups)
        if not starts:
            return groups
        empty = [self._read_group_empty_value(s) for s in (*groupby[1:], *aggregates)]
        rows = {start: [] for start in starts}
        for group in groups:
            rows.setdefault(group[0], []).append(group)
        return [row for start in rows for row in rows[start] or [(start, *empty)]]
