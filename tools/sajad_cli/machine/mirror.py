"""Find the Debian archive in the machine's own apt configuration.

No host name is written anywhere in this project: whatever mirror, proxy or cache the
machine was set up with is the one that is used.
"""

from dataclasses import dataclass

from .. import proc
from ..ui import Problem

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
SUFFIXES = ("", "-updates", "-security")
SUITE_NAMES = ("stable", "oldstable", "oldoldstable", "testing", "unstable", "sid")
_FORMAT = "$(RELEASE)|$(REPO_URI)|$(COMPONENT)|$(ORIGIN)|$(SIGNED_BY)"


@dataclass(frozen=True)
class Target:
    """One package index that apt knows."""

    release: str
    uri: str
    component: str
    origin: str = ""
    signed_by: str = ""


def parse_targets(text):
    """Read ``apt-get indextargets``; apt leaves unknown fields as ``$(NAME)``."""
    targets = []
    for line in text.splitlines():
        fields = [f if not f.startswith("$(") else "" for f in line.split("|")]
        if len(fields) == 5 and fields[0] and fields[1]:
            targets.append(Target(*fields))
    return targets


def _is_native(release, codename):
    """Whether a release name is the machine's own suite (or its updates)."""
    names = (codename,) if codename else ()
    return any(release == n + s for n in names + SUITE_NAMES for s in SUFFIXES)


def native_targets(known, declared, codename):
    """Debian's own main indexes among those apt has read and those it declares.

    The origin is only known for what was already downloaded. On a fresh machine fall
    back to what is signed with Debian's keyring, then to the name of the release.
    """
    origins = {(t.release, t.uri): t.origin for t in known}
    main = [t for t in declared if t.component == "main"]
    native = [t for t in main if _is_native(t.release, codename)]
    by_origin = [t for t in native if origins.get((t.release, t.uri)) == "Debian"]
    by_key = [t for t in native if "debian-archive" in t.signed_by]
    unknown = [t for t in native if (t.release, t.uri) not in origins]
    base = next((c for c in (by_origin, by_key, unknown) if _plain(c)), [])
    sites = {t.uri.rstrip("/") for t in base}
    extra = [t for t in native if _same_site(t, sites)]
    return list({(t.uri, t.release): t for t in base + extra}.values())


def _plain(targets):
    """Targets of the main suite itself, without updates and security."""
    return [t for t in targets if not t.release.endswith(SUFFIXES[1:])]


def _same_site(target, sites):
    """Updates are in the same archive, security in its sibling ``ARCHIVE-security``."""
    uri = target.uri.rstrip("/")
    return uri in sites or uri.removesuffix("-security") in sites


def os_release(path="/etc/os-release"):
    """The fields of os-release as a dict."""
    try:
        with open(path, encoding="utf-8") as handle:
            pairs = (line.strip().partition("=") for line in handle if "=" in line)
            return {key: value.strip("\"'") for key, _, value in pairs}
    except OSError:
        return {}


def find(override=""):
    """Return (archive URI, list of ``deb`` lines of the machine's own suite)."""
    system = os_release()
    codename = system.get("VERSION_CODENAME", "")
    ask = ["apt-get", "indextargets", "--format", _FORMAT, "Created-By: Packages"]
    known = parse_targets(proc.capture(ask))
    declared = parse_targets(proc.capture([*ask[:2], "--no-release-info", *ask[2:]]))
    targets = native_targets(known, declared, codename)
    plain = _plain(targets)
    archive = override or (plain[0].uri.rstrip("/") if plain else "")
    if not archive:
        raise Problem(
            "this machine's apt sources name no Debian archive "
            f"(system: {system.get('PRETTY_NAME', 'unknown')})",
            "give one: DEBIAN_MIRROR=URI ./sajad …",
            "or give Odoo and PostgreSQL yourself: ODOO_HOME=…, DATABASE_HOST=…",
        )
    lines = [source_line(t.uri, t.release) for t in targets]
    return archive, lines or [source_line(archive, codename or "stable")]


def source_line(uri, suite):
    """A one-line apt source, checked against Debian's own keyring."""
    return f"deb [signed-by={KEYRING}] {uri} {suite} main"
