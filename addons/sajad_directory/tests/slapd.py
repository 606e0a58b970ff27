"""A real OpenLDAP server for tests: own folder, own port, stopped by its pid."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

BASE = "dc=test"
READER = "cn=reader,dc=test"
SECRET = "reader-secret"
CONF = """\
{includes}
{tls}
attributetype ( 1.3.6.1.4.1.4203.666.1.1 NAME 'userAccountControl'
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.4203.666.1.2 NAME 'nationalId'
  EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
objectclass ( 1.3.6.1.4.1.4203.666.1.3 NAME 'campusPerson' SUP top AUXILIARY
  MAY ( userAccountControl $ nationalId ) )
pidfile {folder}/slapd.pid
modulepath {modules}
moduleload back_mdb
moduleload ppolicy
database mdb
maxsize 10485760
suffix "dc=test"
rootdn "cn=root,dc=test"
directory {folder}/data
index objectClass eq
overlay ppolicy
ppolicy_default "cn=policy,dc=test"
access to attrs=userPassword by self write by anonymous auth by * none
access to * by dn.exact="cn=reader,dc=test" read by self write by * none
"""
TLS = """\
TLSCACertificateFile {folder}/tls.crt
TLSCertificateFile {folder}/tls.crt
TLSCertificateKeyFile {folder}/tls.key
"""
CERTIFICATE = (
    *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
    *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
)
TREE = """\
dn: dc=test
objectClass: dcObject
objectClass: organization
o: Test
dc: test

dn: cn=reader,dc=test
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: reader
userPassword: reader-secret

dn: cn=policy,dc=test
objectClass: organizationalRole
objectClass: pwdPolicy
cn: policy
pwdAttribute: userPassword
pwdLockout: TRUE

dn: ou=people,dc=test
objectClass: organizationalUnit
ou: people
"""
PERSON = """
dn: uid={uid},ou=people,dc=test
objectClass: inetOrgPerson
objectClass: campusPerson
uid: {uid}
cn: {name}
sn: {name}
userPassword: {password}
{extra}
"""


class Slapd:
    """OpenLDAP with some people; ``start`` fails loudly where there is no slapd."""

    def __init__(self, people):
        home = Path(os.environ.get("SAJAD_SLAPD") or "/")
        self.program = home / "usr/sbin/slapd"
        if not self.program.exists():
            raise AssertionError(
                "OpenLDAP's slapd is missing: run the tests with ./sajad test, or name "
                "the folder of an unpacked package in SAJAD_SLAPD"
            )
        self.schema = home / "etc/ldap/schema"
        self.modules = home / "usr/lib/ldap"
        folders = {str(p.parent) for p in home.glob("**/lib*.so*")} if home.name else ()
        known = os.environ.get("LD_LIBRARY_PATH", "")
        paths = ":".join(filter(None, [*sorted(folders), known]))
        self.env = os.environ | ({"LD_LIBRARY_PATH": paths} if paths else {})
        self.people = people
        self.process = None
        self.folder = None
        self.port, self.tls_port = self._get_free_port(), self._get_free_port()

    def _get_free_port(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return probe.getsockname()[1]

    @property
    def certificate(self):
        """Return the file of who signed the certificate: it signed itself."""
        return self.folder / "tls.crt"

    def start(self):
        self.folder = Path(tempfile.mkdtemp(prefix="sajad-slapd-"))
        (self.folder / "data").mkdir()
        names = ("core", "cosine", "inetorgperson")
        includes = "\n".join(f"include {self.schema / name}.schema" for name in names)
        self._make_certificate()
        conf = self.folder / "slapd.conf"
        conf.write_text(
            CONF.format(
                includes=includes,
                tls=TLS.format(folder=self.folder),
                folder=self.folder,
                modules=self.modules,
            )
        )
        ldif = self.folder / "tree.ldif"
        ldif.write_text(TREE + "".join(PERSON.format(**p) for p in self.people))
        # one program under two names
        add = self.folder / "slapadd"
        add.symlink_to(self.program)
        self._run([add, "-f", conf, "-l", ldif])
        self.process = subprocess.Popen(
            [
                self.program,
                "-d",
                "0",
                "-f",
                conf,
                "-h",
                f"ldap://127.0.0.1:{self.port} ldaps://127.0.0.1:{self.tls_port}",
            ],
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait()

    def _make_certificate(self):
        key = self.folder / "tls.key"
        argv = [*CERTIFICATE, "-keyout", key, "-out", self.certificate]
        subprocess.run(argv, check=True, capture_output=True)

    def _run(self, argv):
        done = subprocess.run(argv, env=self.env, capture_output=True, text=True)
        if done.returncode:
            raise AssertionError(f"{argv[0].name}: {done.stderr[-500:]}")

    def _wait(self):
        for _attempt in range(100):
            if self.process.poll() is not None:
                raise AssertionError(f"slapd ended with {self.process.returncode}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("slapd does not listen")

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=10)
            self.process = None
        if self.folder:
            shutil.rmtree(self.folder)
            self.folder = None
