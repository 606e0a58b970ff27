"""Connections with a directory: how long one waits, and in which envelope."""

import ldap

from odoo.addons.auth_ldap.models.res_company_ldap import LDAPWrapper

# seconds that a sign-in waits for a directory that does not answer
PATIENCE = 5
UNREACHABLE = (
    ldap.SERVER_DOWN,
    ldap.CONNECT_ERROR,
    ldap.TIMEOUT,
    ldap.UNAVAILABLE,
    ldap.BUSY,
)
# where a sign-in remembers that a directory did not answer
DOWN = "sajad_directory_down"
# the ports on which directories answer, readable and under LDAPS; the second pair is
# Active Directory's for a whole forest
PORTS = ((389, 636), (3268, 3269))


class Connection(LDAPWrapper):
    """A connection that remembers in ``cache`` that nobody answered."""

    def __init__(self, wrapper, cache):
        super().__init__(wrapper.__obj__)
        self.cache = cache

    def _ask(self, name, *args, **kwargs):
        try:
            return getattr(super(), name)(*args, **kwargs)
        except UNREACHABLE:
            self.cache[DOWN] = True
            raise

    def search_st(self, *args, **kwargs):
        return self._ask("search_st", *args, **kwargs)

    def simple_bind_s(self, *args, **kwargs):
        return self._ask("simple_bind_s", *args, **kwargs)


def get_port(port, encryption):
    """Return the usual port instead of a usual one of another encryption."""
    for ports in PORTS:
        if port in ports:
            return ports[encryption == "ldaps"]
    return port


def open_ldaps(conf, chases_referrals):
    """Return a connection that is encrypted from its first byte."""
    address = f"{conf['ldap_server']}:{conf['ldap_server_port']}"
    connection = ldap.initialize(f"ldaps://{address}")
    if not chases_referrals:
        connection.set_option(ldap.OPT_REFERRALS, ldap.OPT_OFF)
    return LDAPWrapper(connection)
