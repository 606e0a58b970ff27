"""What is written over pages: their number, and who looks where a paper asks for it."""

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    StreamObject,
)

FONT, STAMP = "/SajadNumber", "/SajadStamp"
SIZE = 8


class Marks:
    """Fonts and forms that all pages share; a mark is a few bytes."""

    def __init__(self, writer, stamp, numbers):
        self.writer = writer
        self.font = self._take_font(numbers) if numbers else None
        self.stamp, self.stamp_size = self._take_stamp(stamp) if stamp else (None, None)
        self.begin = self._add(b"q\n")

    def _take_font(self, path):
        fonts = PdfReader(path).pages[0]["/Resources"]["/Font"]
        # the library's own letters are there as well; ours is made of a file
        font = next(f for f in fonts.values() if "/ToUnicode" in f.get_object())
        return font.get_object().clone(self.writer).indirect_reference

    def _take_stamp(self, path):
        page = PdfReader(path).pages[0]
        form = StreamObject()
        form.set_data(page.get_contents().get_data())
        form.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): page.mediabox.clone(self.writer),
                NameObject("/Resources"): page["/Resources"].clone(self.writer),
            }
        )
        size = float(page.mediabox.width), float(page.mediabox.height)
        return self.writer._add_object(form), size

    def put(self, page, number, is_stamped):
        """Write the marks of a page upright, however the page is turned."""
        matrix, width, height = get_view(page)
        parts = [b"\nQ q %s cm" % matrix]
        if is_stamped and self.stamp:
            parts.append(self._get_stamp_part(width, height))
            self._add_resource(page, "/XObject", STAMP, self.stamp)
        if self.font:
            parts.append(self._get_number_part(number, width))
            self._add_resource(page, "/Font", FONT, self.font)
        if len(parts) > 1:
            self._surround(page, b"\n".join([*parts, b"Q\n"]))

    def _get_stamp_part(self, width, height):
        own_width, own_height = self.stamp_size
        scale = min(width / own_width, height / own_height)
        x, y = (width - own_width * scale) / 2, (height - own_height * scale) / 2
        place = f"{scale:.4f} 0 0 {scale:.4f} {x:.2f} {y:.2f}"
        return f"q {place} cm {STAMP} Do Q".encode()

    def _get_number_part(self, number, width):
        text = str(number)
        # on a scan that is dark at its edge it has to be read as well
        room = SIZE * (0.65 * len(text) + 1)
        x, y = width / 2 - room / 2, 8
        return (
            f"q 1 g {x:.2f} {y} {room:.2f} {SIZE * 1.5} re f Q "
            f"BT 0.2 g {FONT} {SIZE} Tf {x + SIZE / 2:.2f} {y + 3.5} Td ({text}) Tj ET"
        ).encode()

    def _surround(self, page, tail):
        contents = page.get("/Contents")
        own = contents.get_object() if contents is not None else None
        parts = list(own) if isinstance(own, ArrayObject) else []
        if own is not None and not parts and not isinstance(own, ArrayObject):
            parts = [page.raw_get("/Contents")]
        page[NameObject("/Contents")] = ArrayObject(
            [self.begin, *parts, self._add(tail)]
        )

    def _add(self, data):
        stream = DecodedStreamObject()
        stream.set_data(data)
        return self.writer._add_object(stream)

    def _add_resource(self, page, kind, name, value):
        resources = page.get("/Resources")
        if resources is None:
            resources = page[NameObject("/Resources")] = DictionaryObject()
        resources = resources.get_object()
        if kind not in resources:
            resources[NameObject(kind)] = DictionaryObject()
        resources[kind].get_object()[NameObject(name)] = value


def get_view(page):
    """Return how points of a page as it is seen go to its own, and its size.

    :return: (matrix as bytes, width, height)
    """
    box = page.cropbox
    x, y = float(box.left), float(box.bottom)
    width, height = float(box.width), float(box.height)
    turn = int(page.get("/Rotate", 0) or 0) % 360
    matrix = {
        0: (1, 0, 0, 1, x, y),
        90: (0, 1, -1, 0, x + width, y),
        180: (-1, 0, 0, -1, x + width, y + height),
        270: (0, -1, 1, 0, x, y + height),
    }.get(turn, (1, 0, 0, 1, x, y))
    if turn in (90, 270):
        width, height = height, width
    return " ".join(f"{n:.2f}" for n in matrix).encode(), width, height
