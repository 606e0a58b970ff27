#!/bin/sh
# SheetJS (npm package xlsx 0.18.5), workbook written by exceljs 4.4.0.
# Behaviour: [$-3000429] and [$-fa-IR,96] in a number format only say "Persian digits";
# Excel shows no currency. SheetJS takes the bracket for a currency and, as no sign
# stands in it, writes a dollar sign: in the cell's text and in its CSV. A format that
# names its sign ([$ریال-fa-IR]) and a date with the same code are right.
# Seen: 1250000 -> $1,250,000 twice; 1,250,000 ریال; 2025/03/21.
# Why it matters: Persian digits are what one clicks for amounts in Excel; the list of
# debts goes through SheetJS (the usual reader of web front ends) and rials come out as
# dollars, in a CSV that the next system refuses or books.
set -eu
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
cd "$tmp"; npm init -y >/dev/null
npm install --silent --no-fund --no-audit xlsx@0.18.5 exceljs@4.4.0 >/dev/null 2>&1
cat > t.js <<'E'
const ExcelJS = require("exceljs"), XLSX = require("xlsx");
const formats = ["[$-3000429]#,##0", "[$-fa-IR,96]#,##0", "#,##0 [$ریال-fa-IR]"];
(async () => {
  const book = new ExcelJS.Workbook(), sheet = book.addWorksheet("a");
  formats.forEach((f, i) => {
    const cell = sheet.getCell(i + 1, 1);
    cell.value = 1250000;
    cell.numFmt = f;
  });
  const day = sheet.getCell(formats.length + 1, 1);
  day.value = new Date(Date.UTC(2025, 2, 21));
  day.numFmt = "[$-3000429]yyyy/mm/dd";
  const read = XLSX.read(await book.xlsx.writeBuffer(), { type: "buffer" });
  console.log(XLSX.utils.sheet_to_csv(read.Sheets.a));
})();
E
node t.js > seen; cat seen
diff seen - <<'E'
"$1,250,000"
"$1,250,000"
"1,250,000 ریال"
2025/03/21
E
