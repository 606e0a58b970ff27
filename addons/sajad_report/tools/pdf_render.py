"""Turns HTML documents into PDF with WeasyPrint."""

import logging
import warnings
from urllib.parse import urljoin

# It tells of every step, and of every table of a font, at level INFO.
logging.getLogger("weasyprint").setLevel(logging.WARNING)
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
logging.getLogger("fontTools").setLevel(logging.WARNING)
# Pages bring their fonts: a server needs none.
warnings.filterwarnings("ignore", "No fonts configured in FontConfig")

# pylint: disable=wrong-import-position
import weasyprint  # noqa: E402
from weasyprint.css.counters import CounterStyle  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402

from . import pdf_lines  # noqa: E402
from .pdf_fetcher import BASE_URL, AddonsFetcher  # noqa: E402

pdf_lines.install()


class Renderer:
    """Lays out many documents of one report.

    Fonts and stylesheets are read once. Every document is laid out on its own: it has
    its own page numbers, and the time grows only with the number of documents.
    """

    def __init__(self, folders, stylesheets=(), variant=None):
        """Read the stylesheets.

        :param folders: where addons lie, as `odoo.addons.__path__`
        :param stylesheets: list of ("href" or "text", value)
        :param variant: of PDF, such as "pdf/a-3u"; None for a plain one
        """
        self.fetcher = AddonsFetcher(folders)
        self.fonts = FontConfiguration()
        self.counters = CounterStyle()
        self.options = {"pdf_variant": variant} if variant else {}
        self.stylesheets = [self._read(*sheet) for sheet in stylesheets]

    def _read(self, kind, value):
        source = {"string": value}
        if kind == "href":
            source = {"url": urljoin(BASE_URL, value)}
        return weasyprint.CSS(
            base_url=source.get("url", BASE_URL),
            url_fetcher=self.fetcher,
            font_config=self.fonts,
            counter_style=self.counters,
            **source,
        )

    def lay_out(self, content):
        """Return the pages of one HTML document."""
        source = weasyprint.HTML(
            string=content, base_url=BASE_URL, url_fetcher=self.fetcher
        )
        return source.render(
            font_config=self.fonts,
            counter_style=self.counters.copy(),
            stylesheets=self.stylesheets,
            **self.options,
        )

    def join(self, documents):
        """Return one PDF of documents that were laid out, each with its own numbers."""
        first = documents[0]
        pages = [page for document in documents for page in document.pages]
        joined = first if len(documents) == 1 else first.copy(pages)
        return joined.write_pdf(**self.options)

    def render(self, content):
        """Return the PDF of one HTML document."""
        return self.join([self.lay_out(content)])
