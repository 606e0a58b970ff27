"""Paths inside zips and folders: which are taken, and which nobody put there."""

import re
import unicodedata

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# what macOS and Windows leave beside the files
LITTER = {"thumbs.db", "desktop.ini", ".ds_store", ".spotlight-v100", ".trashes"}
DRIVE = re.compile(r"^[A-Za-z]:")
PACKED = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".cab", ".iso")
MAX_PATH = 400

OUTSIDE = _lt("Its path leads out of the zip.")
IN_A_ZIP = _lt("It is an archive inside the archive. Unpack it first.")
LONG = _lt("Its path is longer than %(count)s characters.", count=MAX_PATH)
UNREADABLE = _lt("Its name cannot be read.")


def is_litter(path):
    """Whether a program put it there: __MACOSX, ._ files, Thumbs.db."""
    parts = path.replace("\\", "/").split("/")
    name = parts[-1].lower()
    return "__MACOSX" in parts or name.startswith("._") or name in LITTER


def find_path(path):
    """Return (path in NFC with slashes, lazy sentence why it is not taken or "").

    macOS takes letters apart (NFD); old programs of Windows write backslashes.
    """
    path = unicodedata.normalize("NFC", path.replace("\\", "/"))
    parts = path.split("/")
    if path.startswith("/") or DRIVE.match(path) or ".." in parts:
        return path[:MAX_PATH], OUTSIDE
    path = "/".join(part for part in parts if part not in ("", "."))
    if len(path) > MAX_PATH:
        return path[:MAX_PATH], LONG
    if "\ufffd" in path or "\x00" in path or not path.isprintable() and _odd(path):
        return path.replace("\x00", ""), UNREADABLE
    if path.lower().endswith(PACKED):
        return path, IN_A_ZIP
    return path, ""


def _odd(path):
    """Whether there is a control character; half spaces and marks are none."""
    return any(unicodedata.category(char) in ("Cc", "Cs", "Co") for char in path)
