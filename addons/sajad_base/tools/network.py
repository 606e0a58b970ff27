"""Addresses of visitors, cut so that they are nobody's."""

import ipaddress


def truncate_address(address, bits=(24, 48)):
    """Return the network of an address, or False if it is none.

    :param bits: how much of it is kept, of IPv4 and of IPv6
    """
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return False
    prefix = bits[0] if parsed.version == 4 else bits[1]
    return str(ipaddress.ip_network((parsed, prefix), strict=False))
