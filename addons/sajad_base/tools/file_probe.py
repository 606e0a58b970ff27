"""Reads one file to its end, in a process of its own; prints what is wrong with it.

Started by `file_parse.py` with the kind as its argument and the file at its standard
input. Decoding strangers' files may take all time and memory: the limits below are
those of this process alone. It knows nothing of Odoo, which would read PDFs without
the limits that the library has.
"""

import resource
import sys
from io import BytesIO

MEMORY = 1024**3
SECONDS = 10
MAX_PIXELS = 50_000_000
MAX_PAGES = 500
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def probe_picture(content, mimetype):
    from PIL import Image  # noqa: PLC0415  after the limits

    Image.MAX_IMAGE_PIXELS = None  # asked for below, with a sentence of its own
    with Image.open(BytesIO(content), formats=[FORMATS[mimetype]]) as picture:
        width, height = picture.size
        if width * height > MAX_PIXELS:
            return "large"
        # every row of it: the header alone tells nothing of a file that was cut
        picture.load()
    return ""


def probe_pdf(content):
    from pypdf import PdfReader  # noqa: PLC0415

    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        return "password"
    if not reader.pages:
        return "damaged"
    if len(reader.pages) > MAX_PAGES:
        return "pages"
    for page in reader.pages:
        content = page.get_contents()
        if content is not None:
            content.get_data()
    return ""


def main(mimetype):
    limit()
    content = sys.stdin.buffer.read()
    try:
        if mimetype in FORMATS:
            fault = probe_picture(content, mimetype)
        else:
            fault = probe_pdf(content)
    except Exception:  # noqa: BLE001  whatever a decoder stumbles over
        fault = "damaged"
    sys.stdout.write(fault or "sound")


if __name__ == "__main__":
    main(sys.argv[1])
