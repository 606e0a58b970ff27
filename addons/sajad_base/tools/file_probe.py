"""Reads one file to its end, in a process of its own; prints what it saw of it.

Started by `file_parse.py` with the kind as its argument and the file at its standard
input. Decoding strangers' files may take all time and memory: the limits below are
those of this process alone. It knows nothing of Odoo, which would read PDFs without
the limits that the library has.
"""

import json
import re
import resource
import select
import struct
import sys
from io import BytesIO

MEMORY = 1024**3
SECONDS = 10
# seconds of CPU of a process that reads many files, and without one to read
LONGEST = 3600
IDLE = 30
MAX_PIXELS = 50_000_000
MAX_PAGES = 500
# bytes of a stream of a PDF, unpacked
MAX_STREAM = 75_000_000
# what stands in a PDF that may do something when it is opened, or hold other files
DOORS = {"/OpenAction", "/AA", "/Names", "/AcroForm"}
# pictures are judged at this width: noise and the grain of paper are gone
JUDGED_WIDTH = 800
# levels of grey between the lightest and the darkest point of what can be read
MIN_CONTRAST = 30
# operators of a page that put letters or lines on it, and not pictures
PAINTS = re.compile(rb"(?<![\w/(])(?:Tj|TJ|'|\"|[SsFfBb]\*?|sh|BI)(?![\w*])")
# bytes for a point in a scan of a page on which there may be nothing; with a letter or
# two there are more, and such a scan is not opened: it takes longest
SPARSE, SPARSE_FAX = 0.03, 0.0005
# bytes of a white page as JBIG2, which nothing here opens
EMPTY_JBIG2 = 300
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def limit(longest):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, longest))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def probe_picture(content, mimetype):
    from PIL import Image  # noqa: PLC0415  after the limits

    Image.MAX_IMAGE_PIXELS = None  # asked for below, with a sentence of its own
    with Image.open(BytesIO(content), formats=[FORMATS[mimetype]]) as picture:
        width, height = picture.size
        if width * height > MAX_PIXELS:
            return "large", {}
        # every row of it: the header alone tells nothing of a file that was cut
        picture.load()
        return "", {"width": width, "height": height, **judge_picture(picture)}


def judge_picture(picture):
    """Return how dark, how light and how sharp a picture is (0 to 255).

    One point in a thousand may be dust.
    """
    from PIL import ImageFilter  # noqa: PLC0415

    grey = make_grey(picture)
    edges = grey.filter(
        ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1)
    )
    # the filter leaves the frame of the picture as it was
    edges = edges.crop((1, 1, max(grey.width - 1, 2), max(grey.height - 1, 2)))
    levels = grey.histogram()
    return {
        "dark": find_level(levels),
        "light": 255 - find_level(levels[::-1]),
        # a signature has few points, and fewer at its edge
        "sharp": 255 - find_level(edges.histogram()[::-1], 10_000),
    }


def make_grey(picture):
    """Return a picture in grey as it looks on a white page, made small."""
    from PIL import Image  # noqa: PLC0415

    if picture.mode.startswith("I"):
        # 16 bits, of which Pillow would cut off all that is no black
        picture = picture.convert("I").point(lambda level: level * (1 / 256))
    elif picture.mode in ("1", "P", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    picture.thumbnail((JUDGED_WIDTH, JUDGED_WIDTH * 4))
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture)
    return picture.convert("L")


def find_level(histogram, share=1000):
    """Return the first level up to which more than one point in `share` lies."""
    rest = sum(histogram) // share
    for level, count in enumerate(histogram):
        rest -= count
        if rest < 0:
            return level
    return len(histogram) - 1


def probe_pdf(content):
    """Read a PDF; what the fast library does not find sound, the strict one judges."""
    return probe_sound_pdf(content) or probe_any_pdf(content)


def probe_sound_pdf(content):
    """Return what is seen of a PDF that has no flaw and shows something, or None.

    The library mends what it can, and says so: a file that was cut is none of these.
    """
    import pikepdf  # noqa: PLC0415  after the limits

    kinds = ("flate", "png", "run_length", "tiff", "dct")
    pikepdf.settings.set_qpdf_limits(**{f"{k}_max_memory": MAX_STREAM for k in kinds})
    try:
        with pikepdf.open(BytesIO(content), suppress_warnings=True) as pdf:
            pages = [] if pdf.is_encrypted else list(pdf.pages)
            if not pages or len(pages) > MAX_PAGES or DOORS & set(pdf.Root.keys()):
                return None
            # each is read to its end, whatever is on the others
            drawn = [is_surely_drawn(page) for page in pages]
            if not any(drawn) or pdf.get_warnings():
                return None
            return "", {"pages": len(pages), "empty": False}
    except Exception:  # noqa: BLE001  whatever it stumbles over
        return None


