"""Mails byte for byte as programs write them in Persian, made up by us.

Python's own writer chooses charset, encoding and the spelling of names by itself; here
each is what Outlook, Zimbra and Roundcube choose.
"""

import base64
import quopri
import uuid
from urllib.parse import quote

from . import mails

# names as they are typed; Outlook writes its own letters for ی
NAME = "تصویر صفحه ورود.png"


def encode_word(text, charset="utf-8"):
    """Return a text as an encoded word (RFC 2047)."""
    found = base64.b64encode(text.encode(charset)).decode()
    return f"=?{charset}?B?{found}?="


def make_part(kind, content, how="base64", charset="", name=""):
    """Return a part of a mail.

    :param str name: what stands behind Content-Disposition
    """
    head = f"Content-Type: {kind}{charset and f'; charset={charset}'}\r\n"
    if name:
        head += f"Content-Disposition: {name}\r\n"
    if charset:
        content = content.encode(charset)
    body = base64.encodebytes(content)
    if how == "quoted-printable":
        body = quopri.encodestring(content)
    head += f"Content-Transfer-Encoding: {how}\r\n\r\n"
    return head.encode() + body.replace(b"\n", b"\r\n")


def join(kind, *parts):
    """Return a part of parts."""
    mark = uuid.uuid4().hex
    body = b"".join(b"--%s\r\n%s\r\n" % (mark.encode(), part) for part in parts)
    head = f'Content-Type: multipart/{kind}; boundary="{mark}"\r\n\r\n'
    return head.encode() + body + f"--{mark}--\r\n".encode()


def make(sender, to, subject, body, *headers):
    """Return a mail of a part."""
    lines = (
        f"From: {sender}",
        f"To: {to}",
        f"Subject: {subject}",
        f"Message-ID: <{uuid.uuid4()}@mail.example>",
        "Date: Sat, 28 Nov 2026 10:00:00 +0330",
        "MIME-Version: 1.0",
        *headers,
    )
    return "\r\n".join(lines).encode() + b"\r\n" + body


def to_answer(answered):
    """Return the headers of an answer to a mail."""
    number = answered["Message-Id"]
    return f"In-Reply-To: {number}", f"References: {number}"


def name_by_words(name, charset="utf-8"):
    """A name as Outlook writes it: an encoded word in quotes."""
    return f'attachment; filename="{encode_word(name, charset)}"'


def name_by_pieces(name):
    """A name as Roundcube writes it (RFC 2231), too long for one line."""
    text = quote(name)
    # not within a letter
    half = len(text) // 2 // 3 * 3
    half = text.index("%", half)
    return (
        f"attachment;\r\n filename*0*=UTF-8''{text[:half]};\r\n"
        f" filename*1*={text[half:]};\r\n size=100"
    )


def name_at_once(name):
    """A name as Zimbra writes it (RFC 2231)."""
    return f"attachment; filename*=UTF-8''{quote(name)}"


def from_outlook(sender, to, subject, text, picture, *headers):
    """HTML in Windows-1256 with a picture within, a file and the quoted history."""
    # the charset of Windows has no Persian ye
    text, subject = text.replace("ی", "ي"), subject.replace("ی", "ي")
    page = mails.OUTLOOK.format(text=text).replace("ی", "ي")
    page = page.replace("</p>", '<img src="cid:image001.png@01"></p>', 1)
    within = make_part(
        'image/png; name="image001.png"',
        picture,
        name='inline; filename="image001.png"\r\nContent-ID: <image001.png@01>',
    )
    body = join(
        "mixed",
        join(
            "related",
            join(
                "alternative",
                make_part("text/plain", text, "base64", "windows-1256"),
                make_part("text/html", page, "quoted-printable", "windows-1256"),
            ),
            within,
        ),
        make_part("image/png", picture, name=name_by_words(NAME)),
        make_part(
            "application/ms-tnef",
            b"\x78\x9f\x3e\x22xx",
            name='attachment; filename="winmail.dat"',
        ),
    )
    word = encode_word(subject, "windows-1256")
    return make(sender, to, word, body, "X-Mailer: Microsoft Outlook 16.0", *headers)


def from_zimbra(sender, to, subject, text, picture, *headers):
    """HTML in UTF-8, quoted-printable, with the quoted history."""
    body = join(
        "mixed",
        join(
            "alternative",
            make_part("text/plain", text, "quoted-printable", "utf-8"),
            make_part(
                "text/html", mails.ZIMBRA.format(text=text), "quoted-printable", "utf-8"
            ),
        ),
        make_part("image/png", picture, name=name_at_once(NAME)),
    )
    name = "X-Mailer: Zimbra 9.0.0_GA"
    return make(sender, to, encode_word(subject), body, name, *headers)


def from_roundcube(sender, to, subject, text, picture, *headers):
    """Plain text in base64, and a long name of a file in pieces."""
    body = join(
        "mixed",
        make_part("text/plain", mails.ROUNDCUBE.format(text=text), "base64", "utf-8"),
        make_part("image/png", picture, name=name_by_pieces(NAME)),
    )
    name = "User-Agent: Roundcube Webmail/1.6.9"
    return make(sender, to, encode_word(subject), body, name, *headers)


def from_telephone(sender, to, subject, text, picture, *headers):
    """A picture without a name between two texts, as telephones send it."""
    body = join(
        "mixed",
        make_part("text/plain", text, "quoted-printable", "utf-8"),
        make_part("image/jpeg", picture, name="inline"),
        make_part("text/plain", "ارسال از تلفن همراه", "base64", "utf-8"),
    )
    return make(sender, to, encode_word(subject), body, "X-Mailer: iPhone", *headers)


def accept_meeting(sender, to, *headers):
    """What a calendar sends for whom an invitation is accepted."""
    event = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    event += "ATTENDEE;PARTSTAT=ACCEPTED:mailto:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    body = join(
        "alternative",
        make_part("text/plain", "پذیرفته شد", "base64", "utf-8"),
        make_part("text/calendar; method=REPLY", event, "base64", "utf-8"),
    )
    return make(sender, to, encode_word("پذیرفته شد: جلسه"), body, *headers)


def stay_away(sender, to, *headers):
    """What an account says whose owner is away."""
    body = make_part("text/plain", "تا شنبه در دفتر نیستم.", "base64", "utf-8")
    subject = encode_word("پاسخ خودکار: درخواست")
    said = ("Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All")
    return make(sender, to, subject, body, *said, *headers)


def bounce(sender, to, *headers):
    """What a mail server says that reaches nobody (RFC 3464)."""
    body = join(
        "report; report-type=delivery-status",
        make_part("text/plain", "The mail could not be delivered.", "base64", "utf-8"),
        make_part("message/delivery-status", b"Action: failed\r\n", "quoted-printable"),
    )
    return make(
        f"MAILER-DAEMON <{sender}>",
        to,
        "Undelivered Mail Returned to Sender",
        body,
        "Return-Path: <>",
        "Auto-Submitted: auto-replied",
        *headers,
    )
