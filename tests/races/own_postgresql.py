"""A PostgreSQL server of the tests' own. The one that DATABASE_URL names is not theirs to restart."""

import os
import random
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

# The last makes recovery wait for the disk once, not for each of more than a thousand files.
OPTIONS = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c recovery_init_sync_method=syncfs"
IS_ROOT = os.geteuid() == 0
MISSING = (
    "To restart PostgreSQL this test starts a server of its own, and initdb and pg_ctl are not on this computer: "
    "install them (Debian and Ubuntu: apt install postgresql)."
)


@dataclass(frozen=True, slots=True)
class OwnServer:
    """It keeps what it has committed as a real one does: its settings are PostgreSQL's own, fsync among them."""

    programs: Path
    folder: Path
    port: int

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8")

    def address(self, database: str) -> dict[str, str]:
        """In the words of Django's settings."""
        return {"HOST": "127.0.0.1", "PORT": str(self.port), "USER": "postgres", "PASSWORD": "", "NAME": database}

    def url(self, database: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def create(self) -> None:
        options = ("--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        self._run("initdb", *options)

    def start(self) -> None:
        """Returns when it answers: after a crash, when it has recovered."""
        self._run("pg_ctl", "start", "-w", "-l", str(self.folder / "log"), "-o", f"-p {self.port} {OPTIONS}")

    def crash(self) -> None:
        """All its processes end at once, in the middle of whatever they do, and leave the files as they are."""
        self._run("pg_ctl", "stop", "-w", "-m", "immediate")

    def _run(self, program: str, *arguments: str) -> None:
        # It refuses to run as root.
        user = ("runuser", "-u", "postgres", "--") if IS_ROOT else ()
        command = [*user, str(self.programs / program), "-D", str(self.folder / "cluster"), *arguments]
        subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True, timeout=60)


@contextmanager
def own_server() -> Iterator[OwnServer]:
    """Running, for the block; nothing of it is left afterwards."""
    programs = folder_of_programs()
    with tempfile.TemporaryDirectory(prefix="sendguide-postgresql-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if IS_ROOT:
            shutil.chown(folder, "postgres")
        server = OwnServer(programs, folder, quiet_port())
        server.create()
        server.start()
        try:
            yield server
        finally:
            server.crash()


def folder_of_programs() -> Path:
    """Debian keeps them out of PATH; of several versions the newest."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    for folder in (*map(Path, os.get_exec_path()), *reversed(debian)):
        if all((folder / program).exists() for program in ("initdb", "pg_ctl")):
            return folder
    pytest.fail(MISSING, pytrace=False)


def quiet_port() -> int:
    """Free, and below those that the system hands out: no connection is given it while the server is down."""
    while True:
        port = random.randrange(15_000, 30_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
