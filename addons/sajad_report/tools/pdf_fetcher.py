"""What a printed page may load: files of the addons' static folders, and data URIs.

Templates print what people typed, so a page must reach neither the network nor the
disk (row E4).
"""

import os
import re
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

# Addresses of a page are relative; this host, which does not exist, marks them.
BASE_URL = "https://addons.invalid/"
MIME_TYPES = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
STATIC_PATH = re.compile(r"[a-z][a-z0-9_]*/static(/[\w@-][\w.@+-]*)+", re.ASCII)


class RefusedError(ValueError):
    """The page asked for something that it may not load."""


def get_static_path(url, folders):
    """Return the file of an address of the addons.

    :param folders: where addons lie, as `odoo.addons.__path__`
    :raise RefusedError: another host, another folder, or an unknown kind of file
    :raise FileNotFoundError: there is no such file
    """
    parts = urlsplit(url)
    base = urlsplit(BASE_URL)
    path = unquote(parts.path).removeprefix("/")
    # no name begins with a dot, so that nothing climbs out of the folder
    allowed = (parts.scheme, parts.netloc) == (base.scheme, base.netloc)
    if not allowed or not STATIC_PATH.fullmatch(path):
        raise RefusedError(f"refused: {url[:200]}")
    if get_extension(path) not in MIME_TYPES:
        raise RefusedError(f"refused kind of file: {url[:200]}")
    for folder in folders:
        found = os.path.join(folder, path)
        if os.path.isfile(found):
            return found
    raise FileNotFoundError(path)


def get_extension(path):
    """Return the extension of a path in lower case, with its dot."""
    return "." + path.rpartition(".")[2].lower()


class AddonsFetcher(URLFetcher):
    """Loads static files of addons and data URIs, refuses everything else."""

    def __init__(self, folders):
        self.folders = folders
        super().__init__(allowed_protocols=["data"], allow_redirects=False)

    def fetch(self, url, headers=None):
        """Return the content of an address.

        :raise RefusedError: the address is not one that a page may load
        """
        if url[:5].lower() == "data:":
            return super().fetch(url, headers)
        path = get_static_path(url, self.folders)
        with open(path, "rb") as file:
            content = file.read()
        mime_type = MIME_TYPES[get_extension(path)]
        return URLFetcherResponse(url, content, {"Content-Type": mime_type})
