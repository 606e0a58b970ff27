#!/bin/sh
# xlsx2csv 0.8.6 on a workbook of XlsxWriter 3.2.9.
# Behaviour: Excel of today marks a date of the Persian calendar with [$-fa-IR,16], older
# ones with a number ([$-3000429], [$-1000429]). The numbers are taken off; of a named
# tag the whole bracket is printed in front of the Gregorian date, in small letters, in
# every cell, unless a format of one's own (-f) is given.
# Seen: 2025/03/21 twice; [$-fa-ir,16]2025/03/21; [$-fa-ir]2025/03/21; with -f 2025-03-21.
# Why it matters: lists of registrars are turned into CSV with this tool; one column has
# three looks, by the Excel in which each row's cell was made, and the import after it
# refuses or, worse, takes the sixteen for a day.
set -eu
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" -q --disable-pip-version-check install xlsx2csv==0.8.6 \
    XlsxWriter==3.2.9 2>/dev/null
cd "$tmp"
"$tmp/v/bin/python" <<'P'
import xlsxwriter

tags = ("[$-3000429]", "[$-1000429]", "[$-fa-IR,16]", "[$-fa-IR]")
with xlsxwriter.Workbook("dates.xlsx") as book:
    sheet = book.add_worksheet()
    for row, tag in enumerate(tags):
        sheet.write(row, 0, 45737, book.add_format({"num_format": tag + "yyyy/mm/dd"}))
P
"$tmp/v/bin/xlsx2csv" dates.xlsx > seen
"$tmp/v/bin/xlsx2csv" -f %Y-%m-%d dates.xlsx >> seen
cat seen
diff seen - <<'E2'
2025/03/21
2025/03/21
"[$-fa-ir,16]2025/03/21"
[$-fa-ir]2025/03/21
2025-03-21
2025-03-21
2025-03-21
2025-03-21
E2
