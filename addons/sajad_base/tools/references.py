"""What the values that a client sends refer to (row E5)."""

from collections import defaultdict

from odoo.fields import Command

# what a command of a list says of the record that it names
NAMING = (Command.UPDATE, Command.LINK)
# what JSON has
PLAIN = (bool, int, float, str, list, tuple)
# of no record, so that nobody may read it
NO_ID = 0


class References:
    """The records that values name, those of lines too, by model.

    What a record refers to already is none of them: who writes it has seen it.
    """

    def __init__(self):
        self.ids = defaultdict(set)

    def add(self, record, vals):
        """Add what values of a record, or of a new one, refer to."""
        for name, value in vals.items():
            field = record._fields.get(name)
            if value and field is not None and field.relational:
                comodel = record.env[field.comodel_name]
                # what stands there is no news to who may write the record
                known = record.sudo()[name].ids if record.id else ()
                self._add_value(comodel, value, field.type, known)

    def _add_value(self, comodel, value, kind, known):
        if kind == "many2one":
            pair = isinstance(value, (list, tuple))
            self._add_item(comodel, value[:1] if pair else [value], known)
        elif isinstance(value, (list, tuple)):
            for item in value:
                if isinstance(item, (list, tuple)):
                    self._add_command(comodel, item, known)
                else:
                    self._add_item(comodel, [item], known)

    def _add_command(self, comodel, command, known):
        code, id_, rest = (*command, None, None)[:3]
        if code in NAMING:
            self._add_item(comodel, [id_], known)
        if code == Command.SET:
            self._add_item(comodel, rest or (), known)
        elif isinstance(rest, dict):
            # lines that are new have no id
            line = _read_id(id_) if id_ else NO_ID
            self.add(comodel.browse(line or ()), rest)

    def _add_item(self, comodel, items, known):
        for item in items:
            if isinstance(item, dict):
                # the form sends the record with what changed in it
                self._add_item(comodel, [item.get("id")], known)
                self.add(comodel, item)
        ids = {_read_id(item) for item in items if item and isinstance(item, PLAIN)}
        self.ids[comodel._name] |= ids.difference(known)


def _read_id(item):
    """Return the id that an item stands for, or `NO_ID` where it is no plain one.

    The database takes 5.0 and " +5" for a number, and Odoo a list in place of an id:
    who writes so does not look into a record of their own.
    """
    if isinstance(item, int) or (isinstance(item, str) and item.isdecimal()):
        return int(item)
    return NO_ID
