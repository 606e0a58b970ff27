#!/bin/sh
# ftfy 6.3.1 (mends text that was read with the wrong encoding), fix_text with defaults.
# Behaviour: Persian UTF-8 that was read as Latin-1 or Windows-1252 is mended. Read as
# Windows-1256, the code page of every Persian Windows, it is not: that page is none of
# those that ftfy tries. It does not leave the text alone either: the letter lam holds the
# byte 84, in that page a low quotation mark, which is straightened to an ASCII one. The
# plain way back, encode("cp1256").decode("utf-8"), mends the text before ftfy and raises
# after it.
# Seen: Latin-1 and 1252 mended; 1256 not; the way back works before and fails after.
# Why it matters: lists and names of files that passed through an old Persian program look
# like «ط³ظ„ط§ظ…»; the tool that is named for exactly this makes the loss final.
set -eu
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" -q --disable-pip-version-check install ftfy==6.3.1 2>/dev/null
PYTHONIOENCODING=utf-8 "$tmp/v/bin/python" > "$tmp/seen" <<'P'
import ftfy

GOOD = "سلام دانشجوی گرامی"


def way_back(text):
    try:
        return text.encode("cp1256").decode("utf-8") == GOOD
    except UnicodeError:
        return "raises"


for codec in ("latin-1", "cp1252", "cp1256"):
    print(codec, "mended:", ftfy.fix_text(GOOD.encode().decode(codec)) == GOOD)
spoilt = GOOD.encode().decode("cp1256")
print("way back before:", way_back(spoilt), "after:", way_back(ftfy.fix_text(spoilt)))
P
cat "$tmp/seen"
diff "$tmp/seen" - <<'E2'
latin-1 mended: True
cp1252 mended: True
cp1256 mended: False
way back before: True after: raises
E2
