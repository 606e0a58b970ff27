"""Pictures, each on a page of its own, the way up that the camera says (row C10)."""

import zlib

from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageSequence

A4 = (595.28, 841.89)
MARGIN = 28
# a small photograph stays small
LEAST_DPI = 100
MAX_PIXELS = 50_000_000
ORIENTATION = 0x0112
# where a point of the picture (u, v) goes on the page: a, b, c, d, e, f
TURNS = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
SPACES = {"1": Name.DeviceGray, "L": Name.DeviceGray, "RGB": Name.DeviceRGB}


def add_picture(pdf, path):
    """Add a page for each picture of a file; return how many."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    with Image.open(path) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise ValueError("too large")
        if picture.format in ("JPEG", "MPO"):
            # the bytes of the camera, not made anew; a second frame is its preview
            place(pdf, picture, take_jpeg(pdf, picture, path))
            return 1
        count = 0
        for frame in ImageSequence.Iterator(picture):
            place(pdf, frame, take_points(pdf, frame))
            count += 1
        return count


def take_jpeg(pdf, picture, path):
    spaces = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
    with open(path, "rb") as file:
        data = file.read()
    stream = make_image(pdf, picture, data, spaces[picture.mode], Name.DCTDecode)
    if picture.mode == "CMYK" and "adobe" in picture.info:
        # Adobe writes such pictures inverted
        stream.Decode = Array([1, 0] * 4)
    return stream


def take_points(pdf, picture):
    points = flatten(picture)
    data = zlib.compress(points.tobytes(), 6)
    stream = make_image(pdf, points, data, SPACES[points.mode], Name.FlateDecode)
    stream.BitsPerComponent = 1 if points.mode == "1" else 8
    return stream


def flatten(picture):
    """Return a picture in colours that a page has, transparent parts white."""
    if picture.mode in SPACES:
        return picture
    if picture.mode.startswith("I"):
        # 16 bits; Pillow's own way makes almost all of it white
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if "A" in picture.getbands() or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture).convert("RGB")
    return picture.convert("RGB")


def make_image(pdf, picture, data, space, way):
    return Stream(
        pdf,
        data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=space,
        BitsPerComponent=8,
        Filter=way,
    )


def place(pdf, picture, stream):
    """Put a picture on a page of A4, as it was held, as large as it fits."""
    turn = TURNS.get(picture.getexif().get(ORIENTATION, 1), TURNS[1])
    width, height = get_size(picture)
    if not turn[0]:
        width, height = height, width
    sides = A4 if width <= height else A4[::-1]
    room = [side - 2 * MARGIN for side in sides]
    scale = min(room[0] / width, room[1] / height, 1)
    width, height = width * scale, height * scale
    x, y = (sides[0] - width) / 2, (sides[1] - height) / 2
    a, b, c, d, e, f = turn
    matrix = (a * width, b * height, c * width, d * height)
    matrix += (e * width + x, f * height + y)
    page = pdf.add_blank_page(page_size=sides)
    page.obj.Resources = Dictionary(XObject=Dictionary(Picture=stream))
    page.obj.Contents = pdf.make_stream(b"q %s cm /Picture Do Q" % to_bytes(matrix))


def get_size(picture):
    """Return width and height in points; a fax has other points across than down."""
    across, down = picture.info.get("dpi") or (1, 1)
    stretch = float(across) / float(down) if across and down else 1
    if not 0.25 < stretch < 4:
        stretch = 1
    unit = 72 / LEAST_DPI
    return picture.width * unit, picture.height * stretch * unit


def to_bytes(numbers):
    return " ".join(f"{number:.4f}" for number in numbers).encode()
