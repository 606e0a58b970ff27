#!/bin/sh
# @persian-tools/persian-tools (npm), wordsToNumber.
# Behaviour: an amount in words is read rightly with spaces, but where the half space
# (U+200C) joins «و» to its neighbours, as Persian typing has it, these words are
# skipped and the rest is a number all the same: two hundred and fifty thousand is
# 1,000. A fraction is added up: "seventeen and five hundredths" is 122. «سی‌ام»
# (thirtieth) is 0. Nothing is raised.
# Why it matters: amounts of cheques, debts and marks stand in words beside the digits,
# as a check of them; with this reader the check agrees with whatever is typed wrongly.
set -eu
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
cd "$tmp"; npm init -y >/dev/null
npm install --silent --no-fund --no-audit @persian-tools/persian-tools@4.0.4 >/dev/null 2>&1
cat > t.js <<'E'
const { wordsToNumber } = require("@persian-tools/persian-tools");
for (const words of [
  "دویست و پنجاه هزار",
  "دویست‌و‌پنجاه هزار",
  "هفده و پنج صدم",
  "سوم",
  "سی‌ام",
]) console.log(wordsToNumber(words));
E
node t.js > seen; cat seen
diff seen - <<'E'
250000
1000
122
3
0
E
