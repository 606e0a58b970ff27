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
        name: model.env.context.get(f"default_{name}")
        for name in ("author_id", "email_from")
    }
    for vals in vals_list:
        if not _is_own(user, {**defaults, **vals}):
            raise AccessError(
                model.env._("Messages are written in one's own name only.")
            )


def _is_own(user, vals):
    author, sender = vals.get("author_id"), vals.get("email_from")
    # what Odoo fills in for a person without an address too
    own = (user.email_formatted, user.partner_id.email_formatted)
    addresses = {email_normalize(text) for text in own if text} - {False}
    return (not author or author == user.partner_id.id) and (
        not sender or sender in own or email_normalize(sender) in addresses
    )
