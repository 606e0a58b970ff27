"""Checks a sealed archive of a student dossier, with Python 3.6 or newer alone.

    python verify.py               the folder in which this file lies
    python verify.py ARCHIVE.zip   an archive that was not unpacked
    python verify.py FOLDER

It ends with 0 if everything is as it was sealed, with 1 if not.

این برنامه بررسی می‌کند که پرونده‌های این بایگانی همان باشند که مهر شده‌اند.

Whoever made a forged archive could have written this program anew: take it from an
archive that you trust, or read it, it is short.
"""

import hashlib
import json
import os
import sys
import unicodedata
import zipfile

MANIFEST, SEAL = "manifest.json", "seal.json"
# what systems put into folders by themselves
IGNORED = (".DS_Store", "Thumbs.db", "desktop.ini")

# ---- signatures: Ed25519, from RFC 8032 ----

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(one, two):
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f, g * h, f * g, e * h)


def multiply(number, point):
    result = (0, 1, 1, 0)
    while number > 0:
        if number & 1:
            result = add(result, point)
        point = add(point, point)
        number >>= 1
    return result


def is_equal(one, two):
    x = (one[0] * two[2] - two[0] * one[2]) % P
    y = (one[1] * two[2] - two[1] * one[2]) % P
    return x == 0 and y == 0


def find_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P:
        return None
    return P - x if (x & 1) != sign else x


def to_point(data):
    if len(data) != 32:
        return None
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    x = find_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def is_signed(public_key, message, signature):
    """Whether a message bears the signature of a key."""
    key, point = to_point(public_key), to_point(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or key is None or point is None or number >= Q:
        return False
    y = 4 * pow(5, P - 2, P) % P
    x = find_x(y, 0)
    base = (x, y, 1, x * y % P)
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    h = int.from_bytes(digest, "little") % Q
    return is_equal(multiply(number, base), add(point, multiply(h, key)))


# ---- where the files are ----


def get_name(name):
    # macOS may write accents and Persian letters in another way
    return unicodedata.normalize("NFC", name.replace(os.sep, "/"))


class Folder:
    def __init__(self, path):
        self.paths = {}
        for place, _folders, files in os.walk(path):
            for file in files:
                whole = os.path.join(place, file)
                self.paths[get_name(os.path.relpath(whole, path))] = whole
        self.twice = []

    def open(self, name):
        return open(self.paths[name], "rb")


class Archive:
    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        self.paths, self.twice = {}, []
        for entry in self.zip.infolist():
            name = get_name(entry.filename)
            if name in self.paths:
                self.twice.append(name)
            if not name.endswith("/"):
                self.paths[name] = entry

    def open(self, name):
        return self.zip.open(self.paths[name])


def measure(place, name):
    """Return size and SHA-256 of a file, read in parts."""
    digest, size = hashlib.sha256(), 0
    with place.open(name) as file:
        for part in iter(lambda: file.read(1 << 20), b""):
            digest.update(part)
            size += len(part)
    return size, digest.hexdigest()


# ---- the check ----


def find_problems(place):
    """Return what is wrong with an archive, and the seal that its list has."""
    missing = [name for name in (MANIFEST, SEAL) if name not in place.paths]
    if missing:
        return ["MISSING  " + name for name in missing], None
    with place.open(MANIFEST) as file:
        manifest = file.read()
    with place.open(SEAL) as file:
        seal = json.loads(file.read().decode("utf-8"))
    facts = json.loads(manifest.decode("utf-8"))
    own = hashlib.sha256(manifest).hexdigest()
    problems = ["TWICE    " + name for name in place.twice]
    if own != seal["seal"]:
        problems.append("ALTERED  " + MANIFEST + ": it is not what was sealed")
    key, signature = bytes.fromhex(seal["public_key"]), bytes.fromhex(seal["signature"])
    if not is_signed(key, manifest, signature):
        problems.append("ALTERED  the signature is not that of the key in " + SEAL)
    listed = facts["files"] + facts["others"]
    problems += find_altered(place, listed)
    known = {MANIFEST, SEAL} | {get_name(file["path"]) for file in listed}
    for name in sorted(set(place.paths) - known):
        parts = name.split("/")
        if parts[-1] not in IGNORED and "__MACOSX" not in parts:
            problems.append("UNKNOWN  " + name + ": it was not sealed")
    return problems, seal


def find_altered(place, listed):
    problems = []
    for file in listed:
        name = get_name(file["path"])
        if name not in place.paths:
            problems.append("MISSING  " + name)
        elif measure(place, name) != (file["size"], file["sha256"]):
            problems.append("ALTERED  " + name)
    return problems


def say(text):
    sys.stdout.write(text + "\n")


def tell(place):
    problems, seal = find_problems(place)
    for problem in problems:
        say(problem)
    if problems:
        say("\nNOT as it was sealed.")
        say("این بایگانی با آنچه مهر شده است یکی نیست.")
        return 1
    with place.open(MANIFEST) as file:
        facts = json.loads(file.read().decode("utf-8"))
    say(f"All documents ({len(facts['files'])}) are as they were sealed.")
    say("همه مدرک‌ها همان است که مهر شده است.")
    for item in facts["left_out"]:
        say(f"Left out when it was made: {item['what']} ({item['why']})")
    say("\nSeal: " + seal["seal"])
    say("Key:  " + seal["public_key"])
    say(
        "\nThis proves that nothing was changed since it was signed with this key.\n"
        "Whose key it is, only the university can say: type the seal, or upload\n"
        "manifest.json, at " + facts["address"] + "\n"
        "این‌که مهر از آن دانشگاه است، فقط در همین نشانی معلوم می‌شود."
    )
    return 0


def main(arguments):
    if hasattr(sys.stdout, "reconfigure"):
        # a console that cannot write Persian must not stop the check
        sys.stdout.reconfigure(errors="replace")
    path = arguments[0] if arguments else os.path.dirname(os.path.abspath(__file__))
    try:
        place = Folder(path) if os.path.isdir(path) else Archive(path)
        return tell(place)
    except Exception as error:  # noqa: BLE001  whatever is wrong with a file
        say(f"This cannot be read as a sealed archive: {error!r}")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
