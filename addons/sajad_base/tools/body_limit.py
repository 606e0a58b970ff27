"""How many bytes of a request are read before it is refused (row E5)."""

from odoo.http import request

from .file_check import PAPERS

# a form without files
MAX_FORM = 2 * 1024**2
# all that one place takes, and one file more, so that the form can say so itself
MAX_PAPERS = PAPERS.max_size * (PAPERS.max_count + 1)
OURS = "odoo.addons.sajad_"


def let_in(get_size):
    """Return what `max_content_length` of a route with files is.

    :param get_size: bytes of the files, or a function that returns them
    """

    def get_limit(_controller):
        size = get_size() if callable(get_size) else get_size
        # never more than an administrator lets in everywhere
        return min(size + MAX_FORM, request.httprequest.max_content_length)

    return get_limit


def is_plain_form(endpoint):
    """Whether a route is ours alone and says nothing of files."""
    if "max_content_length" in endpoint.routing:
        return False
    method = endpoint.func
    homes = [
        kind.__module__
        for kind in type(method.__self__).__mro__
        if method.__name__ in vars(kind)
    ]
    # what is Odoo's and only extended here keeps Odoo's limit
    return all(home.startswith(OURS) for home in homes)
