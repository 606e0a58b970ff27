#!/bin/sh
# django-localflavor 5.1 with Django 5.2, IRIDNumberField (the Iranian national ID).
# Behaviour: the check digit is computed with Persian digits as well as with Latin ones,
# and what comes out is the text as it was typed. One person's number is stored in two
# spellings that no unique constraint takes for equal, and one in Arabic digits is a third. An ID whose
# leading zeros a spreadsheet has taken is refused.
# Seen: 0013542419 -> 0013542419; ۰۰۱۳۵۴۲۴۱۹ -> ۰۰۱۳۵۴۲۴۱۹ (valid, unchanged); 13542419 -> refused.
# Why it matters: phones type Persian digits; the same student registers twice and is not
# found by the number in the other script.
set -eu
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" -q --disable-pip-version-check install django-localflavor==5.1 django==5.2
"$tmp/v/bin/python" > "$tmp/seen" <<'E'
from django.conf import settings
settings.configure()
import django; django.setup()
from django.core.exceptions import ValidationError
from localflavor.ir.forms import IRIDNumberField
for text in ("0013542419", "۰۰۱۳۵۴۲۴۱۹", "٠٠١٣٥٤٢٤١٩", "13542419"):
    try:
        print(ascii(IRIDNumberField().clean(text)))
    except ValidationError:
        print("refused")
E
cat "$tmp/seen"
diff "$tmp/seen" - <<'E'
'0013542419'
'\u06f0\u06f0\u06f1\u06f3\u06f5\u06f4\u06f2\u06f4\u06f1\u06f9'
'\u0660\u0660\u0661\u0663\u0665\u0664\u0662\u0664\u0661\u0669'
refused
E
