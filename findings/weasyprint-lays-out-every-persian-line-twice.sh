#!/bin/sh
# WeasyPrint 70.0, lines of a block whose direction is right to left, no float anywhere.
# Behaviour: a line is laid out again until it stays in its place. From right to left the
# end of the line is compared with a width that is still 0 the first time, so that every
# line is laid out twice; the same sentence in a left-to-right block is laid out once.
# Seen: calls of split_inline_box for 20 paragraphs: 20 with dir=ltr, 40 with dir=rtl.
# Why it matters: nothing looks different, a Persian or Arabic paper just costs more (a
# quarter of the layout of a certificate), and a profile shows it as "text is dear".
# Whoever compares the speed of layouts must compare them in their own direction.
set -eu
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" -q --disable-pip-version-check install weasyprint==70.0 2>/dev/null
"$tmp/v/bin/python" > "$tmp/seen" <<'E'
from weasyprint import HTML
from weasyprint.layout import inline

layout, calls = inline.split_inline_box, []


def split_inline_box(*args, **kwargs):
    calls.append(1)
    return layout(*args, **kwargs)


inline.split_inline_box = split_inline_box
for direction in ("ltr", "rtl"):
    calls.clear()
    lines = "<p>گواهی تسویه حساب</p>" * 20
    HTML(string=f'<body dir="{direction}">{lines}').render()
    print(direction, len(calls))
E
cat "$tmp/seen"
diff "$tmp/seen" - <<'E'
ltr 20
rtl 40
E
