"""The PDF that grows paper by paper."""

import signal
from contextlib import ExitStack, contextmanager

import pikepdf
import sheets
from marks import Marks

# for one paper, asked between two calls of the library: what stays in one is ended with
# the process, by the limits that it begins with
SECONDS = 20
MAX_PAGES = 5000
# bytes go over as they are in the papers
AS_THEY_ARE = {
    "min_version": "1.7",
    "compress_streams": False,
    "stream_decode_level": pikepdf.StreamDecodeLevel.none,
    "object_stream_mode": pikepdf.ObjectStreamMode.disable,
}


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
        self.pdf = pikepdf.new()
        self.stamped = []  # for each page, whether it bears the watermark

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
        # one that is locked against changes alone came in: every reader opens it
        try:
            paper = pikepdf.open(paper["path"], suppress_warnings=True)
        except pikepdf.PasswordError as error:
            raise Fault("password") from error
        if len(paper.pages) + len(self.stamped) > MAX_PAGES:
            raise Fault("pages")
        if not paper.pages:
            raise pikepdf.PdfError("no pages")
        return sheets.add_sheets(self.pdf, paper)

    def _bind_picture(self, path):
        import pictures  # noqa: PLC0415  loads Pillow, which most dossiers do not need

        return pictures.add_picture(self.pdf, path)

    def _tear_out(self, before, fault):
        # what only these pages name is not written
        del self.pdf.pages[before:]
        return {"pages": 0, "fault": fault, "dropped": []}

    def write(self, target, front, stamp, numbers, bookmarks, info, lang):
        """Put the front before the papers, mark all pages, write the file.

        :param front: path of the pages before the papers, or None
        :param stamp: path of a page to lay over those that bear a watermark, or None
        :param numbers: path of a page with the font of numbers, or None
        :param bookmarks: list of {title, page, level}; pages are counted from 0
        """
        with ExitStack() as stack:
            if front:
                before = stack.enter_context(pikepdf.open(front)).pages
                self.stamped[:0] = [False] * len(before)
                for number, page in enumerate(before):
                    self.pdf.pages.insert(number, page)
            marks = Marks(self.pdf, stamp, numbers)
            for number, page in enumerate(self.pdf.pages):
                marks.put(page, number + 1, self.stamped[number])
            self._add_bookmarks(bookmarks)
            for key, value in info.items():
                self.pdf.docinfo[key] = value
            self.pdf.Root.Lang = pikepdf.String(lang)
            self.pdf.save(target, **AS_THEY_ARE)
        return {"pages": len(self.stamped)}

    def _add_bookmarks(self, bookmarks):
        with self.pdf.open_outline() as outline:
            parts = {-1: outline.root}
            for bookmark in bookmarks:
                item = pikepdf.OutlineItem(bookmark["title"], bookmark["page"])
                parts[bookmark["level"] - 1].append(item)
                parts[bookmark["level"]] = item.children
