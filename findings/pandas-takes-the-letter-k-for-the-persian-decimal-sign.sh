#!/bin/sh
# pandas 3.1.1, read_csv with the separators of Persian numbers (٬ U+066C, ٫ U+066B).
# Behaviour: the default engine keeps one byte of the separator that it is told, the
# last one of its code point: ٫ is k, ٬ is l. It reads no Persian amount (the column
# stays text, without a word), and in columns of codes it reads 12k5 as 12.5 and 20l as
# 20, while 12.5 is no number any more. engine="python" does what it is told.
# Seen: c 250٬000 and 12٫5 as text, 250l000 as 250000, 12k5 as 12.5, 20l as 20;
# python 250000, 12.5, and the codes as they are.
# Why it matters: lists of debts come with these signs, and beside the amounts stand
# codes of rooms and shelves; told the signs, the reader spoils the codes of every
# row in which the whole column happens to fit, and leaves the amounts unread.
set -eu
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" -q --disable-pip-version-check install pandas==3.1.1 2>/dev/null
PYTHONUTF8=1 "$tmp/v/bin/python" > "$tmp/seen" <<'P'
import io

import pandas

told = {"thousands": "\u066c", "decimal": "\u066b"}
for engine in ("c", "python"):
    for cell in ("250\u066c000", "12\u066b5", "250l000", "12k5", "20l", "12.5"):
        table = pandas.read_csv(io.StringIO(f"a\n{cell}\n"), engine=engine, **told)
        print(engine, ascii(cell), ascii(table.a.tolist()))
P
cat "$tmp/seen"
diff "$tmp/seen" - <<'E2'
c '250\u066c000' ['250\u066c000']
c '12\u066b5' ['12\u066b5']
c '250l000' [250000]
c '12k5' [12.5]
c '20l' [20]
c '12.5' ['12.5']
python '250\u066c000' [250000]
python '12\u066b5' [12.5]
python '250l000' ['250l000']
python '12k5' ['12k5']
python '20l' ['20l']
python '12.5' [12.5]
E2
