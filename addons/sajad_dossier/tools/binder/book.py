"""The PDF that grows paper by paper."""

import signal
import sys
from contextlib import contextmanager

import sheets
from marks import Marks
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PdfReadError
from pypdf.generic import NameObject, TextStringObject

# for one paper; that of the process is set where it begins
SECONDS = 20
MAX_PAGES = 5000
BUFFER = 1024**2


class Fault(Exception):  # noqa: N818  it is no error of ours
    """Why a paper is not in the book; the names are those of `sajad.dossier.pdf`."""


@contextmanager
def patience(seconds):
    def stop(_signal, _frame):
        raise Fault("heavy")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


class Book:
    """Papers in their order; every page is clean and upright."""

    def __init__(self):
        self.writer = PdfWriter()
        self.writer.pdf_header = "%PDF-1.7"
        self.stamped = []  # for each page, whether it bears the watermark
        self.is_torn = False

    def add(self, paper):
        """Bind a paper; return its pages, or what is wrong with it.

        :param dict paper: path, mimetype, stamp
        :return: {"pages": number, "fault": "" or a name, "dropped": list of names}
        """
        before = len(self.stamped)
        try:
            with patience(SECONDS):
                pages, dropped = self._bind(paper)
        except Fault as fault:
            return self._tear_out(before, str(fault))
        except MemoryError:
            return self._tear_out(before, "heavy")
        except Exception:  # noqa: BLE001  whatever a decoder stumbles over
            return self._tear_out(before, "damaged")
        self.stamped += [paper["stamp"]] * pages
        return {"pages": pages, "fault": "", "dropped": sorted(dropped)}

    def _bind(self, paper):
        if paper["mimetype"].startswith("image/"):
            return self._bind_picture(paper["path"]), set()
        reader = PdfReader(paper["path"])
        # one that is locked against changes alone came in: every reader opens it
        if reader.is_encrypted and not reader.decrypt(""):
            raise Fault("password")
        if len(reader.pages) + len(self.stamped) > MAX_PAGES:
            raise Fault("pages")
        if not reader.pages:
            raise PdfReadError("no pages")
        return sheets.add_sheets(self.writer, reader)

    def _bind_picture(self, path):
        if sys.modules.get("PIL") is None:
            sys.modules.pop("PIL", None)
        import pictures  # noqa: PLC0415  loads Pillow, which most dossiers do not need

        return pictures.add_picture(self.writer, path)

    def _tear_out(self, before, fault):
        for number in range(len(self.writer.pages) - 1, before - 1, -1):
            self.writer.remove_page(number)
        self.is_torn = True
        return {"pages": 0, "fault": fault, "dropped": []}

    def write(self, target, front, stamp, numbers, bookmarks, info, lang):
        """Put the front before the papers, mark all pages, write the file.

        :param front: path of the pages before the papers, or None
        :param stamp: path of a page to lay over those that bear a watermark, or None
        :param numbers: path of a page with the font of numbers, or None
        :param bookmarks: list of {title, page, level}; pages are counted from 0
        """
        for number, page in enumerate(PdfReader(front).pages if front else ()):
            self.writer.insert_page(page, number)
            self.stamped.insert(number, False)
        marks = Marks(self.writer, stamp, numbers)
        for number, page in enumerate(self.writer.pages):
            marks.put(page, number + 1, self.stamped[number])
        self._add_bookmarks(bookmarks)
        self.writer.add_metadata(info)
        self.writer.root_object[NameObject("/Lang")] = TextStringObject(lang)
        if self.is_torn:
            # what was read of a paper that is not in it must not be in the file
            self.writer.compress_identical_objects(remove_unreferenced=True)
        # given a path, the library would write each object by itself
        with open(target, "wb", buffering=BUFFER) as file:
            self.writer.write(file)
        return {"pages": len(self.stamped)}

    def _add_bookmarks(self, bookmarks):
        parents = {-1: None}
        for bookmark in bookmarks:
            level = bookmark["level"]
            parents[level] = self.writer.add_outline_item(
                bookmark["title"], bookmark["page"], parent=parents[level - 1]
            )
