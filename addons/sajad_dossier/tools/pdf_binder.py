"""Has papers bound into one PDF by the program in `binder/` (row C10)."""

import contextlib
import io
import json
import logging
import os
import queue
import subprocess
import sys
import threading
from functools import cache
from tempfile import TemporaryFile

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from odoo.tools import file_path

_logger = logging.getLogger(__name__)

PROGRAM = os.path.join(os.path.dirname(__file__), "binder")
FONT = "sajad_report/static/fonts/vazirmatn/Vazirmatn-FD-Regular.ttf"
# seconds from the first paper to the last byte
PATIENCE = 300

# the process of the next dossier: half of the time of a small one is its beginning
_ahead = queue.Queue(maxsize=1)


class BindError(Exception):
    """The papers took more time or memory than papers need."""


def _begin():
    """Return a process that waits for papers, and what it says of its faults."""
    errors = TemporaryFile()  # noqa: SIM115  it lives as long as the process
    process = subprocess.Popen(
        [sys.executable, "-I", PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
    )
    return process, errors


def _end(process, errors):
    process.kill()
    process.communicate()
    errors.close()


def _take():
    with contextlib.suppress(queue.Empty):
        process, errors = _ahead.get_nowait()
        if process.poll() is None:
            return process, errors
        _end(process, errors)
    return _begin()


def _begin_ahead():
    if _ahead.empty():
        begun = _begin()
        try:
            _ahead.put_nowait(begun)
        except queue.Full:
            _end(*begun)


def close_ahead():
    """End the process that waits for a dossier, before its time."""
    with contextlib.suppress(queue.Empty):
        _end(*_ahead.get_nowait())


class Binder:
    """One run of the program: first the papers, then what stands before them.

    Between the two the caller knows how many pages there are, and can say so in a list
    of contents; the papers are read once.
    """

    def __init__(self, folder):
        self.folder = folder

    def __enter__(self):
        self.process, self.errors = _take()
        self.timer = threading.Timer(PATIENCE, self.process.kill)
        self.timer.start()
        return self

    def __exit__(self, *_exception):
        self.timer.cancel()
        _end(self.process, self.errors)
        _begin_ahead()

    def examine(self, papers):
        """Have the papers read; return for each its pages and what is wrong with it.

        :param papers: list of {path, mimetype, stamp}
        :return: list of {pages, fault, dropped}
        :raise BindError: it took too much
        """
        return self._ask(papers)

    def bind(self, front=None, stamp=None, bookmarks=(), info=None, lang="fa-IR"):
        """Write the PDF; return its path and the number of its pages.

        :param front: the PDF before the papers, as bytes
        :param stamp: a PDF of one page to lay over those that bear a watermark
        :param bookmarks: list of {title, page, level}
        :raise BindError: it took too much
        """
        target = self._get_path("bound.pdf")
        answer = self._ask(
            {
                "target": target,
                "front": self._save("front.pdf", front),
                "stamp": self._save("stamp.pdf", stamp),
                # what stands alone has no numbers of its own
                "numbers": self._save("numbers.pdf", front and make_numbers()),
                "bookmarks": list(bookmarks),
                "info": info or {},
                "lang": lang,
            }
        )
        return target, answer["pages"]

    def _ask(self, question):
        try:
            self.process.stdin.write(json.dumps(question) + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            self.errors.seek(0)
            said = self.errors.read()[-2000:].decode(errors="replace")
            _logger.info("No PDF was bound: %s", said)
            raise BindError
        return json.loads(answer)

    def _save(self, name, content):
        if not content:
            return None
        path = self._get_path(name)
        with open(path, "wb") as file:
            file.write(content)
        return path

    def _get_path(self, name):
        return os.path.join(self.folder, name)


@cache
def make_numbers():
    """Return a PDF whose page has the font of page numbers.

    Its ASCII digits have Persian glyphs: what is copied or searched is ASCII.
    """
    name = "SajadNumber"
    pdfmetrics.registerFont(TTFont(name, file_path(FONT), asciiReadable=True))
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setFont(name, 8)
    canvas.drawString(0, 0, "0123456789")
    canvas.save()
    return stream.getvalue()
