"""What the method behind a route cannot be called without."""

import inspect
from functools import lru_cache

FREE = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


@lru_cache(maxsize=4096)
def get_needed(endpoint):
    """Return the names of the parameters without a default, as a frozen set."""
    return frozenset(
        name
        for name, parameter in inspect.signature(endpoint).parameters.items()
        if parameter.default is parameter.empty and parameter.kind not in FREE
    )
