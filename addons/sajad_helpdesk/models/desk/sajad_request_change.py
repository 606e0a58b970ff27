from odoo import models


class SajadRequest(models.Model):
    """Experts put requests in order: category and priority (row D2)."""

    _inherit = "sajad.request"

    def _support_change(self, category, priority):
        """Give requests another category or priority; nothing: it stays.

        Which office has them stays as it is: work is referred.

        :raise UserError: a request lies in no cartable of the user
        """
        self._check_support_charge()
        values = {}
        if category:
            values["support_category_id"] = category.id
        if priority:
            values["support_priority"] = priority
        told = {}
        for request in self:
            lines = [
                request._tell_support_change(name, values[name]) for name in values
            ]
            if lines := [line for line in lines if line]:
                told[request] = "\n".join(lines)
        # who is in charge was checked; clients write nothing on requests
        self.sudo().write(values)
        if told:
            self.env["sajad.engine"]._note_support("changed", told)

    def _tell_support_change(self, name, value):
        """Return the line of history of a changed field, or nothing."""
        field = self._fields[name]
        if field.relational:
            before, after = self[name].name, self[name].browse(value).name
        else:
            labels = dict(field._description_selection(self.env))
            before, after = labels.get(self[name]), labels[value]
        return before != after and self._tell_change(name, before, after)
