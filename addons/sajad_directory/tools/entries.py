"""What an entry of a directory says, whatever the directory calls it."""

from odoo.addons.sajad_persian.tools.normalize import normalize_text

# Active Directory: the account is disabled
ACCOUNTDISABLE = 2
# the usual filters: who may sign in, found by the login
FILTERS = {
    "ldap": "(uid=%s)",
    "ad": "(&(objectCategory=person)(objectClass=user)(sAMAccountName=%s))",
}
# the usual attributes that hold the student number
NUMBERS = {"ldap": "uid", "ad": "sAMAccountName"}


def get_values(entry, names):
    """Return the texts of attributes of an entry, in any case of their names."""
    wanted = {name.lower() for name in names if name}
    return [
        normalize_text(value.decode("utf-8", "replace"))
        for name, values in entry[1].items()
        if name.lower() in wanted
        for value in values
    ]


def is_disabled(entry):
    """Return whether the directory itself calls the account disabled."""
    values = get_values(entry, ("userAccountControl", "nsAccountLock"))
    return any(
        value.upper() == "TRUE" or (value.isdigit() and int(value) & ACCOUNTDISABLE)
        for value in values
    )
