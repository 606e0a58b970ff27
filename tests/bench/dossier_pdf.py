"""Prints what binding a dossier into one PDF costs, against qpdf merging its files.

Both are a process of their own that reads the same scans; ours counts pages, takes out
what acts, writes numbers and bookmarks besides. *Floor* is its library copying pages
and nothing else, in a process that waits as ours does. Needs qpdf (Debian's) and no
database.
"""

import argparse
import io
import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter, sleep

from PIL import Image

BINDER = Path(__file__).parents[2] / "addons/sajad_dossier/tools/binder"
# the library of the binder, begun like it, without anything of ours
FLOOR = """
import sys
from pypdf import PdfReader, PdfWriter
target, *paths = sys.stdin.read().splitlines()
writer = PdfWriter()
for path in paths:
    for page in PdfReader(path).pages:
        writer.add_page(page)
with open(target, "wb", buffering=1024**2) as file:
    writer.write(file)
"""
BEGUN = {"ahead": (), "floor": ("-c", FLOOR)}
SIZES = {
    "100 KB": (620, 877, 16),
    "400 KB": (1240, 1754, 16),
    "1.6 MB": (1754, 2480, 45),
}


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scans", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--qpdf", default=shutil.which("qpdf"))
    return parser.parse_args()


def say(text=""):
    sys.stdout.write(f"{text}\n")


def make_scans(folder, count, width, height, quality):
    """Write pages of noise as a scanner sends them: a JPEG in a PDF each."""
    chance = random.Random(0)
    paths = []
    for number in range(count):
        picture = Image.effect_noise((width, height), 40 + chance.random() * 20)
        stream = io.BytesIO()
        picture.convert("RGB").save(stream, "PDF", quality=quality, resolution=150)
        path = folder / f"{number:03}.pdf"
        path.write_bytes(stream.getvalue())
        paths.append(path)
    return paths


def run_qpdf(qpdf, paths, target):
    command = [qpdf, "--empty", "--pages", *map(str, paths), "--", str(target)]
    subprocess.run(command, check=True)


def begin_binder(*program):
    command = [sys.executable, "-I", *(program or [str(BINDER)])]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    return subprocess.Popen(command, text=True, **pipes)


def run_binder(paths, target, process):
    papers = [
        {"path": str(path), "mimetype": "application/pdf", "stamp": False}
        for path in paths
    ]
    bookmarks = [
        {"title": path.stem, "page": number, "level": 0}
        for number, path in enumerate(paths)
    ]
    rest = {"target": str(target), "front": None, "stamp": None, "numbers": None}
    rest |= {"bookmarks": bookmarks, "info": {}, "lang": "fa-IR"}
    questions = f"{json.dumps(papers)}\n{json.dumps(rest)}\n"
    said, _errors = process.communicate(questions)
    if json.loads(said.splitlines()[1])["pages"] != len(paths):
        raise SystemExit("pages are missing")


def run_floor(paths, target, process):
    process.communicate("\n".join(map(str, [target, *paths])))


def once(way, *arguments):
    before, start = getrusage(RUSAGE_CHILDREN), perf_counter()
    way(*arguments)
    seconds, after = perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, cpu


def measure(args, paths, folder):
    """Run both in turn, so that a busy minute hits both; return their medians."""
    ways = {
        "qpdf": lambda: run_qpdf(args.qpdf, paths, folder / "qpdf.pdf"),
        "ours": lambda: run_binder(paths, folder / "ours.pdf", begin_binder()),
        # as the second dossier finds it: a process that has begun and waits
        "ahead": lambda: run_binder(paths, folder / "ours.pdf", ahead),
        "floor": lambda: run_floor(paths, folder / "floor.pdf", ahead),
    }
    times = {name: [] for name in ways}
    for number in range(args.rounds + 1):
        for name, way in ways.items():
            if name in BEGUN:
                ahead = begin_binder(*BEGUN[name])
                sleep(2)
            found = once(way)
            if number:
                times[name].append(found)
    return {
        name: [median(t) for t in zip(*t, strict=True)] for name, t in times.items()
    }


def main():
    args = parse()
    if not args.qpdf:
        raise SystemExit("qpdf is not installed: nothing to compare with")
    say(f"{args.scans} scans, {args.rounds} rounds, medians")
    say("each       qpdf s   ours s  ratio  ahead s  ratio  floor s  ratio")
    for name, size in SIZES.items():
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            paths = make_scans(folder, args.scans, *size)
            found = measure(args, paths, folder)
        qpdf = found.pop("qpdf")[0]
        said = (f"{s:8.3f} {s / qpdf:6.2f}" for s, _cpu in found.values())
        say(f"{name:8} {qpdf:8.3f} {' '.join(said)}")


if __name__ == "__main__":
    sys.exit(main())
