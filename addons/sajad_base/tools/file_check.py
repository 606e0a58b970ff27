"""What a file of a student really is: never trusted by its name, never unpacked."""

import re
from io import BytesIO

from PIL import Image, UnidentifiedImageError

MAX_PIXELS = 50_000_000
TAIL = 66_000
HEADS = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
}
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


def is_sound(content, mimetype):
    """Whether the content is a file of this type from its first byte to its last."""
    if not content.startswith(HEADS[mimetype]):
        return False
    # a file that is an archive or a page as well is none of a student's papers
    if ZIP_END in content[-TAIL:]:
        return False
    if mimetype == "application/pdf":
        return b"%%EOF" in content[-2048:] and not MARKUP.search(content[:1024])
    return not MARKUP.search(content[-TAIL:]) and _is_picture(content)


def _is_picture(content):
    """Whether the picture can be drawn: only its header and structure are read."""
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
