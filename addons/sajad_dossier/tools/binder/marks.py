"""What is written over pages: their number, and who looks where a paper asks for it."""

from decimal import Decimal

from pikepdf import Array, Dictionary, Pdf

FONT, STAMP = "/SajadNumber", "/SajadStamp"
SIZE = 8


class Marks:
    """Fonts and forms that all pages share; a mark is a few bytes."""

    def __init__(self, pdf, stamp, numbers):
        self.pdf = pdf
        self.font = self._take_font(numbers) if numbers else None
        self.stamp, self.stamp_size = self._take_stamp(stamp) if stamp else (None, None)
        self.begin = pdf.make_stream(b"q\n")

    def _take_font(self, path):
        with Pdf.open(path) as pdf:
            fonts = pdf.pages[0].resources.Font
            # the library's own letters are there as well; ours is made of a file
            font = next(f for f in fonts.as_dict().values() if "/ToUnicode" in f)
            return self.pdf.copy_foreign(font)

    def _take_stamp(self, path):
        with Pdf.open(path) as pdf:
            page = pdf.pages[0]
            left, bottom, right, top = map(float, page.mediabox)
            form = self.pdf.copy_foreign(page.as_form_xobject())
        return form, (right - left, top - bottom)

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
        own = page.obj.get("/Contents", Array())
        parts = own if isinstance(own, Array) else [own]
        tail = self.pdf.make_stream(tail)
        page.obj.Contents = Array([self.begin, *parts, tail])

    def _add_resource(self, page, kind, name, value):
        resources = page.obj.get("/Resources")
        if resources is None:
            resources = page.obj.Resources = Dictionary()
        if kind not in resources:
            resources[kind] = Dictionary()
        resources[kind][name] = value


def get_view(page):
    """Return how points of a page as it is seen go to its own, and its size.

    :return: (matrix as bytes, width, height)
    """
    x, y, right, top = map(float, page.cropbox)
    width, height = right - x, top - y
    turn = page.obj.get("/Rotate", 0)
    # whatever else stands there, viewers show the page as it is
    turn = int(turn) % 360 if isinstance(turn, int | Decimal) else 0
    matrix = {
        0: (1, 0, 0, 1, x, y),
        90: (0, 1, -1, 0, x + width, y),
        180: (-1, 0, 0, -1, x + width, y + height),
        270: (0, -1, 1, 0, x, y + height),
    }.get(turn, (1, 0, 0, 1, x, y))
    if turn in (90, 270):
        width, height = height, width
    return " ".join(f"{n:.2f}" for n in matrix).encode(), width, height
