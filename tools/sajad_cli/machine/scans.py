"""Tesseract with Persian, by which the text of scans is found; unpacked where missing.

Nothing else needs it: without it the search does not look into scans, and says so.
"""

import os

from .. import proc
from ..ui import Problem, say
from .directory import join_paths, unpack_beside
from .syslibs import library_folders

LANGUAGE = "fas"
# the last two are what the first needs besides libraries
WANTED = [
    "tesseract-ocr",
    "tesseract-ocr-fas",
    "tesseract-ocr-eng",
    "tesseract-ocr-osd",
    # opens what some scanners put into PDFs
    "jbig2dec",
]


def has_persian(listing):
    """Whether the output of ``tesseract --list-langs`` names Persian."""
    return LANGUAGE in listing.split()


def _reads_persian(env):
    try:
        listing = proc.capture(["tesseract", "--list-langs"], env=os.environ | env)
    except (OSError, Problem):
        return False
    return has_persian(listing)


def ensure(settings, archives, path, env):
    """Return the folders for PATH and the variables with which Odoo finds Tesseract.

    :param path: the folders so far
    :param dict env: the variables that Odoo gets so far
    """
    if _reads_persian({}):
        return path, env
    prefix = settings.prefix / "scans"
    if not (prefix / ".complete").exists():
        say("Tesseract with Persian, for the search in scans")
    try:
        unpack_beside(settings, archives, "scans", WANTED)
    except Problem as problem:
        say(f"NOTE: {problem.what}; the search does not look into scans")
        return path, env
    known = env.get("LD_LIBRARY_PATH") or os.environ.get("LD_LIBRARY_PATH", "")
    (data,) = prefix.glob("usr/share/tesseract-ocr/*/tessdata")
    env = env | {
        "LD_LIBRARY_PATH": join_paths(*library_folders(prefix), known),
        "TESSDATA_PREFIX": str(data),
    }
    return [*path, prefix / "usr/bin"], env
