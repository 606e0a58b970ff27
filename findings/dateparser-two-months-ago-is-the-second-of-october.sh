#!/bin/sh
# dateparser 1.5.0, asked on 27 November 2026 with its default languages.
# Behaviour: the two Persian words for "ago" are not alike. «۲ ماه پیش» is two months
# ago; in «۲ ماه قبل» the number becomes a day of the month before: the second of
# October. With languages=["fa"] the latter is not read at all. And a clock time that
# follows "tomorrow" is dropped: «فردا ساعت ۱۰:۰۰» is tomorrow at the hour of asking,
# where "tomorrow 10:00" is ten o'clock. No error, no warning.
# Why it matters: deadlines and reminders that are typed as words («۲ ماه قبل») are off
# by weeks, and only for one of two words that people use without thinking.
set -eu
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" -q --disable-pip-version-check install dateparser==1.5.0
"$tmp/v/bin/python" -W ignore > "$tmp/seen" <<'E'
import datetime, dateparser
now = {"RELATIVE_BASE": datetime.datetime(2026, 11, 27, 12, 0)}
for text, more in (
    ("۲ ماه پیش", {}), ("۲ ماه قبل", {}), ("۱۱ ماه قبل", {}),
    ("۲ ماه قبل", {"languages": ["fa"]}),
    ("فردا ساعت ۱۰:۰۰", {"languages": ["fa"]}),
    ("tomorrow 10:00", {"languages": ["en"]}),
):
    print(dateparser.parse(text, settings=now, **more))
E
cat "$tmp/seen"
diff "$tmp/seen" - <<'E'
2026-09-27 12:00:00
2026-10-02 12:00:00
2026-10-11 12:00:00
None
2026-11-28 12:00:00
2026-11-28 10:00:00
E
