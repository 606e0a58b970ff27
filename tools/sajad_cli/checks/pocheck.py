"""Compare translation files; runs in the environment that has polib.

``python -m sajad_cli.checks.pocheck FRESH_POT FA_PO [COMMITTED_POT]`` prints what is
wrong. FRESH_POT may be ``-``: then only the Persian file itself is looked at.
"""

import os
import subprocess
import sys
from pathlib import Path

from sajad_cli.checks.words import other_words


def terms(entries):
    """The terms of a file: (context, text), without obsolete ones."""
    return {(e.msgctxt or "", e.msgid) for e in entries if not e.obsolete}


def incomplete(entries):
    """Entries that are empty or only guessed."""
    wrong = []
    for entry in entries:
        if entry.obsolete:
            wrong.append(f"obsolete: {entry.msgid!r}")
        elif "fuzzy" in entry.flags:
            wrong.append(f"fuzzy: {entry.msgid!r}")
        elif not entry.msgstr.strip():
            wrong.append(f"not translated: {entry.msgid!r}")
    return wrong


def difference(fresh, other, name):
    """Terms that a file lacks, and terms the code no longer has."""
    lacking = [f"{name} lacks: {text!r}" for _, text in sorted(fresh - other)]
    surplus = [f"{name} is not in the code: {t!r}" for _, t in sorted(other - fresh)]
    return lacking + surplus


def compare(fresh, persian, committed=None):
    """All that is wrong; ``fresh`` is None when only the file itself is checked."""
    wrong = incomplete(persian) + other_words(persian)
    if fresh is not None:
        wrong += difference(terms(fresh), terms(persian), "fa.po")
        if committed is not None:
            wrong += difference(terms(fresh), terms(committed), "the .pot file")
    return wrong


def call(venv, fresh, persian, committed=None):
    """Run this module in another environment; return its findings."""
    if not Path(persian).exists():
        return [f"{persian} does not exist"]
    argv = [venv / "bin/python", "-m", "sajad_cli.checks.pocheck", fresh, persian]
    argv += [committed] if committed and Path(committed).exists() else []
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [str(a) for a in argv], env=env, capture_output=True, text=True, cwd="/"
    )
    if done.returncode > 1:
        return [done.stderr.strip() or f"pocheck ended with {done.returncode}"]
    return done.stdout.splitlines()


def main(argv):
    """Print the findings; 1 when there are any."""
    import polib  # only the environment of the tools has it

    fresh = None if argv[0] == "-" else polib.pofile(argv[0])
    committed = polib.pofile(argv[2]) if len(argv) > 2 else None
    wrong = compare(fresh, polib.pofile(argv[1]), committed)
    if wrong:
        print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
