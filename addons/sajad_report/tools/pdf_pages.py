"""The HTML of a report as one HTML document for each record."""

import html
from typing import NamedTuple

import lxml.html

ARTICLE = "//*[contains(concat(' ', normalize-space(@class), ' '), ' article ')]"
# space before, between and after these is not shown
BLOCKS = frozenset(
    ["div", "h1", "h2", "li", "p", "table", "tbody", "td", "th", "thead", "tr", "ul"]
)
SHARED = "//link[contains(@rel, 'stylesheet')] | //head//style"


class Page(NamedTuple):
    """The document of one record; `res_id` is None where the report names none."""

    res_id: int | None
    content: str


class Report(NamedTuple):
    """A report in parts: what all records share, and one page for each."""

    pages: list[Page]
    stylesheets: list[tuple[str, str]]  # ("href" or "text", value), in their order
    options: dict[str, str]  # data-report-*, as in Odoo's own reports


def split(content, model):
    """Take the HTML of many records apart.

    Stylesheets are taken out: they are the same for every record and read once.

    :param content: HTML whose elements of class `article` are one record each
    :param model: records of this model are named by `data-oe-id`
    """
    parser = lxml.html.HTMLParser(encoding="utf-8")
    if isinstance(content, str):
        content = content.encode()
    root = lxml.html.document_fromstring(content, parser=parser)
    stylesheets = [_take_stylesheet(node) for node in root.xpath(SHARED)]
    options = {k: v for k, v in root.attrib.items() if k.startswith("data-report-")}
    articles = root.xpath(ARTICLE)
    if articles:
        pages = [_make_page(root, article, model) for article in articles]
    else:
        pages = [Page(None, _to_text(root))]
    return Report(pages, stylesheets, options)


def _take_stylesheet(node):
    if node.tag == "link":
        found = ("href", node.get("href") or "")
    else:
        found = ("text", node.text or "")
    node.getparent().remove(node)
    return found


def _make_page(root, article, model):
    _drop_spaces(article)
    attributes = {k: v for k, v in root.attrib.items() if k in ("lang", "dir")}
    # a record may be printed in the language of its reader
    for name in ("lang", "dir"):
        if article.get(name):
            attributes[name] = article.get(name)
    title = article.get("data-title") or root.findtext(".//title") or ""
    named = article.get("data-oe-model") == model
    return Page(
        int(article.get("data-oe-id") or 0) or None if named else None,
        f"<!DOCTYPE html><html{_join(attributes)}><head>"
        f"<title>{html.escape(title)}</title></head>"
        f"<body{_join(root.find('body').attrib)}>{_to_text(article)}</body></html>",
    )


def _drop_spaces(article):
    """Drop what indents a template: each piece would be laid out as a text."""
    for node in article.iter(*BLOCKS):
        if node.text and node.text.isspace():
            node.text = None
        if node.tail and node.tail.isspace():
            node.tail = None


def _join(attributes):
    return "".join(f' {k}="{html.escape(v)}"' for k, v in attributes.items())


def _to_text(node):
    return lxml.html.tostring(node, encoding="unicode", with_tail=False)
