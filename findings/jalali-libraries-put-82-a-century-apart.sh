#!/bin/sh
# jdatetime 6.1.1, persiantools 6.2.0, Khayyam 3.0.17; pattern %y/%m/%d.
# Behaviour: a year of two digits is a matter of the library. jdatetime reads 69-99 as
# 13xx (the pivot that POSIX has for Gregorian years), persiantools 71-99, and Khayyam
# reads every year as 14xx.
# Seen: 82/11/25 -> 1382, 1382, 1482; 69/01/01 -> 1369, 1469, 1469; 68/01/01 -> 1468 each.
# Why it matters: lists of registrars and staff offices hold birth dates as 82/11/25 or
# 67/03/12; the student, or all three times the professor, is born in the next century,
# and nothing is raised. Ask for four digits, or set the century by what the field is.
set -eu
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" -q --disable-pip-version-check install \
    jdatetime==6.1.1 persiantools==6.2.0 Khayyam==3.0.17 2>/dev/null
"$tmp/v/bin/python" -W ignore > "$tmp/seen" <<'E'
import jdatetime, khayyam
from persiantools.jdatetime import JalaliDate
for text in ("82/11/25", "05/09/06", "69/01/01", "68/01/01"):
    read = (
        jdatetime.datetime.strptime(text, "%y/%m/%d"),
        JalaliDate.strptime(text, "%y/%m/%d"),
        khayyam.JalaliDate.strptime(text, "%y/%m/%d"),
    )
    print(text, *(day.year for day in read))
E
cat "$tmp/seen"
diff "$tmp/seen" - <<'E'
82/11/25 1382 1382 1482
05/09/06 1405 1405 1405
69/01/01 1369 1469 1469
68/01/01 1468 1468 1468
E
