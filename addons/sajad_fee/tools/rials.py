"""Amounts of rials, as people read them in the language of an environment."""

from num2words import CONVERTER_CLASSES, num2words

from odoo.tools.misc import formatLang


def get_currency_id(env):
    """Return the id of the rial.

    `env.ref` asks the database each time; thousands of rows have one currency.
    """
    return env["ir.model.data"]._xmlid_to_res_id("base.IRR")


def to_figures(env, amount):
    """Return rials in digits, grouped by thousands."""
    return env._("%(amount)s rials", amount=formatLang(env, amount, digits=0))


def to_words(env, amount):
    """Return rials in words, or an empty text where there are none."""
    if not amount:
        return ""
    code = (env.lang or "en_US").partition("_")[0]
    words = num2words(round(amount), lang=code if code in CONVERTER_CLASSES else "en")
    return env._("%(words)s rials", words=words)
