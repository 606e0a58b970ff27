from . import controllers
from . import models

from odoo.addons.payment import reset_payment_provider, setup_provider


def post_init_hook(env):
    """Give the provider its methods, as Odoo's own providers do."""
    setup_provider(env, "zibal")


def uninstall_hook(env):
    """Leave payments that were made, and no way to make another."""
    reset_payment_provider(env, "zibal")
