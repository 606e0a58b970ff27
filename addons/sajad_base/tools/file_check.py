"""What a file really is: never trusted by its name, never unpacked."""

import re
from collections.abc import Callable
from typing import NamedTuple

from odoo.tools.mimetypes import guess_mimetype

from .file_probe import MIN_CONTRAST

BOM = b"\xef\xbb\xbf"
WHITE = b" \t\r\n\f"
STARTS = {
    b"RIFF": "image/webp",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
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


def strip_frame(content):
    """Return a file without what programs put around it.

    Scanners and mailers write an empty line or a byte order mark before a PDF, and pad
    its end; viewers do not mind, and neither do we.
    """
    return content.removeprefix(BOM).lstrip(WHITE).rstrip(WHITE + b"\0")


def _look_at_pdf(content):
    bare = strip_frame(content)
    if not bare.startswith(b"%PDF-") or b"%%EOF" not in bare[-2048:]:
        return "damaged", None
    if MARKUP.search(bare[:1024]) or _is_archive(bare):
        return "foreign", None
    return "", bare


def _look_at_picture(content):
    if _is_archive(content) or MARKUP.search(content[-TAIL:]):
        return "foreign", None
    return "", content


def _is_archive(content):
    """Whether it can be opened as an archive as well, as none of a person's papers."""
    return ZIP_END in content[-TAIL:]


def guess_type(content):
    """Return the MIME type of a content: ours by their first bytes."""
    for start, mimetype in STARTS.items():
        if content.startswith(start):
            return mimetype
    if strip_frame(content[:1024]).startswith(b"%PDF-"):
        return "application/pdf"
    return guess_mimetype(content)


class FileType(NamedTuple):
    """A kind of file; `look` says what is seen at once, and what is to be read.

    As (fault, content or None). Faults are named as in
    `sajad.upload.text._get_fault_text`.
    """

    label: str
    mimetype: str
    endings: tuple[str, ...]
    look: Callable[[bytes], tuple]


PDF = FileType("PDF", "application/pdf", (".pdf",), _look_at_pdf)
JPG = FileType("JPG", "image/jpeg", (".jpg", ".jpeg"), _look_at_picture)
PNG = FileType("PNG", "image/png", (".png",), _look_at_picture)
# what the editor of texts makes of pictures
WEBP = FileType("WEBP", "image/webp", (".webp",), _look_at_picture)


# points of the shorter and the longer side, below which no letter can be read
MIN_SIDES = (200, 280)
# levels of grey, 0 to 255: far below what a bad photograph of a page has
MIN_LIGHT = 70
MIN_SHARP = 8


class Accepted(NamedTuple):
    """What one place of a form takes; `max_size` in bytes of each file.

    `is_paper`: somebody has to read it, so that it must show something.
    """

    types: tuple[FileType, ...] = (PDF, JPG, PNG)
    max_size: int = 10 * 1024**2
    max_count: int = 10
    max_pages: int = 500
    is_paper: bool = False

    @property
    def endings(self):
        """The endings of names, as the browser's dialog of files wants them."""
        return ",".join(ending for kind in self.types for ending in kind.endings)

    def get_ending(self, content):
        """Return the ending of a content that came without a name, or ""."""
        mimetype = guess_type(content)
        endings = [kind.endings[0] for kind in self.types if kind.mimetype == mimetype]
        return endings[0] if endings else ""

    def is_ending(self, name):
        """Whether a name ends as one of a file that is taken."""
        return any(name.lower().endswith(kind.endings) for kind in self.types)

    def find_type(self, name, mimetype):
        """Return the type that both the name and the content say, or None."""
        for kind in self.types:
            # the name says what the person means, the content what it is
            if kind.mimetype == mimetype and name.lower().endswith(kind.endings):
                return kind
        return None

    def find_flaw(self, facts):
        """Return what keeps a sound file from being taken here, or "".

        :param facts: those of a `Reading`
        """
        if facts.get("pages", 1) > self.max_pages:
            return "too_many_pages"
        if not self.is_paper:
            return ""
        if facts.get("empty"):
            return "blank"
        return _find_picture_flaw(facts) if "light" in facts else ""


def _find_picture_flaw(facts):
    sides = sorted((facts["width"], facts["height"]))
    if any(side < least for side, least in zip(sides, MIN_SIDES, strict=True)):
        return "small"
    if facts["light"] < MIN_LIGHT:
        return "dark"
    if facts["light"] - facts["dark"] < MIN_CONTRAST:
        return "blank"
    return "blurred" if facts["sharp"] < MIN_SHARP else ""


# scans of papers: what forms take unless they say otherwise
PAPERS = Accepted()
