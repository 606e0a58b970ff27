"""Zips and folders with scans: what is in them, and what is not taken.

Nothing is unpacked to the disk; entries are read one by one, each within its limit.
"""

import io
import os
import stat
import zipfile
import zlib
from typing import NamedTuple

from odoo.tools.translate import LazyTranslate

from .file_name import find_path, is_litter
from .zip_name import decode_name

_lt = LazyTranslate(__name__)

MAX_ENTRIES = 20_000
MAX_TOTAL = 20 * 1024**3
# the largest limit that a kind of document may have
MAX_FILE = 20 * 1024**2
# an entry of the directory of a zip: its longest name and what else stands there
MAX_DIRECTORY = MAX_ENTRIES * 1024
# what a small file becomes many times larger than is no scan
MAX_RATIO = 200
PLAIN_RATIO = 1024**2

TOO_MANY = _lt("It holds more than %(count)s files. Divide it.", count=MAX_ENTRIES)
TOO_MUCH = _lt("It holds more than %(size)s GB. Divide it.", size=20)
NO_ZIP = _lt(
    "The file is no zip, or it is damaged and cannot be read. Make it again; RAR and "
    "7Z are not taken."
)
NO_FOLDER = _lt("There is no such folder on the server.")
LINK = _lt("It is a link and no file.")
PASSWORD = _lt("It is protected with a password. Make the zip without one.")
TOO_LARGE = _lt("It is larger than %(size)s MB.", size=MAX_FILE // 1024**2)
BOMB = _lt("Unpacked it would be more than %(ratio)s times as large.", ratio=MAX_RATIO)
DAMAGED = _lt("It is damaged inside the zip.")
METHOD = _lt("It is packed in a way that is not read here. Make a plain zip.")
GONE = _lt("It is not there any more, or was changed meanwhile.")


class SourceError(Exception):
    """The zip or folder is not taken; with a lazy `sentence` for who chose it."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


class Entry(NamedTuple):
    """A file; `problem` is a lazy sentence when it is not taken."""

    path: str
    size: int
    key: str  # what it is read by
    problem: str = ""


class ZipSource:
    """A zip, as Windows Explorer, 7-Zip and macOS make them."""

    def __init__(self, stream):
        _check_directory(stream)
        try:
            self.archive = zipfile.ZipFile(stream)
        # the last one is what zipfile raises at a zip of a kind that it does not read
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise SourceError(NO_ZIP) from error

    def list(self):
        """Return an `Entry` for each file, without what programs put in besides.

        :raise SourceError: they are too many or too large
        """
        entries, total = [], 0
        for position, info in enumerate(self.archive.infolist()):
            name = decode_name(info)
            if info.is_dir() or name.endswith("/") or is_litter(name):
                continue
            total += info.file_size
            path, problem = find_path(name)
            problem = problem or _find_problem(info)
            entries.append(Entry(path, info.file_size, str(position), problem))
        return _check_total(entries, total)

    def get_bytes(self, key):
        """Return the bytes of an entry.

        :raise SourceError: it is damaged
        """
        info = self.archive.infolist()[int(key)]
        try:
            return self.archive.read(info)
        # raised by zipfile at a way of packing that it does not know
        except NotImplementedError as error:
            raise SourceError(METHOD) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as e:
            raise SourceError(DAMAGED) from e


class FolderSource:
    """A folder on the server; links are not followed."""

    def __init__(self, folder):
        if not os.path.isdir(folder):
            raise SourceError(NO_FOLDER)
        self.folder = folder

    def list(self):
        """Return an `Entry` for each file below the folder, as `ZipSource` does."""
        entries, total = [], 0
        for path in self._walk(self.folder):
            name = os.path.relpath(path, self.folder)
            if is_litter(name):
                continue
            info = os.lstat(path)
            total += info.st_size
            shown, problem = find_path(os.fsencode(name).decode(errors="replace"))
            if not stat.S_ISREG(info.st_mode):
                problem = LINK
            elif info.st_size > MAX_FILE:
                problem = problem or TOO_LARGE
            entries.append(Entry(shown, info.st_size, name, problem))
            if len(entries) > MAX_ENTRIES:
                break
        return _check_total(entries, total)

    def _walk(self, folder):
        with os.scandir(folder) as found:
            for entry in sorted(found, key=lambda e: e.name):
                if entry.is_dir(follow_symlinks=False):
                    yield from self._walk(entry.path)
                else:
                    yield entry.path

    def get_bytes(self, key):
        """Return the bytes of a file.

        :raise SourceError: it is gone, or has become a link
        """
        path = os.path.join(self.folder, key)
        try:
            if os.path.realpath(path) != os.path.abspath(path):
                raise SourceError(LINK)
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with open(handle, "rb") as file:
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    raise SourceError(LINK)
                return file.read(MAX_FILE + 1)
        except OSError as error:
            raise SourceError(GONE) from error


def open_zip(content):
    """Return the `ZipSource` of bytes or of an open file."""
    return ZipSource(io.BytesIO(content) if isinstance(content, bytes) else content)


def _check_directory(stream):
    """Refuse a directory that would fill the memory before it can be counted."""
    try:
        # no public way tells its size
        end = zipfile._EndRecData(stream)
    except (OSError, zipfile.BadZipFile) as error:
        raise SourceError(NO_ZIP) from error
    if not end:
        raise SourceError(NO_ZIP)
    if end[zipfile._ECD_ENTRIES_TOTAL] > 2 * MAX_ENTRIES:
        raise SourceError(TOO_MANY)
    if end[zipfile._ECD_SIZE] > MAX_DIRECTORY:
        raise SourceError(TOO_MANY)


def _find_problem(info):
    if info.flag_bits & 0x1:
        return PASSWORD
    if stat.S_ISLNK(info.external_attr >> 16):
        return LINK
    if info.file_size > MAX_FILE:
        return TOO_LARGE
    if info.file_size > max(PLAIN_RATIO, MAX_RATIO * info.compress_size):
        return BOMB
    return ""


def _check_total(entries, total):
    if len(entries) > MAX_ENTRIES:
        raise SourceError(TOO_MANY)
    if total > MAX_TOTAL:
        raise SourceError(TOO_MUCH)
    return entries
