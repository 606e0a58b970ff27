"""What whoever holds a paper can show: the token of its link, its typed code."""

import hashlib
import hmac
import re
import secrets

TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
# no letters and digits that are taken for each other when they are typed
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 10


def make_token():
    """Return a new token that nobody guesses."""
    return secrets.token_urlsafe(24)


def make_code():
    """Return a new code to type."""
    return "".join(secrets.choice(CODE_LETTERS) for _n in range(CODE_LENGTH))


def digest(token):
    """Return the hash by which a token is found.

    The index holds hashes, so that how long a search takes says nothing about tokens.
    """
    return hashlib.sha256(token.encode()).hexdigest()


def is_same(known, given):
    """Whether two secrets are the same; takes as long for a wrong one."""
    return hmac.compare_digest(known.encode(), given.encode())


def mask(name):
    """Return a name of which only somebody who knows it is sure."""
    return " ".join(f"{word[0]}***" for word in (name or "").split())
