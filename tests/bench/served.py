"""A server of its own for what is measured from outside, in a browser."""

import subprocess
import sys
import time
import urllib.request

from server import free_port

CODE = "import odoo.cli; odoo.cli.main()"


class Served:
    """Odoo on a port of 127.0.0.1, as a context."""

    def __init__(self, config, database, options=()):
        self.port = free_port()
        arguments = ["server", *(["-c", config] if config else []), "-d", database]
        arguments += [f"--http-port={self.port}", f"--gevent-port={free_port()}"]
        arguments += ["--max-cron-threads=0", "--log-level=error", "--workers=0"]
        # on a busy machine the first page, with its assets, takes longer than Odoo lets
        # it, which would start itself again
        arguments += ["--limit-time-real=3600", "--limit-time-cpu=3600"]
        arguments += [f"--db-filter=^{database}$", *options]
        self.arguments = arguments

    def __enter__(self):
        self.process = subprocess.Popen([sys.executable, "-c", CODE, *self.arguments])
        for _second in range(120):
            try:
                urllib.request.urlopen(f"{self.url}/web/health", timeout=60).close()
            except OSError:
                time.sleep(1)
            else:
                return self
        self.__exit__()
        raise SystemExit("The server does not answer.")

    def __exit__(self, *_details):
        self.process.terminate()
        self.process.wait()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"
