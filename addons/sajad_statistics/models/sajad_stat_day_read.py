from odoo import api, models


class SajadStatDay(models.Model):
    _inherit = "sajad.stat.day"

    # Whoever sees everything is answered out of what is added up for the country.

    @api.model
    def _read_group(
        self,
        domain,
        groupby=(),
        aggregates=(),
        having=(),
        offset=0,
        limit=None,
        order=None,
    ):
        Country = self.env["sajad.stat.country"]
        answered = Country._get_answering(domain, groupby, aggregates)
        if answered is None:
            return super()._read_group(
                domain, groupby, aggregates, having, offset, limit, order
            )
        return Country._read_group(
            answered, groupby, aggregates, having, offset, limit, order
        )

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        Country = self.env["sajad.stat.country"]
        groupby = {spec for groupby in grouping_sets for spec in groupby}
        answered = Country._get_answering(domain, groupby, aggregates)
        if answered is None:
            return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)
        return Country._read_grouping_sets(answered, grouping_sets, aggregates, order)
