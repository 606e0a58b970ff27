#!/bin/sh
# persian-date 1.1.0 (npm), default calendar, beside jalaali-js 2.0.1, the Intl of Node and
# jdatetime 6.1.1 (pip).
# Behaviour: the leap year of 1342 stands at 1341 in persian-date (likewise 1308 for 1309
# and 1473 for 1474). Every one of the 365 days of 1342 that it knows is converted to the
# day after, 1 Farvardin 1342 is read back as 30 Esfand 1341, and 30 Esfand 1342 does not
# exist. The other three agree. All other years from 1310 to 1419 are right, so samples
# and the present year show nothing.
# Seen: 1342/01/01 -> 1963-03-22 against 1963-03-21; 365 days of 1342 off, 0 elsewhere.
# Why it matters: it is the date library behind the usual Persian date pickers; professors,
# staff and pensioners born in 1342 are stored with a wrong birthday, and civil registry
# inquiries by date of birth say that there is no such person.
set -eu
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" -q --disable-pip-version-check install jdatetime==6.1.1 2>/dev/null
cd "$tmp"; npm init -y >/dev/null
npm install --silent persian-date@1.1.0 jalaali-js@2.0.1 >/dev/null 2>&1
TZ=Asia/Tehran node > "$tmp/seen" <<'J'
const PersianDate = require("persian-date");
const jalaali = require("jalaali-js");
const two = (n) => String(n).padStart(2, "0");
const official = (y, m, d) => {
    const { gy, gm, gd } = jalaali.toGregorian(y, m, d);
    return `${gy}-${two(gm)}-${two(gd)}`;
};
const theirs = (y, m, d) =>
    new PersianDate([y, m, d]).toCalendar("gregorian").toLocale("en").format("YYYY-MM-DD");
const wrong = {};
for (let y = 1310; y < 1420; y++)
    for (let m = 1; m <= 12; m++)
        for (let d = 1; d <= (m < 7 ? 31 : m < 12 ? 30 : 29); d++)
            if (theirs(y, m, d) !== official(y, m, d)) wrong[y] = (wrong[y] || 0) + 1;
console.log("1342/01/01", theirs(1342, 1, 1), official(1342, 1, 1));
console.log("wrong days", JSON.stringify(wrong));
const intl = new Intl.DateTimeFormat("en-u-ca-persian", { dateStyle: "short", timeZone: "UTC" });
console.log("Intl", intl.format(new Date("1963-03-21")));
J
"$tmp/v/bin/python" >> "$tmp/seen" <<'P'
import jdatetime

print("jdatetime", jdatetime.date(1342, 1, 1).togregorian())
P
cat "$tmp/seen"
diff "$tmp/seen" - <<'E2'
1342/01/01 1963-03-22 1963-03-21
wrong days {"1342":365}
Intl 1/1/1342 AP
jdatetime 1963-03-21
E2
