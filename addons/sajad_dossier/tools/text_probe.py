"""Finds the text of one file, in a process of its own; prints it as JSON.

Started by `text_reader.py` with the kind of the file and the languages of Tesseract as
its arguments (none: scans are not read), and the file at its standard input. Reading
strangers' files may take all time and memory: the limits below are those of this
process and of each that it starts. It knows nothing of Odoo, which would read PDFs
without the limits that the library has.
"""

import json
import re
import resource
import subprocess
import sys
import time
from io import BytesIO

MEMORY = 1024**3
# of a file that a decoder writes for another one
FILE_SIZE = 64 * 1024**2
# seconds of CPU of each process, and of the whole file and of one scan by the clock
SECONDS = 90
BUDGET = 90
PATIENCE = 30
MAX_PAGES = 100
MAX_CHARS = 200_000
MAX_PIXELS = 50_000_000
# more points do not make letters clearer, and take longer
SIDE = 2500
# what is smaller is a stamp or an ornament
MIN_SIDE = 150
# letters of a page below which the pictures on it are read
FEW_LETTERS = 20
PERSIAN = "fas"
LATIN = "eng"
# tells which way a page stands
SIDEWAYS = "osd"
TURN = re.compile(r"^Rotate: (90|180|270)$", re.MULTILINE)
SURE = re.compile(r"^Orientation confidence: (\d+)", re.MULTILINE)
# it is less sure of pages that stand as they should, and of drawings
SURE_ENOUGH = 3


class Scans:
    """Reads pictures while there is time; counts those that it did not read."""

    def __init__(self, languages):
        self.languages = languages
        self.end = time.monotonic() + BUDGET
        self.read = self.left = 0

    def find_text(self, picture):
        """Return the text on a picture, or "" when it is not read."""
        if min(picture.size) < MIN_SIDE:
            return ""
        if not self.languages or time.monotonic() > self.end:
            self.left += 1
            return ""
        self.read += 1
        picture.thumbnail((SIDE, SIDE))
        page = self.turn(picture.convert("L"))
        text = self.ask(page, PERSIAN)
        # both languages at once turn small Persian words into Latin ones
        if LATIN in self.languages and count_persian(text) < FEW_LETTERS:
            text += "\n" + self.ask(page, LATIN)
        return text

    def turn(self, picture):
        """Return the bytes of a picture upright; what is kept of it stays as it is."""
        page = save(picture)
        if SIDEWAYS not in self.languages:
            return page
        said = self.ask(page, SIDEWAYS, "--psm", "0")
        turn, sure = TURN.search(said), SURE.search(said)
        if not turn or not sure or int(sure[1]) < SURE_ENOUGH:
            return page
        return save(picture.rotate(-int(turn[1]), expand=True))

    def ask(self, content, language, *options):
        argv = ["tesseract", "stdin", "stdout", "-l", language, *options]
        try:
            done = subprocess.run(
                argv, input=content, capture_output=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            self.left += 1
            return ""
        return done.stdout.decode(errors="replace")


def save(picture):
    stream = BytesIO()
    picture.save(stream, "PPM")
    return stream.getvalue()


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))


def count_persian(text):
    return sum("\u0621" <= letter <= "\u06cc" for letter in text)


def read_picture(content, scans):
    from PIL import Image, ImageOps  # noqa: PLC0415  after the limits

    with Image.open(BytesIO(content)) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            scans.left += 1
            return ""
        return scans.find_text(ImageOps.exif_transpose(picture))


def read_pdf(content, scans):
    """Return (the text layer of the pages, the text on their pictures)."""
    from pypdf import PdfReader  # noqa: PLC0415

    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        reader.decrypt("")
    layers, texts = [], []
    for page in reader.pages[:MAX_PAGES]:
        layers.append(page.extract_text())
        if sum(letter.isalnum() for letter in layers[-1]) < FEW_LETTERS:
            texts += read_pictures(page, scans)
    scans.left += max(len(reader.pages) - MAX_PAGES, 0)
    return "\n".join(layers), "\n".join(texts)


def read_pictures(page, scans):
    for name in page.images.keys():  # noqa: SIM118  each is decoded when it is asked for
        try:
            picture = page.images[name].image
        except Exception:  # noqa: BLE001  a coder that is not here, a damaged picture
            scans.left += 1
            continue
        if picture is not None:
            yield scans.find_text(picture.rotate(-page.rotation, expand=True))


def probe(content, mimetype, languages):
    """Return what was found in a file: layer, scan, read, left and fault."""
    scans = Scans(languages)
    layer, scan, fault = "", "", ""
    try:
        if mimetype == "application/pdf":
            layer, scan = read_pdf(content, scans)
        else:
            scan = read_picture(content, scans)
    except MemoryError:
        fault = "heavy"
    except Exception:  # noqa: BLE001  whatever a decoder stumbles over
        fault = "damaged"
    return {
        "layer": layer[:MAX_CHARS],
        "scan": scan[:MAX_CHARS],
        "read": scans.read,
        "left": scans.left,
        "fault": fault,
    }


if __name__ == "__main__":
    limit()
    found = probe(sys.stdin.buffer.read(), sys.argv[1], sys.argv[2:])
    sys.stdout.write(json.dumps(found))
