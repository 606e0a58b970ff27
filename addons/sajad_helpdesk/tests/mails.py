"""Mails as mail programs write them in Persian, made up by us."""

import uuid
from email.message import EmailMessage
from email.policy import SMTP

OUTLOOK = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv="Content-Type" content="text/html; charset=windows-1256"></head>
<body lang="FA" dir="rtl"><div class="WordSection1">
<p class="MsoNormal" dir="RTL"><span lang="FA">{text}</span><o:p></o:p></p>
<p class="MsoNormal" dir="RTL"><span lang="FA">با احترام</span></p>
<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">
<p class="MsoNormal"><b>From:</b> Sajad &lt;support@desk.example&gt;<br>
<b>Sent:</b> Saturday<br><b>Subject:</b> x</p></div>
<p class="MsoNormal" dir="RTL">متن رایانامه پیشین</p></div></body></html>"""
ZIMBRA = """<html><body><div style="font-family: tahoma; font-size: 10pt" dir="rtl">
<div>{text}</div><div><br></div><hr id="zwchr" data-marker="__DIVIDER__">
<div data-marker="__HEADERS__"><b>From: </b>"Sajad" &lt;support@desk.example&gt;<br>
<b>Sent: </b>Saturday</div><div data-marker="__QUOTED_TEXT__">متن رایانامه پیشین</div>
</div></body></html>"""
GMAIL = """<div dir="rtl">{text}</div><br><div class="gmail_quote"><div dir="rtl">
در تاریخ شنبه نوشت:<br></div><blockquote class="gmail_quote"
style="border-left:1px solid">متن رایانامه پیشین</blockquote></div>"""
ROUNDCUBE = """{text}

با احترام

در تاریخ ۱۴۰۵/۰۹/۰۷ ۱۰:۲۰، سامانه نوشت:
> متن رایانامه پیشین
> خط دوم
"""
BELOW = """On 2026-11-28 10:20, Sajad wrote:
> متن رایانامه پیشین

{text}
"""
TEXT = "هنوز نمی‌توانم وارد شوم"


def make_mail(sender, to, subject="مشکل ورود", text=TEXT, files=(), **headers):
    """Return a plain mail as bytes.

    :param files: [(name, content, maintype, subtype)]
    :param headers: further ones, `_` for `-`
    """
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-Id"] = headers.pop("Message_Id", f"<{uuid.uuid4()}@mail.example>")
    message["Date"] = "Sat, 28 Nov 2026 10:00:00 +0330"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if "<html" in text or "<div" in text:
        message.set_content("text only")
        message.add_alternative(text, subtype="html")
    else:
        message.set_content(text)
    for name, content, maintype, subtype in files:
        message.add_attachment(
            content, maintype=maintype, subtype=subtype, filename=name
        )
    return message.as_bytes()


def mislabel(sender, to, charset, raw, label):
    """Return a mail whose text is in one charset, and says that it is in another."""
    head = (
        f"From: {sender}\r\nTo: {to}\r\nSubject: test\r\nMessage-Id: <{label}-{charset}"
        f"@mail.example>\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset={label}\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return head.encode() + raw.encode(charset)
