"""In whose name a user writes (row A11)."""

from odoo.exceptions import AccessError
from odoo.tools import email_normalize


def check_author(model, vals_list):
    """Refuse messages that a user writes in the name of somebody else.

    :raise AccessError: author or sender is another person
    """
    user = model.env.user
    if model.env.su or user.has_group("base.group_system"):
        return
    defaults = {
        name: model.env.context[f"default_{name}"]
        for name in ("author_id", "email_from")
        if f"default_{name}" in model.env.context
    }
    for vals in vals_list:
        written = {**defaults, **vals}
        if not (_is_author(user, written) and _is_sender(user, written)):
            raise AccessError(
                model.env._("Messages are written in one's own name only.")
            )
        if written.get("email_from"):
            # the own address, but whose name stands beside it?
            vals["email_from"] = user.email_formatted


def _is_author(user, vals):
    # nobody's message would be shown under the name beside the address
    nobody = (None, False) if user._is_public() else ()
    return vals.get("author_id", user.partner_id.id) in (user.partner_id.id, *nobody)


def _is_sender(user, vals):
    sender = vals.get("email_from")
    # what Odoo fills in for a person without an address too
    own = (user.email_formatted, user.partner_id.email_formatted)
    addresses = {email_normalize(text) for text in own if text} - {False}
    return not sender or sender in own or email_normalize(sender) in addresses
