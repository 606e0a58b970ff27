"""QR codes as drawings: sharp at every size, and small in the file."""

import base64

from reportlab.graphics.barcode.qr import QrCodeWidget


def get_qr_uri(value, level="M"):
    """Return a QR code as data URI for the `src` of an image.

    Drawn as vector: reportlab's pictures need a library that is not everywhere.

    :param level: how much of the code may be damaged, L, M, Q or H
    """
    widget = QrCodeWidget(str(value), barLevel=level)
    widget.qr.make()
    rows = widget.qr.modules
    size = len(rows)
    path = "".join(
        f"M{x} {y}h{length}"
        for y, row in enumerate(rows)
        for x, length in _get_runs(row)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        f'width="{size}" height="{size}">'
        # each run is one stroke: a filled box is five points, and thrice as dear
        f'<path transform="translate(0 .5)" stroke="#000" d="{path}"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _get_runs(row):
    """Yield (start, length) of the dark runs of a row."""
    start = None
    for x, dark in enumerate([*row, False]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            yield start, x - start
            start = None
