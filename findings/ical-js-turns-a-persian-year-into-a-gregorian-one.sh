#!/bin/sh
# ical.js 2.2.1 (the calendar parser of Thunderbird and Nextcloud), rrule 2.8.1 (npm),
# recurring-ical-events 3.8.2 and python-dateutil 2.9.0 (pip).
# Behaviour: RFC 7529 has the rule for what returns by the Persian calendar,
# RSCALE=PERSIAN. ical.js takes it without a word, counts Gregorian years, and leaves it
# out when it writes the rule again. The others stop, each for a reason of its own: two
# do not know the parameter, the third says that UNTIL is missing, which the rule does
# not need.
# Seen: from 1 Farvardin 1403 (2024-03-20) the next two are given as 2025-03-20 and
# 2026-03-20, both the last day of the old year; right is 2025-03-21 and 2026-03-21.
# Why it matters: deadlines of a Jalali year (fees, calls, the budget year) put into a
# calendar feed are a day early in most years, and stay so once a client has saved them.
# Give each date of its own; RSCALE cannot be relied on.
set -eu
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" -q --disable-pip-version-check install icalendar==7.3.2 \
    recurring-ical-events==3.8.2 python-dateutil==2.9.0.post0 jdatetime==6.1.1 2>/dev/null
cd "$tmp"; npm init -y >/dev/null
npm install --silent ical.js@2.2.1 rrule@2.8.1 >/dev/null 2>&1
cat > t.mjs <<'J'
import ICAL from "ical.js";
import rrule from "rrule";

const RULE = "RSCALE=PERSIAN;FREQ=YEARLY;COUNT=3";
const recur = ICAL.Recur.fromString(RULE);
const days = recur.iterator(ICAL.Time.fromDateString("2024-03-20"));
console.log("ical.js", ...[1, 2, 3].map(() => days.next().toString()));
console.log("ical.js writes", recur.toString());
try {
    rrule.rrulestr(`DTSTART:20240320T000000Z\nRRULE:${RULE}`);
} catch (error) {
    console.log("rrule:", error.message);
}
J
node t.mjs > seen
PYTHONIOENCODING=utf-8 "$tmp/v/bin/python" >> seen <<'P'
from datetime import date, datetime

import icalendar
import jdatetime
import recurring_ical_events
from dateutil.rrule import rrulestr

RULE = "RSCALE=PERSIAN;FREQ=YEARLY;COUNT=3"
lines = (
    "BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:a", "DTSTART;VALUE=DATE:20240320",
    f"RRULE:{RULE}", "END:VEVENT", "END:VCALENDAR", "",
)
try:
    calendar = icalendar.Calendar.from_ical("\r\n".join(lines))
    recurring_ical_events.of(calendar).between(date(2024, 1, 1), date(2028, 1, 1))
except ValueError as error:
    print("recurring-ical-events:", error)
try:
    rrulestr(RULE, dtstart=datetime(2024, 3, 20))
except ValueError as error:
    print("dateutil:", error)
print("right", *(jdatetime.date(y, 1, 1).togregorian() for y in (1403, 1404, 1405)))
P
cat seen
diff seen - <<'E2'
ical.js 2024-03-20 2025-03-20 2026-03-20
ical.js writes FREQ=YEARLY;COUNT=3
rrule: Unknown RRULE property 'RSCALE'
recurring-ical-events: UNTIL parameter is missing: RSCALE=PERSIAN;FREQ=YEARLY;COUNT=3
dateutil: unknown parameter 'RSCALE'
right 2024-03-20 2025-03-21 2026-03-21
E2
