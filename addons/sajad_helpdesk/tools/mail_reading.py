"""What a mail that came in really is: automatic, mislabelled, quoted, packed."""

import mimetypes
import re

from lxml import html

from odoo.tools import html2plaintext

# a robot of any of these never opens a request and is never answered
ROBOTS = re.compile(
    r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+@-]|$)", re.I
)
AUTOMATIC_SUBJECT = re.compile(
    r"^\s*(auto(matic)?[ -]?(reply|response)|out of (the )?office|vacation|"
    r"undeliver|delivery status|returned mail|پاسخ خودکار|عدم حضور|خارج از دفتر)",
    re.I,
)
AUTOMATIC_HEADERS = (
    "X-Auto-Response-Suppress",
    "X-Autoreply",
    "X-Autorespond",
    "X-Auto-Reply-From",
    "X-Vacation",
    "List-Id",
    "List-Unsubscribe",
)
BULK = ("bulk", "junk", "list", "auto_reply", "auto-reply")
# what the text of a mail is; anything else is a file
READ = ("text/plain", "text/html")
# what says UTF-8 best says it strictly; Persian mails are else Windows-1256
CHARSETS = ("utf-8", "cp1256")

# what opens the text of the mail that is answered: attributes of its first element
QUOTES = (
    "//*[contains(concat(' ', @class, ' '), ' gmail_quote ')]",
    "//*[@id='appendonsend' or @id='divRplyFwdMsg' or @id='reply-intro']",
    "//*[@id='zwchr' or @data-marker='__DIVIDER__' or @data-marker='__HEADERS__']",
    "//*[@data-marker='__QUOTED_TEXT__']",
    "//div[contains(@style, 'border-top:solid') and contains(@style, '1.0pt')]",
    "//blockquote[@type='cite' or contains(@style, 'border-left')]",
)
HEADS = re.compile(
    r"^\s*(-{2,}\s*(original message|forwarded message|پیام اصلی|پیام ارجاع شده)"
    r"\s*-{2,}|_{20,}"
    r"|(on|در تاریخ|در)\b.{0,200}(wrote|نوشت|نوشته است|نوشته)\s*[:：]"
    r"|(from|از)\s*:.{3,200})\s*$",
    re.I,
)


def is_automatic(message):
    """Whether a program sent the mail, and not a person.

    :param message: an `email.message.EmailMessage`
    """
    submitted = (message.get("Auto-Submitted") or "no").strip().lower()
    precedence = (message.get("Precedence") or "").strip().lower()
    sender = (message.get("From") or "").rsplit("<", 1)[-1].strip("> ")
    return bool(
        not submitted.startswith("no")
        or precedence in BULK
        or any(message.get(name) for name in AUTOMATIC_HEADERS)
        or (message.get("Return-Path") or "").strip() == "<>"
        or message.get_content_type() == "multipart/report"
        or any(map(_is_calendar_reply, message.walk()))
        or ROBOTS.match(sender)
        or AUTOMATIC_SUBJECT.match(str(message.get("Subject") or ""))
    )


def _is_calendar_reply(part):
    """Whether a calendar says in it that its owner comes to a meeting, or does not."""
    method = part.get_param("method") or ""
    return part.get_content_type() == "text/calendar" and method.upper() == "REPLY"


def is_forged(message):
    """Whether our own mail server found that somebody else sent it.

    The topmost header is that of the last server, which is ours.
    """
    found = str(message.get("Authentication-Results") or "").lower()
    return "dmarc=fail" in found


def repair(message):
    """Mend what mail programs get wrong, before the mail is read.

    Texts get the charset that they are in, files the name that telephones leave out,
    and mails within the mail become files, so that their text is not taken for what the
    sender wrote.
    """
    for part in list(message.walk()):
        if part.get_content_type() == "message/rfc822":
            _pack(part)
        elif part.get_filename() or part.is_multipart():
            continue
        elif part.get_content_type() in READ:
            _name_charset(part)
        else:
            _name_file(part)


def _name_file(part):
    """Name a file by what it says that it is; without an ending it is refused."""
    kind = part.get_content_maintype()
    ending = mimetypes.guess_extension(part.get_content_type()) or ".bin"
    how = part.get_content_disposition() or "inline"
    del part["Content-Disposition"]
    part.add_header("Content-Disposition", how, filename=f"{kind}{ending}")


def _pack(part):
    inner = part.get_payload(0)
    name = re.sub(r"[^\w .-]", "_", str(inner.get("Subject") or "message"))[:60]
    content = inner.as_bytes()
    part.clear_content()
    part.set_content(
        content,
        maintype="application",
        subtype="octet-stream",
        filename=f"{name.strip() or 'message'}.eml",
    )


def _name_charset(part):
    raw = part.get_payload(decode=True) or b""
    for charset in (part.get_content_charset() or "ascii", *CHARSETS):
        try:
            raw.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
        part.set_param("charset", charset)
        return


def repair_text(text):
    """Return a header with raw UTF-8 in it as it was meant."""
    raw = (text or "").encode("utf-8", "surrogateescape")
    return raw.decode("utf-8", "replace")


def get_own_text(body):
    """Return what the sender wrote as plain text, without what was answered.

    :param str body: HTML of the mail; the caller keeps it as it is
    """
    whole = html2plaintext(body or "", include_references=False)
    text = _cut_lines(html2plaintext(_cut_nodes(body), include_references=False))
    # some answer below, and between the lines
    return text or _drop_quoted_lines(whole) or whole.strip()


def _cut_nodes(body):
    if not (body or "").strip():
        return ""
    # a fragment has a parent whatever it holds
    root = html.fragment_fromstring(str(body), create_parent="div")
    for path in QUOTES:
        for node in root.xpath(f".{path}"):
            _drop_from(node, root)
    return html.tostring(root, encoding="unicode")


def _drop_from(node, root):
    """Drop a node and all that stands after it, in whatever it lies."""
    if root not in node.iterancestors():
        return  # dropped with another one
    parent = node.getparent()
    for following in [*node.itersiblings(), node]:
        parent.remove(following)
    while parent is not root:
        for following in list(parent.itersiblings()):
            following.getparent().remove(following)
        parent.tail = None
        parent = parent.getparent()


def _cut_lines(text):
    lines = []
    for line in text.splitlines():
        if HEADS.match(line) or line.startswith(">"):
            break
        lines.append(line)
    return "\n".join(lines).strip()


def _drop_quoted_lines(text):
    lines = [
        line
        for line in text.splitlines()
        if not line.startswith(">") and not HEADS.match(line)
    ]
    return "\n".join(lines).strip()
