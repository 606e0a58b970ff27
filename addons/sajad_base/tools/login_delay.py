"""How long a person waits after wrong passwords."""

# of one account from everywhere: others may try, and its owner should not suffer
FREE_ANYWHERE = 10
FIRST = 15  # seconds
LONGEST = 15 * 60
# of an address with all accounts that never signed in there: a campus shares one
FREE_ADDRESS = 30
# one of them is forgotten after so many seconds
FORGET = 60
# after this long nobody remembers
MEMORY = 24 * 60 * 60


def get_delay(failures, free):
    """Return the seconds to wait after so many wrong passwords, `free` of them free.

    The first delay is short, each further one twice as long.
    """
    over = failures - free
    return min(FIRST * 2 ** min(over, 10), LONGEST) if over >= 0 else 0


def get_level(count, passed):
    """Return how many wrong passwords of an address are not forgotten yet.

    :param count: how many there were at the last one
    :param passed: seconds since then
    """
    return max(count - passed // FORGET, 0)


def get_address_delay(count, passed):
    """Return the seconds that an address has to wait: until there is room for one more.

    Whoever tries many accounts gets on with one a minute; it never grows, so that
    newcomers behind the same address are not locked out.
    """
    over = get_level(count, passed) - FREE_ADDRESS
    return (over + 1) * FORGET - passed % FORGET if over >= 0 else 0
