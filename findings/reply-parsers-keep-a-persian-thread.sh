#!/bin/sh
# mail-parser-reply 1.36 (13 languages), email-reply-parser 0.5.12, talon 1.4.4 (pip).
# Behaviour: the line that a Persian mail program puts above what it quotes («در تاریخ …
# نوشت:») is known to none of the three. Two of them then keep the whole thread as the
# new answer, even its lines that begin with ">"; the third drops those lines and keeps
# the heading. The same mail with the English line is cut rightly by all three.
# Seen (lines kept of: answer, blank, heading, two quoted): Persian 5, 3, 5; English 1, 1, 1.
# Why it matters: a support desk that reads e-mail shows the officer's own words as the
# student's answer, searches them, and counts them as an answer of the requester.
set -eu
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" -q --disable-pip-version-check install \
    mail-parser-reply==1.36 email-reply-parser==0.5.12 talon==1.4.4 setuptools==75.8.0 2>/dev/null
"$tmp/v/bin/python" -W ignore > "$tmp/seen" 2>"$tmp/err" <<'E' || { cat "$tmp/err"; exit 1; }
from email_reply_parser import EmailReplyParser
from mailparser_reply import EmailReplyParser as Multilingual
from talon import quotations
persian = "در تاریخ پنجشنبه ۵ آذر ۱۴۰۵ ساعت ۱۰:۲۰ کارشناس <expert@uni.example> نوشت:"
english = "On Thu, Nov 26, 2026 at 10:20 AM Expert <expert@uni.example> wrote:"
for heading in (persian, english):
    mail = f"سلام، مدرک را فرستادم.\n\n{heading}\n> لطفا تصویر کارت را بفرستید.\n> با سپاس\n"
    for kept in (
        Multilingual(languages=["en"]).parse_reply(mail),
        EmailReplyParser.parse_reply(mail),
        quotations.extract_from_plain(mail),
    ):
        print(len(kept.strip().splitlines()), end=" ")
    print()
E
cat "$tmp/seen"
diff -w "$tmp/seen" - <<'E'
5 3 5
1 1 1
E
