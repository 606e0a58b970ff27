from odoo.exceptions import AccessError
from odoo.fields import Command


class ForeignReferences:
    """Nobody reads what they may not by referring to it (row E5).

    A mixin for tests: every field of every model of ours that a user may fill in,
    with a record that the user may not read. The test makes the records.
    """

    allow_inherited_tests_method = True

    #: names of users
    users = ("officer", "liaison", "supervisor")
    #: how many pairs of field and user there are at least
    at_least = 1

    def test_every_reference_is_checked(self):
        count = 0
        for user in self.users:
            env = self.env(user=getattr(self, f"user_{user}"))
            foreign = {}
            for model in self.get_writable_models(env):
                for field in model._fields.values():
                    if not field.relational or field.type == "one2many":
                        continue
                    comodel = field.comodel_name
                    if comodel not in foreign:
                        foreign[comodel] = self.get_foreign(env[comodel])
                    if id_ := foreign[comodel]:
                        count += 1
                        with self.subTest(f"{user}: {field}"):
                            self.check_field(model, field, id_)
        self.assertGreaterEqual(count, self.at_least)

    def get_writable_models(self, env):
        """Return the models of ours that a user may create, or write as a form does."""
        return [
            model
            for name, model in sorted(env.items())
            if name.startswith("sajad.")
            and not model._abstract
            and (model.has_access("create") or model.has_access("write"))
        ]

    def get_foreign(self, comodel):
        """Return the id of a record that the user may not read, if there is any."""
        everything = comodel.sudo().with_context(active_test=False)
        some = everything.search([], limit=200, order="id desc").with_env(comodel.env)
        return (some - some._filtered_access("read"))[:1].id

    def check_field(self, model, field, id_):
        name = field.name
        value = id_ if field.type == "many2one" else [Command.set([id_])]
        spec = {name: {"fields": {"display_name": {}}}, "display_name": {}}
        with_default = model.with_context(**{f"default_{name}": value})
        for call in (
            lambda: model.onchange({name: value}, [name], spec),
            lambda: model.onchange({name: value}, [], spec),
            lambda: with_default.default_get([name]),
            lambda: with_default.onchange({}, [], spec),
            lambda: model.create({name: value}),
            lambda: model.create([{name: value}]),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                call()
        for inverse in self.get_lines(model):
            parent = model.env[inverse.model_name]
            lines = [Command.create({name: value})]
            with self.assertRaises(AccessError):
                parent.onchange(
                    {inverse.name: lines},
                    [inverse.name],
                    {inverse.name: {"fields": {name: spec[name]}}},
                )

    def get_lines(self, model):
        """Return the lists of other models whose lines are of this model."""
        return [
            field
            for parent in self.get_writable_models(model.env)
            for field in parent._fields.values()
            if field.type == "one2many" and field.comodel_name == model._name
        ]
