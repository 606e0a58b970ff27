"""What sign-in with a directory needs: python-ldap, and slapd to test it.

No index has wheels of python-ldap. Debian builds it for its own Python, so its package
is unpacked beside the environment; another Python compiles it against Debian's headers.
Nothing is installed into the system, and slapd runs from an unpacked copy: the profile
that confines /usr/sbin/slapd on some machines would not let it read a test's folder.
"""

import os
import platform
import re

from .. import proc
from ..ui import Problem, say
from . import apt
from .syslibs import library_folders as _lib

# the version that is compiled where Debian's does not fit
PYTHON_LDAP = "python-ldap==3.4.8"
# what auth_ldap imports, and what Odoo asks before it installs auth_ldap
_ASK = (
    "import ldap, ldap.filter, importlib.metadata as m; assert m.version('python-ldap')"
)
# dependencies of these packages that are no libraries of theirs
_SKIP = re.compile(r"^(libc6|libc-bin|libgcc|libpython|libperl|libcrypt1|libstdc)")


def wanted(packages, names):
    """The packages to unpack: the named ones and the libraries that they open."""
    libraries = (p for p in packages if p.startswith("lib") and not _SKIP.match(p))
    return sorted({*names, *libraries})


def join_paths(*paths):
    """One value of a path variable out of several, without empty parts."""
    return ":".join(str(path) for path in paths if path)


def _loads(python, env):
    return proc.succeeds([python, "-c", _ASK], env=os.environ | env, cwd="/")


def unpack_beside(settings, archives, name, packages):
    """Unpack packages and the libraries that they lack below the prefix, once."""
    prefix, folder = settings.prefix / name, settings.cache / name
    done = prefix / ".complete"
    if not done.exists():
        native = archives.native
        for package in wanted(native.missing(packages), packages):
            native.download(package, folder)
        apt.unpack(folder.glob("*.deb"), prefix)
        done.touch()
    return prefix


def _environment(settings, env):
    """The variables of Odoo, and the folders of the libraries unpacked here."""
    prefixes = (settings.prefix / name for name in ("ldap", "ldap-dev"))
    folders = [f for p in prefixes if (p / ".complete").exists() for f in _lib(p)]
    if not folders:
        return env
    known = env.get("LD_LIBRARY_PATH") or os.environ.get("LD_LIBRARY_PATH", "")
    return env | {"LD_LIBRARY_PATH": join_paths(*folders, known)}


def ensure_client(settings, archives, venv, site, env):
    """Have python-ldap in the environment of Odoo; return its variables.

    :param dict env: the variables that Odoo gets so far
    """
    python, path_file = venv / "bin/python", site / "sajad-ldap.pth"
    found = _environment(settings, env)
    if _loads(python, found):
        return found
    say("python-ldap, for the sign-in with a directory")
    try:
        prefix = unpack_beside(settings, archives, "ldap", ["python3-ldap"])
        path_file.write_text(f"{prefix / 'usr/lib/python3/dist-packages'}\n")
        found = _environment(settings, env)
        if _loads(python, found):
            return found
    except Problem as problem:
        say(f"NOTE: {problem.what}")
    path_file.unlink(missing_ok=True)
    return _compile(settings, archives, python, env)


def _compile(settings, archives, python, env):
    """Build python-ldap for a Python that Debian has no package for."""
    say("Debian's python-ldap is of another Python: compiling it")
    names = ["libldap-dev", "libsasl2-dev"]
    hints = (
        f"{python} cannot load python-ldap, which sajad_directory needs",
        "a Debian machine needs nothing with PYTHON=/usr/bin/python3; another Python "
        "needs a C compiler and the headers of Python, OpenLDAP and SASL",
    )
    try:
        prefix = settings.prefix / "ldap-dev"
        if not (prefix / ".complete").exists():
            folder = settings.cache / "ldap-dev"
            for package in {*names, *_runtime(archives.native, names)}:
                archives.native.download(package, folder)
            apt.unpack(folder.glob("*.deb"), prefix)
            (prefix / ".complete").touch()
        include, folders = prefix / "usr/include", _lib(prefix)
        build = os.environ | {
            "CPATH": join_paths(include, include / f"{_triplet()}"),
            "LIBRARY_PATH": join_paths(*folders),
            "LDFLAGS": " ".join(f"-L{folder}" for folder in folders),
        }
        argv = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        argv += ["--no-input", "--no-binary", "python-ldap", PYTHON_LDAP]
        proc.capture(argv, env=build)
    except Problem as problem:
        raise Problem(problem.what, *problem.hints, *hints) from None
    found = _environment(settings, env)
    if not _loads(python, found):
        raise Problem("python-ldap was built but does not load", *hints)
    return found


def _triplet():
    return f"{platform.machine()}-linux-gnu"


def _runtime(native, names):
    """The libraries that the development packages link to, installed here or not."""
    native.update()
    text = proc.capture(["apt-cache", "depends", *names], env=native.env)
    return set(re.findall(r"Depends: (lib(?:ldap|sasl2)[\w.-]+)$", text, re.M))


def ensure_server(settings, archives):
    """Have OpenLDAP's server for the tests; return the variables that name it."""
    try:
        prefix = unpack_beside(settings, archives, "slapd", ["slapd"])
    except Problem as problem:
        hint = "the tests of the sign-in with a directory need OpenLDAP's server"
        raise Problem(problem.what, *problem.hints, hint) from None
    return {"SAJAD_SLAPD": str(prefix)}
