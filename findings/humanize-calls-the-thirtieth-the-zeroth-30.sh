#!/bin/sh
# humanize 4.17.0 (the Python library that turns numbers and spans into words), fa_IR.
# Behaviour: ordinal() is written for languages that put two letters behind the digits
# (1st, 22nd) and picks them by the last digit alone. The Persian catalogue has whole
# words there, so digits and a word stand together, and the word is of another number:
# 30 gets "zeroth", 21 "first", and 11 to 13 are "zeroth" as in English they are "th".
# Seen: 3 -> 3 + "third", 10 -> 10 + "zeroth", 21 -> 21 + "first", 30 -> 30 + "zeroth".
# Why it matters: "your third reminder" or "the thirtieth session of the commission" is a
# sentence that everybody reads; spans (naturaltime) of the same catalogue are right, so
# a look at those proves nothing. Ordinals need a rule of their own (number + -om).
set -eu
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" -q --disable-pip-version-check install humanize==4.17.0 2>/dev/null
PYTHONIOENCODING=utf-8 "$tmp/v/bin/python" > "$tmp/seen" <<'E'
from datetime import timedelta

import humanize

humanize.i18n.activate("fa_IR")
for number in (3, 10, 12, 21, 30):
    print(number, "->", humanize.ordinal(number))
print("five hours ->", humanize.naturaltime(timedelta(hours=5)))
E
cat "$tmp/seen"
diff "$tmp/seen" - <<'E'
3 -> 3سومین
10 -> 10صفرمین
12 -> 12صفرمین
21 -> 21اولین
30 -> 30صفرمین
five hours -> 5 ساعت پیش
E
