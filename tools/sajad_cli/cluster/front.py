"""nginx of the cluster: config/nginx, with a certificate of its own."""

from .. import proc
from ..database.pg_cluster import own_folder

# another address of this machine
PROXY = "127.0.0.2"
_MAIN = """\
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/log/nginx.log warn;
events {{ worker_connections 1024; }}
http {{
    include {etc}/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {folder}/nginx/body;
    proxy_temp_path {folder}/nginx/proxy;
    fastcgi_temp_path {folder}/nginx/fastcgi;
    uwsgi_temp_path {folder}/nginx/uwsgi;
    scgi_temp_path {folder}/nginx/scgi;
    include {folder}/sajad-upstreams.conf;
    include {folder}/sajad.conf;
}}
"""


def write(cluster, proxy):
    """Write the files of nginx; return the main one."""
    folder, written = cluster.folder, cluster.written
    own_folder(cluster.settings, folder / "nginx")
    _certificate(cluster)
    busy = folder / "busy"
    own_folder(cluster.settings, busy)
    for page in (cluster.settings.project / "config/nginx/busy").iterdir():
        written.put(f"nginx/busy/{page.name}", f"busy/{page.name}")
    name, places = cluster.upstreams()
    written.put(f"nginx/upstreams/{name}", "sajad-upstreams.conf", places)
    written.put(
        "nginx/sajad.conf",
        "sajad.conf",
        {
            "listen 80;": f"listen 127.0.0.1:{cluster.plain_port};",
            "listen 443 ssl;": f"listen 127.0.0.1:{cluster.port} ssl;",
            "sajad.example.ac.ir": "localhost",
            "proxy_set_header Host $host;": "proxy_set_header Host $http_host;",
            "X-Forwarded-Host $host;": "X-Forwarded-Host $http_host;",
            "/etc/ssl/sajad/": f"{folder}/",
            "/var/lib/nginx/sajad": folder / "nginx/cache",
            "/var/lib/sajad/data": cluster.data,
            "/opt/sajad/config/nginx/busy": busy,
            "rate=240r/s": f"rate={cluster.rate}r/s",
            # whoever comes from this address is a proxy of before
            "#set_real_ip_from 10.0.0.5": f"set_real_ip_from {PROXY}",
            "#real_ip_header": "real_ip_header",
        },
    )
    return written.write("nginx.conf", _MAIN.format(folder=folder, etc=proxy.etc))


def _certificate(cluster):
    """A certificate that nobody trusts, for the time of a test."""
    key, certificate = (
        cluster.folder / name for name in ("privkey.pem", "fullchain.pem")
    )
    argv = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    argv += ["-subj", "/CN=localhost", "-keyout", key, "-out", certificate]
    proc.capture(argv)
    for path in (key, certificate):
        cluster.written.give(path)
