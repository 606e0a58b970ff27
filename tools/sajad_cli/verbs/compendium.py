"""Write the translation files of our addons anew; runs in the environment with polib.

``python -m sajad_cli.verbs.compendium ADDONS FRESH`` takes FRESH/<addon>.pot of each
addon, as Odoo exports it, and writes ``i18n/<addon>.pot`` and ``i18n/fa.po`` of the
addon in ADDONS. A translation is looked for in the addon first, then in all others: a
term that moves from one addon to another loses nothing. Prints what has no translation
and what no addon needs any more; 1 when something is untranslated.
"""

import copy
import sys
from pathlib import Path

from sajad_cli.checks.words import respell

# no dates and no authors: a file changes only when its terms do
_PLAIN = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
_PERSIAN = {"Plural-Forms": "nplurals=2; plural=(n > 1);"}


def key(entry):
    """What makes a term: its context and its text."""
    return entry.msgctxt or "", entry.msgid


def translations(entries):
    """The finished translations of a file: {term: entry}."""
    return {
        key(entry): entry
        for entry in entries
        if entry.msgstr.strip() and not entry.obsolete and "fuzzy" not in entry.flags
    }


def gather(files):
    """One book of all translations, {term: entry}; the first file that has one wins."""
    book = {}
    for entries in files:
        book = translations(entries) | book
    return book


def translate(fresh, own, book):
    """Fill the fresh terms, in their order, with the addon's translations or others'.

    :return: (entries, texts without a translation)
    """
    book = book | translations(own)
    filled = [copy.copy(entry) for entry in fresh]
    for entry in filled:
        found = book.get(key(entry))
        entry.msgstr = respell(entry.msgid, found.msgstr) if found else ""
        entry.tcomment = found.tcomment if found else ""
    return filled, [entry.msgid for entry in filled if not entry.msgstr]


def dropped(files, book):
    """Texts that were translated and that no fresh file has any more."""
    needed = {key(entry) for entries in files for entry in entries}
    return [text for context, text in sorted(set(book) - needed)]


def save(entries, path, header, metadata):
    """Write a translation file."""
    import polib  # only the environment of the tools has it

    file = polib.POFile(wrapwidth=78)
    file.header = header
    file.metadata = metadata
    file.extend(entries)
    path.parent.mkdir(exist_ok=True)
    file.save(path)


def write(folder, fresh, own, book):
    """Write both files of an addon; return the texts without a translation."""
    module = folder.name
    name, language = {"Project-Id-Version": module}, {"Language": "fa"}
    filled, lacking = translate(fresh, own, book)
    header = f"Translation template of the addon {module}."
    save(fresh, folder / f"i18n/{module}.pot", header, name | _PLAIN)
    header = f"Translation of the addon {module} to Persian."
    metadata = name | language | _PLAIN | _PERSIAN
    save(filled, folder / "i18n/fa.po", header, metadata)
    return lacking


def main(argv):
    """Write the files of all addons; 1 when something has no translation."""
    import polib

    addons, folder = map(Path, argv)
    files = sorted(addons.glob("*/i18n/fa.po"))
    own = {path.parts[-3]: polib.pofile(path) for path in files}
    fresh = {path.stem: polib.pofile(path) for path in sorted(folder.glob("*.pot"))}
    book, untranslated = gather(own.values()), 0
    for module, entries in fresh.items():
        lacking = write(addons / module, entries, own.get(module, ()), book)
        untranslated += len(lacking)
        for text in lacking:
            print(f"{module}: not translated: {text!r}")
    for text in dropped(fresh.values(), book):
        print(f"dropped: {text!r}")
    return 1 if untranslated else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
