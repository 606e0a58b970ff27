#!/bin/sh
# Babel 2.18.0 (what Odoo's format_list and language-aware lists stand on), locale fa.
# Behaviour: of the six styles of format_list two work for two Persian things and raise
# KeyError for three: CLDR has only the pattern of a pair in "unit" and "unit-short" of
# Persian, and Babel looks for the others in no parent style. English has all of them.
# Seen: standard, or, unit-narrow work with three; unit and unit-short KeyError 'start'.
# Why it matters: lists of "1 day, 3 hours, 5 minutes" are short in every test and long in
# some record; the page that shows it fails then, in Persian only. "standard" is safe.
set -eu
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/v"
"$tmp/v/bin/pip" -q --disable-pip-version-check install babel==2.18.0 2>/dev/null
PYTHONIOENCODING=utf-8 "$tmp/v/bin/python" > "$tmp/seen" <<'E'
from babel.lists import format_list


def join(things, style, locale):
    try:
        return format_list(things, style, locale)
    except Exception as error:
        return f"{type(error).__name__} {error}"


for style in ("standard", "or", "unit", "unit-short", "unit-narrow"):
    for locale in ("fa", "en"):
        two, three = (join(t, style, locale) for t in ("ab", "abc"))
        print(f"{style} {locale}: {two} | {three}")
E
cat "$tmp/seen"
RLM=$(printf '\342\200\217')
sed "s/$RLM//g" "$tmp/seen" | diff - /dev/fd/3 3<<'E'
standard fa: a و b | a، b، و c
standard en: a and b | a, b, and c
or fa: a یا b | a، b، یا c
or en: a or b | a, b, or c
unit fa: a و b | KeyError 'start'
unit en: a, b | a, b, c
unit-short fa: a، b | KeyError 'start'
unit-short en: a, b | a, b, c
unit-narrow fa: a b | a b c
unit-narrow en: a b | a b c
E
