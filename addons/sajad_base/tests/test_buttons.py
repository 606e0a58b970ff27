from lxml import etree

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestButtons(TransactionCase):
    """What buttons of our views call can be called by them."""

    def test_methods_take_records(self):
        """The web client sends ids, and a method of the model has no place for them."""
        models = [("model", "=like", "sajad.%")]
        views = self.env["ir.ui.view"].search(models)
        seen = 0
        for view in views:
            for button in etree.fromstring(view.arch).iter("button"):
                Model = self.get_model(view, button)
                if button.get("type") != "object" or Model is None:
                    continue
                seen += 1
                # some are the own matter of a widget
                method = getattr(Model, button.get("name"), None)
                with self.subTest(f"{view.name} {button.get('name')}"):
                    self.assertFalse(getattr(method, "_api_model", False))
        self.assertGreater(seen, 50)

    def get_model(self, view, node):
        """Return the model of which a view shows a node, or None."""
        Model = self.env[view.model]
        for field in reversed(list(node.iterancestors("field"))):
            comodel = getattr(Model._fields.get(field.get("name")), "comodel_name", "")
            if not comodel:
                return None
            Model = self.env[comodel]
        return Model
