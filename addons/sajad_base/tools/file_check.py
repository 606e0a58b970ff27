"""What a file really is: never trusted by its name, never unpacked."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

from PIL import Image, UnidentifiedImageError

MAX_PIXELS = 50_000_000
TAIL = 66_000
# a name like form.exe.pdf is made to be misread
RUNNABLE = re.compile(
    r"\.(exe|com|scr|pif|bat|cmd|msi|ps1|vbs?|jse?|wsf|hta|html?|xhtml|svgz?|xml|php\d?"
    r"|jar|apk|sh|py|lnk|reg|dll|zip|rar|7z|docm|xlsm)\.",
    re.IGNORECASE,
)
# the directory of a zip archive stands at its end
ZIP_END = b"PK\x05\x06"
MARKUP = re.compile(rb"<(?:!doctype|html|script|svg|iframe|object)\b", re.IGNORECASE)
# right-to-left marks turn «gpj.exe» into «exe.jpg», control characters break headers
HIDDEN = re.compile(
    r"[\u0000-\u001f\u007f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def clean_name(name):
    """Return the name without what is there to be misread."""
    return HIDDEN.sub("", name).strip() or "file"


def is_misnamed(name):
    """Whether the name hides a second, runnable kind."""
    return bool(RUNNABLE.search(clean_name(name)))


def _is_pdf(content):
    return (
        content.startswith(b"%PDF-")
        and b"%%EOF" in content[-2048:]
        and not MARKUP.search(content[:1024])
        and not _is_archive(content)
    )


def _is_jpg(content):
    return content.startswith(b"\xff\xd8\xff") and _is_picture(content)


def _is_png(content):
    return content.startswith(b"\x89PNG\r\n\x1a\n") and _is_picture(content)


def _is_archive(content):
    """Whether it can be opened as an archive as well, as none of a person's papers."""
    return ZIP_END in content[-TAIL:]


def _is_picture(content):
    """Whether the picture can be drawn: only its header and structure are read."""
    if _is_archive(content) or MARKUP.search(content[-TAIL:]):
        return False
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                return False
            picture.verify()
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
    ):
        return False
    return True


class FileType(NamedTuple):
    """A kind of file; `is_sound` tells of a content whether it is nothing else."""

    label: str
    mimetype: str
    endings: tuple[str, ...]
    is_sound: Callable[[bytes], bool]


PDF = FileType("PDF", "application/pdf", (".pdf",), _is_pdf)
JPG = FileType("JPG", "image/jpeg", (".jpg", ".jpeg"), _is_jpg)
PNG = FileType("PNG", "image/png", (".png",), _is_png)


class Accepted(NamedTuple):
    """What one place of a form takes; `max_size` in bytes of each file."""

    types: tuple[FileType, ...] = (PDF, JPG, PNG)
    max_size: int = 10 * 1024**2
    max_count: int = 10

    @property
    def endings(self):
        """The endings of names, as the browser's dialog of files wants them."""
        return ",".join(ending for kind in self.types for ending in kind.endings)

    def find_type(self, name, mimetype):
        """Return the type that both the name and the content say, or None."""
        for kind in self.types:
            # the name says what the person means, the content what it is
            if kind.mimetype == mimetype and name.lower().endswith(kind.endings):
                return kind
        return None


# scans of papers: what forms take unless they say otherwise
PAPERS = Accepted()
