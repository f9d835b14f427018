"""The site as a big charity runs it: nginx with https before two servers, two job workers, PostgreSQL, Redis.

Each is a process of its own that a test may kill, and start again as whatever watches over it would.
"""

import os
import shutil
import subprocess
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from django.db import connection

from tests.outbox.processes import RUN_JOBS, Process, process, program
from tests.races.crowd import Site, is_listened_to
from tests.races.own_postgresql import quiet_port

# A server that cannot be connected to was not asked yet: the other one is. What one was asked when it died is asked
# once more only if it was reading. So does nginx unless told otherwise, and so does the proxy in compose.yaml.
NGINX = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr warn;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/temporary; proxy_temp_path {folder}/temporary;
  fastcgi_temp_path {folder}/temporary; uwsgi_temp_path {folder}/temporary; scgi_temp_path {folder}/temporary;
  upstream site {{ {servers} }}
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;
    location / {{
      proxy_pass http://site;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme;
    }}
  }}
}}
"""
CERTIFICATE = (
    *("req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-days", "2"),
    *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
)


@dataclass
class Production:
    """``folder`` is for logs; ``static`` has the static files. What is started runs until ``stack`` is closed."""

    stack: ExitStack
    folder: Path
    static: Site
    mail_port: int
    port: int = field(default_factory=quiet_port)
    redis_port: int = field(default_factory=quiet_port)

    def __post_init__(self) -> None:
        self.variables = {
            "MODE": "production",
            "SITE_URL": self.address,
            "TRUSTED_PROXIES": "1",
            "CACHE_URL": self.redis_url,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
            "LINK_CHECK": "false",
        }
        names = ("web0", "web1")
        self.webs = [Site(self.static.folder, quiet_port(), name, self.variables) for name in names]
        self.certificate = self.folder / "certificate.pem"

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    @property
    def redis_url(self) -> str:
        return f"redis://127.0.0.1:{self.redis_port}/0"

    def start_web(self, number: int, application: str = "sendguide.wsgi") -> Process:
        """Returns when it answers."""
        return self.stack.enter_context(self.webs[number].served(application))

    def start_jobs(self, name: str) -> Process:
        """Returns when it is at work."""
        variables = self.variables | {"PGAPPNAME": name}
        worker = self.stack.enter_context(process(self.folder / f"{name}.log", *RUN_JOBS, **variables))
        worker.wait_for(lambda: is_connected(name))
        return worker

    def start_redis(self) -> Process:
        options = ("--port", str(self.redis_port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
        return self._start("redis-server", *options, "--dir", str(self.folder), port=self.redis_port)

    def start_nginx(self) -> Process:
        files = ("-keyout", str(self.folder / "key.pem"), "-out", str(self.certificate))
        subprocess.run([found("openssl"), *CERTIFICATE, *files], check=True, capture_output=True)
        servers = " ".join(f"server 127.0.0.1:{web.port} max_fails=1 fail_timeout=1s;" for web in self.webs)
        settings = self.folder / "nginx.conf"
        settings.write_text(NGINX.format(folder=self.folder, port=self.port, servers=servers), "utf-8")
        return self._start("nginx", "-c", str(settings), port=self.port)

    def _start(self, name: str, *arguments: str, port: int) -> Process:
        running = self.stack.enter_context(program(self.folder / f"{name}.log", found(name), *arguments))
        running.wait_for(lambda: is_listened_to(port))
        return running

    def read(self, number: int, path: str) -> str:
        """What one of the servers itself answers, asked as nginx does."""
        asked = Request(self.webs[number].address + path, headers={"X-Forwarded-Proto": "https"})
        with urlopen(asked, timeout=30) as answer:
            return answer.read().decode()


def is_connected(name: str) -> bool:
    """Whether a process with this PGAPPNAME uses the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", [name])
        return cursor.fetchone()[0] > 0


def found(name: str) -> str:
    """Debian keeps servers out of most people's PATH."""
    path = shutil.which(name, path=os.pathsep.join([os.environ["PATH"], "/usr/sbin"]))
    if path is None:
        pytest.fail(f"There is no {name} here (Debian: apt install nginx redis-server openssl).", pytrace=False)
    return path
