#!/bin/sh
# reportlab 5.1.0 and python-barcode 0.16.1 (pip), bwip-js 4.11.4 and jsbarcode 3.12.3 (npm).
# Behaviour: a student number in Persian digits is a valid number for Python, and each
# library does something else with it. The Code128 of reportlab that is put on a page
# leaves out what it cannot encode and draws the rest without an error, so that two
# students of one faculty get the same bars; its createBarcodeDrawing refuses the same
# value. python-barcode refuses it as Code 128 with a sentence and as Code 39 with a bare
# KeyError, but as EAN-13 draws the right bars and prints twelve Persian digits with a
# Latin check digit below them. bwip-js encodes the UTF-8 bytes as Code 128: bars that
# scan, and as something else. jsbarcode refuses.
# Seen: see the end.
# Why it matters: cards, boxes and letters carry the number as a barcode; Persian keyboards
# type these digits, and a barcode is the one thing on a page that nobody proof-reads.
set -eu
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" -q --disable-pip-version-check install reportlab==5.1.0 \
    python-barcode==0.16.1 2>/dev/null
cd "$tmp"; npm init -y >/dev/null
npm install --silent bwip-js@4.11.4 jsbarcode@3.12.3 >/dev/null 2>&1
PYTHONIOENCODING=utf-8 "$tmp/v/bin/python" > "$tmp/seen" <<'P'
import io

import barcode
from reportlab.graphics.barcode import createBarcodeDrawing
from reportlab.graphics.barcode.code128 import Code128
from reportlab.pdfgen.canvas import Canvas


def page(value):
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    Code128(value).drawOn(canvas, 50, 700)
    canvas.save()
    return out.getvalue()


one, other = "S-۴۰۱۲۳", "S-۴۰۱۲۴"
print("reportlab, on a page, same bars:", page(one) == page(other) == page("S-"))
try:
    createBarcodeDrawing("Code128", value=one)
except ValueError:
    print("reportlab, as a drawing: refused")
for kind in ("code128", "code39"):
    try:
        barcode.get(kind, "۴۰۱۲۳").build()
        print(kind, "drawn")
    except Exception as error:
        print("python-barcode", kind, type(error).__name__)
persian, latin = (barcode.get("ean13", d) for d in ("۶۲۶۰۱۲۳۴۵۶۷۸", "626012345678"))
print("python-barcode ean13", persian.get_fullcode(), persian.build() == latin.build())
P
node >> "$tmp/seen" <<'J'
const bwip = require("bwip-js");
const draw = (value, how = {}) => JSON.stringify(bwip.raw("code128", value, how)[0].sbs);
const bytes = Buffer.from("۴۰۱۲۳").toString("latin1");
console.log("bwip-js code128 as its bytes:", draw("۴۰۱۲۳") === draw(bytes, { binarytext: true }));
try {
    require("jsbarcode")({}, "۴۰۱۲۳", { format: "CODE128" });
    console.log("jsbarcode drawn");
} catch {
    console.log("jsbarcode refuses");
}
J
cat "$tmp/seen"
diff "$tmp/seen" - <<'E2'
reportlab, on a page, same bars: True
reportlab, as a drawing: refused
python-barcode code128 IllegalCharacterError
python-barcode code39 KeyError
python-barcode ean13 ۶۲۶۰۱۲۳۴۵۶۷۸6 True
bwip-js code128 as its bytes: true
jsbarcode refuses
E2
