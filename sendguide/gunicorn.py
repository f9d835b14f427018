"""The server's settings, for `make run` and for production alike. Under `make run` the job worker belongs to it."""

import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from sendguide.logs import JsonLines, masked

MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
# How long the job worker may take to finish the e-mail in hand when everything stops.
JOBS_SECONDS = 10
environ.Env.read_env(os.environ.get("ENV_FILE", MANAGE.parent / ".env"))
LOCAL = os.environ.get("MODE") == "local"
NOHUP = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
HOST = os.environ.get("HOST", "127.0.0.1")

bind = f"[{HOST}]:{os.environ.get('PORT', 8000)}" if ":" in HOST else f"{HOST}:{os.environ.get('PORT', 8000)}"
worker_class = "gthread"
# Those that this container may use. Not every system can say so.
PROCESSORS = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
workers = int(os.environ.get("WEB_CONCURRENCY") or len(PROCESSORS) or os.cpu_count() or 1)
threads = 4
timeout = 30
graceful_timeout = 5 if LOCAL else 20
keepalive = 5
control_socket_disable = True
# Else a visitor's own SCRIPT_NAME would count, behind a proxy that hands it on: every address would begin with it.
forwarder_headers = ""
# Workers touch a file to show that they are alive; on a disk that is busy they would be taken for dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108

JSON = (os.environ.get("LOG_FORMAT") or ("text" if LOCAL else "json")) == "json"
# No addresses of visitors, no query strings, no referrers. As JSON the site itself writes a line for each request that
# reaches Django.
accesslog = None if JSON else "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"
loglevel = "warning" if LOCAL else "info"


class QuietLogger(Logger):
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers if JSON else ():
            handler.setFormatter(JsonLines())

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> dict[str, Any]:
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        return {**atoms, "U": masked(atoms["U"])}

    def exception(self, msg: str, *args: object, **kwargs: Any) -> None:
        super().exception(msg, *(masked(str(arg)) for arg in args), **kwargs)


logger_class = QuietLogger


def on_starting(server: Arbiter) -> None:
    """A setting that is missing is said once, in its own sentence, instead of by every worker in a traceback."""
    try:
        settings = import_module("sendguide.settings")
    except ImproperlyConfigured as reason:
        sys.exit(str(reason))
    # Before any process counts for /metrics, and anew with each start.
    if settings.METRICS_TOKEN and not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        server.figures = tempfile.mkdtemp(prefix="sendguide-figures-", dir=worker_tmp_dir)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = server.figures
    # Workers read the settings themselves: after a reload (SIGHUP) the new ones.
    del sys.modules["sendguide.settings"]


def pre_fork(server: Arbiter, worker: Worker) -> None:
    """Chooses the processor on which the worker will stay, if there are as many workers as processors; else None.

    Only one thread of a worker runs Python at a time. Handing over to one on another processor costs more than a page:
    left to the system, two workers on two processors took half as long again for each answer.
    """
    # With a reload the new workers come first; then the oldest go.
    newest_first = sorted(server.WORKERS.values(), key=lambda other: -other.age)
    taken = Counter(other.processor for other in newest_first[: server.num_workers - 1])
    is_one_each = server.num_workers == len(PROCESSORS)
    worker.processor = min(PROCESSORS, key=taken.__getitem__) if is_one_each else None


def post_fork(server: Arbiter, worker: Worker) -> None:
    if worker.processor is not None:
        try:
            os.sched_setaffinity(0, {worker.processor})
        except OSError as reason:
            server.log.warning("This worker is slower than it could be: it may not stay on one processor (%s).", reason)
    # The job worker is the first process's child: this one must not take it for one that it left running.
    if LOCAL:
        server.jobs.returncode = 0


def post_worker_init(worker: Worker) -> None:
    """Ctrl-C reaches every process of the terminal, but stopping is the first one's task.

    A worker that heard it twice, from the terminal and from the first process, could lock itself and be waited for.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    # Beside the first requests: a worker that is not ready within ``timeout`` would be taken for dead.
    Thread(target=_settle, daemon=True).start()


def _settle() -> None:
    # Another application than the site can be served with these settings too.
    if "sendguide.wsgi" in sys.modules:
        # Only now: it reads the models, which are there once the site is.
        import_module("sendguide.read_ahead").read_ahead()
    # What is there by now stays: it is not looked through for garbage again and again while visitors wait.
    gc.collect()
    gc.freeze()


def when_ready(server: Arbiter) -> None:
    """Said by `make run` as soon as the address answers."""
    if LOCAL:
        server.jobs = _start_jobs()
        # A closed terminal window stops the site, as Ctrl-C does, instead of reloading it for nobody.
        signal.signal(signal.SIGHUP, signal.SIG_IGN if NOHUP else lambda *_: os.kill(os.getpid(), signal.SIGTERM))
        site = os.environ.get("SITE_URL", f"http://{bind}")
        print(f"\nSEND Guide:  {site}/\nStaff site:  {site}/admin/\n")
        if not os.environ.get("EMAIL_URL"):
            print(f"E-mails are not sent: they become files in {_mail_folder()}, and the staff site lists them.\n")
        print("Ctrl-C stops it.\n", flush=True)


def _mail_folder() -> Path:
    """Where the settings have e-mails put that are not sent."""
    return Path(os.environ.get("DATA_DIR") or MANAGE.parent / "var", "mail")


def _start_jobs() -> subprocess.Popen[bytes]:
    """Ends by itself when this process is gone, however it went. Ctrl-C does not reach it: stopping is our task."""
    command = [sys.executable, str(MANAGE), "run_jobs", "--parent", str(os.getpid())]
    return subprocess.Popen(command, process_group=0)  # noqa: S603 - our own command


def on_exit(server: Arbiter) -> None:
    if figures := getattr(server, "figures", None):
        shutil.rmtree(figures, ignore_errors=True)
    if LOCAL:
        if jobs := getattr(server, "jobs", None):
            _stop(jobs)
        print("\nStopped. Everything is kept for the next start.", flush=True)


def _stop(jobs: subprocess.Popen[bytes]) -> None:
    jobs.terminate()
    try:
        jobs.wait(JOBS_SECONDS)
    except subprocess.TimeoutExpired:
        # An e-mail that was in hand is sent again when its lease has run out.
        jobs.kill()
        jobs.wait()
