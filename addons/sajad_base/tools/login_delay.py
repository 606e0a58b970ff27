"""How long a person waits after wrong passwords."""

# of one account from everywhere: others may try, and its owner should not suffer
FREE_ANYWHERE = 10
FIRST = 15  # seconds
LONGEST = 15 * 60
# after this long nobody remembers
MEMORY = 24 * 60 * 60


def get_delay(failures, free):
    """Return the seconds to wait after so many wrong passwords, `free` of them free.

    The first delay is short, each further one twice as long.
    """
    over = failures - free
    return min(FIRST * 2 ** min(over, 10), LONGEST) if over >= 0 else 0
