"""Prints what binding a dossier into one PDF costs, against qpdf merging its files.

Both are a process of their own that reads the same scans; ours counts pages, takes out
what acts and writes bookmarks besides. *Ahead* is a process that has begun and waits,
as the second dossier finds it. *Floor* is the library of ours copying pages and nothing
else, in a process that waits as ours does. Beside the time until the file is there is
that of processors, without what a process that waits took to begin: on a busy machine
it says more. Needs qpdf (Debian's) and no database.
"""

import argparse
import io
import json
import os
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
from table import DOSSIER_PDF, get_table
from timing import MEASURED

BINDER = Path(__file__).parents[2] / "addons/sajad_dossier/tools/binder"
# the library of the binder, begun like it, without anything of ours
FLOOR = """
import sys
import pikepdf
target, *paths = sys.stdin.readline().split()
pdf = pikepdf.new()
for path in paths:
    pdf.pages.extend(pikepdf.open(path).pages)
pdf.save(target, stream_decode_level=pikepdf.StreamDecodeLevel.none)
print("done", flush=True)
"""
BEGUN = {"ours": (), "ahead": (), "floor": ("-c", FLOOR)}
TICK = os.sysconf("SC_CLK_TCK")
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


def begin(*program):
    command = [sys.executable, "-I", *(program or [str(BINDER)])]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    return subprocess.Popen(command, text=True, **pipes)


def ask(process, *questions):
    """Return the last answer: the file is there, whenever the process ends."""
    for question in questions:
        process.stdin.write(f"{question}\n")
        process.stdin.flush()
        answer = process.stdout.readline()
    return answer


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
    answer = ask(process, json.dumps(papers), json.dumps(rest))
    if json.loads(answer)["pages"] != len(paths):
        raise SystemExit("pages are missing")


def run_floor(paths, target, process):
    ask(process, " ".join(map(str, [target, *paths])))


def get_cpu(process):
    """Return the seconds of processors that a process took till now."""
    with open(f"/proc/{process.pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def once(way, paths, target, waiting):
    """Return (seconds, seconds of processors) of a way; begun before if it may be."""
    process = begin(*BEGUN[way])
    if waiting:
        sleep(2)
    before, start = get_cpu(process) if waiting else 0, perf_counter()
    (run_floor if way == "floor" else run_binder)(paths, target, process)
    found = perf_counter() - start, get_cpu(process) - before
    process.kill()
    process.communicate()
    return found


def once_qpdf(qpdf, paths, target):
    before, start = getrusage(RUSAGE_CHILDREN), perf_counter()
    command = [qpdf, "--empty", "--pages", *map(str, paths), "--", str(target)]
    subprocess.run(command, check=True)
    seconds, after = perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    return seconds, sum(after[:2]) - sum(before[:2])


def measure(args, paths, folder):
    """Run all in turn, so that a busy minute hits all; return {way: (times, CPU)}."""
    times = {name: [] for name in ("qpdf", *BEGUN)}
    for number in range(args.rounds + 1):
        for name, found in times.items():
            target = folder / f"{name}.pdf"
            if name == "qpdf":
                one = once_qpdf(args.qpdf, paths, target)
            else:
                one = once(name, paths, target, waiting=name != "ours")
            # the first round fills the caches
            if number:
                found.append(one)
    return {name: list(zip(*found, strict=True)) for name, found in times.items()}


def main():
    args = parse()
    if not args.qpdf:
        raise SystemExit("qpdf is not installed: nothing to compare with")
    say(f"{args.scans} scans, {args.rounds} rounds, medians")
    say("each      of      qpdf s    ours s ratio   ahead s ratio   floor s ratio")
    for name, size in SIZES.items():
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            paths = make_scans(folder, args.scans, *size)
            found = measure(args, paths, folder)
        for index, what in enumerate(("time", "CPU")):
            show(name, what, {way: both[index] for way, both in found.items()})
    say(get_table(MEASURED, lines=DOSSIER_PDF))


def show(size, what, times):
    """Print a line, and keep it for the table."""
    MEASURED[f"One PDF, {size}, {what}"] = times
    base = times["qpdf"]
    cells = [f"{median(base):9.3f}"]
    for way in BEGUN:
        ratio = median(a / b for a, b in zip(times[way], base, strict=True))
        cells.append(f"{median(times[way]):9.3f} {ratio:5.2f}")
    say(f"{size:9} {what:5} {' '.join(cells)}")


if __name__ == "__main__":
    sys.exit(main())