def is_surely_drawn(page):
    """Whether there is something on a page, without opening its pictures."""
    import pikepdf  # noqa: PLC0415

    parts = page.obj.get("/Contents", [])
    parts = [parts] if isinstance(parts, pikepdf.Stream) else parts
    data = b"\n".join([part.read_bytes() for part in parts])
    if not data.strip() or PAINTS.search(data):
        return bool(data.strip())
    pictures = list(page.resources.get("/XObject", {}).values())
    return not pictures or any(
        picture["/Subtype"] != "/Image"
        or look_at_size(picture, len(picture.read_raw_bytes())) is False
        for picture in pictures
    )


def probe_any_pdf(content):
    from pypdf import PdfReader  # noqa: PLC0415

    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        return ("protected" if is_open(reader) else "password"), {}
    if not reader.pages:
        return "damaged", {}
    if len(reader.pages) > MAX_PAGES:
        return "pages", {}
    if is_active(reader.trailer["/Root"]):
        return "active", {}
    # each is read to its end, whatever is on the others
    drawn = [is_drawn(page) for page in reader.pages]
    return "", {"pages": len(reader.pages), "empty": not any(drawn)}


def is_open(reader):
    """Whether an encrypted PDF asks nobody for a password: what it forbids is else."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # noqa: BLE001  it is refused in any case
        return True


def is_drawn(page):
    """Whether there is something on a page of a PDF, as far as it is told at once."""
    content = page.get_contents()
    data = content.get_data() if content is not None else b""
    if not data.strip():
        return False
    if PAINTS.search(data):
        return True
    try:
        return not is_white_scan(page)
    except Exception:  # noqa: BLE001  what cannot be told is something
        return True


def is_white_scan(page):
    """Whether a page has pictures, and each is known to be a scan of nothing."""
    resources = page.get("/Resources", {}).get_object()
    things = resources.get("/XObject", {}).get_object()
    pictures = {name: thing.get_object() for name, thing in things.items()}
    return bool(pictures) and all(
        picture["/Subtype"] == "/Image" and is_white(page, name, picture)
        for name, picture in pictures.items()
    )


def is_white(page, name, picture):
    """Whether a picture on a page is known to be a scan of nothing."""
    white = look_at_size(picture, len(picture._data))
    if white is not None:
        return white
    seen = judge_picture(page.images[name].image)
    return seen["light"] - seen["dark"] < MIN_CONTRAST


def look_at_size(picture, size):
    """Whether a picture of so many bytes is a scan of nothing; None: open it."""
    points = picture.get("/Width", 0) * picture.get("/Height", 0)
    if "/JBIG2Decode" in str(picture.get("/Filter")):
        return size < EMPTY_JBIG2
    is_fax = picture.get("/BitsPerComponent", 8) == 1
    if points > MAX_PIXELS or size > points * (SPARSE_FAX if is_fax else SPARSE):
        return False
    return None


def is_active(root):
    """Whether opening the PDF does something, or it holds other files."""
    action = root.get("/OpenAction")
    action = action.get_object() if action is not None else None
    if isinstance(action, dict) and action.get("/S") != "/GoTo":
        return True
    names = root.get("/Names") or {}
    form = root.get("/AcroForm") or {}
    names, form = names.get_object() if names else {}, form.get_object() if form else {}
    return (
        "/AA" in root
        or "/JavaScript" in names
        or "/EmbeddedFiles" in names
        or "/XFA" in form
    )


def probe(content, mimetype):
    """Return what is wrong with a file and what was seen of it, as JSON."""
    try:
        if mimetype in FORMATS:
            fault, facts = probe_picture(content, mimetype)
        else:
            fault, facts = probe_pdf(content)
    except ImportError as error:
        # a library of the server is missing, and the file is not to blame
        fault, facts = "unread", {"why": str(error)}
    except Exception:  # noqa: BLE001  whatever a decoder stumbles over
        fault, facts = "damaged", {}
    return json.dumps({"fault": fault, "facts": facts})


def take(stream, size):
    """Return so many bytes, or those that came before the end."""
    parts = []
    while size and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def probe_many():
    """Read one file after the other, as `file_reader.py` sends them."""
    # files may come several at once: no buffer may hold what `select` looks for
    stream = sys.stdin.buffer.raw
    while select.select([stream], [], [], IDLE)[0] and (head := take(stream, 12)):
        size, length = struct.unpack(">QI", head)
        mimetype, content = take(stream, length).decode(), take(stream, size)
        # each has the time that it would have in a process of its own
        used = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
        resource.setrlimit(resource.RLIMIT_CPU, (used + 1 + SECONDS, LONGEST))
        sys.stdout.write(probe(content, mimetype) + "\n")
        sys.stdout.flush()


def main(mimetype):
    if mimetype == "many":
        limit(LONGEST)
        probe_many()
    else:
        limit(SECONDS)
        sys.stdout.write(probe(sys.stdin.buffer.read(), mimetype))


if __name__ == "__main__":
    main(sys.argv[1])
