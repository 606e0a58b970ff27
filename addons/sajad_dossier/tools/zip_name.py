"""Names of zip entries as the program that made the zip meant them."""

import unicodedata
import zlib

UTF8_FLAG = 0x800
UNICODE_PATH = 0x7075
# Windows writes names in its Persian or Arabic code pages, old DOS programs in theirs
CODE_PAGES = ("cp1256", "cp720", "cp864")
PLAIN = " _-.()[]/\\,،"


def decode_name(info):
    """Return the name of a `ZipInfo`.

    7-Zip says that its names are UTF-8. macOS and Linux write UTF-8 and do not say so,
    Windows Explorer writes in the code page of the machine: `zipfile` takes both for
    that of the first PC.
    """
    if info.flag_bits & UTF8_FLAG or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437")
    if name := _find_unicode_path(info, raw):
        return name
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return max(_decode_all(raw), key=_count_letters)


def _find_unicode_path(info, raw):
    """Return the name of the extra field that some programs write beside, or ""."""
    rest = info.extra
    while len(rest) >= 4:
        kind, size = (int.from_bytes(rest[i : i + 2], "little") for i in (0, 2))
        field, rest = rest[4 : 4 + size], rest[4 + size :]
        same = int.from_bytes(field[1:5], "little") == zlib.crc32(raw)
        if kind == UNICODE_PATH and same and field[5:]:
            return field[5:].decode(errors="replace")
    return ""


def _decode_all(raw):
    for page in CODE_PAGES:
        yield raw.decode(page, errors="replace")


def _count_letters(name):
    """Return how much of a name is what names are made of, in one script."""
    return sum(
        2 if "ARABIC LETTER" in unicodedata.name(char, "") else char.isascii()
        for char in name
        if char.isalnum() or char in PLAIN
    )
