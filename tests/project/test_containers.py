"""The image, and the parts that compose.yaml makes of it. They are read here, not run: tests/races/test_production.py
runs the same parts without containers.
"""

import os
import re
import shutil
import subprocess
import sys
from typing import Any

import pytest
import yaml

from sendguide import gunicorn
from tests.project.running import BASE_DIR

COMPILERS = r"gcc|g\+\+|clang|build-essential|-dev\b"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((BASE_DIR / "compose.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def stages() -> list[str]:
    """The image's, without comments."""
    lines = (BASE_DIR / "Dockerfile").read_text("utf-8").splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("#"))
    return re.split(r"^(?=FROM )", text, flags=re.MULTILINE)[1:]


def test_image_is_slim_has_no_compiler_and_says_how_it_is(stages):
    assert [stage.split()[1] for stage in stages] == ["python:3.11-slim"] * 2
    assert re.findall(COMPILERS, stages[-1]) == []
    assert re.findall(r"^HEALTHCHECK .*$", stages[-1], re.MULTILINE) == [
        'HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-m", "sendguide.healthcheck"]'
    ]


def test_image_runs_as_somebody_who_owns_nothing_but_the_data(stages):
    before, after = stages[-1].split("USER sendguide\n")
    assert "--uid 10001" in before
    assert "USER" not in after
    assert re.findall(r"install -d -o sendguide (.*)$", before, re.MULTILINE) == ["/data /data/media"]
    assert "--chown" not in stages[-1]


def test_image_holds_what_its_own_steps_need(tmp_path):
    """What .dockerignore lets through, somewhere else: the step that collects static files runs there."""
    for line in (BASE_DIR / ".dockerignore").read_text("utf-8").splitlines():
        if line.startswith("!"):
            source = BASE_DIR / line[1:]
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, tmp_path / line[1:])
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    variables = {"PATH": os.environ["PATH"], "SECRET_KEY": "only for this step", "DATA_DIR": str(tmp_path / "data")}
    step = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True)
    assert (step.returncode, step.stderr) == (0, "")
    assert list(tmp_path.glob("data/static/css/site.*.css")) or list(tmp_path.glob("**/staticfiles.json"))


def test_only_the_proxy_is_reached_from_outside(compose):
    ports = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}
    assert ports == {"proxy": ["80:80", "443:443", "443:443/udp"]}


def test_web_servers_and_job_workers_are_as_many_as_one_wants(compose):
    services = compose["services"]
    assert {name: services[name]["deploy"]["replicas"] for name in ("web", "jobs")} == {
        "web": "${WEB_REPLICAS:-2}",
        "jobs": "${JOBS_REPLICAS:-2}",
    }
    # Of one image, with one environment, and none before the database is migrated: new code never meets an old one.
    parts = [services[name] for name in ("prepare", "web", "jobs")]
    assert [part["image"] for part in parts] == ["sendguide"] * 3
    assert [part["environment"] for part in parts] == [parts[0]["environment"]] * 3
    waits = {"prepare": {"condition": "service_completed_successfully"}}
    assert [part["depends_on"] for part in parts[1:]] == [waits] * 2
    assert parts[0]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert parts[0]["command"].startswith('sh -c "python manage.py migrate --no-input && ')


def test_whatever_dies_is_started_again(compose):
    restarts = {name: service["restart"] for name, service in compose["services"].items()}
    assert restarts.pop("prepare") == "no"
    assert set(restarts) == {"proxy", "database", "redis", "web", "jobs"}
    assert set(restarts.values()) == {"unless-stopped"}


def test_server_that_stops_may_answer_those_who_asked(compose):
    assert compose["services"]["web"]["stop_grace_period"] == "30s"
    assert gunicorn.graceful_timeout < 30


def test_proxy_asks_every_web_server_and_gives_up_connections_before_they_do(compose):
    settings = compose["configs"]["proxy"]["content"]
    assert settings.splitlines()[0] == "${SITE_URL} {"
    assert "respond /metrics 404\n" in settings
    assert "dynamic a web 8000 {" in settings
    assert int(re.search(r"\n *keepalive (\d+)s\n", settings)[1]) < gunicorn.keepalive
    mounted = {"source": "proxy", "target": "/etc/caddy/Caddyfile"}
    assert compose["services"]["proxy"]["configs"] == [mounted]
    # Compose would take a single one for a variable of its own.
    assert re.findall(r"\$(?!\{SITE_URL\})", settings) == []


def test_site_believes_one_proxy_and_uses_the_database_and_the_redis_beside_it(compose):
    environment = compose["services"]["web"]["environment"]
    assert environment["TRUSTED_PROXIES"] == "${TRUSTED_PROXIES:-1}"
    assert environment["CACHE_URL"] == "${CACHE_URL:-redis://redis:6379/0}"
    assert "@database:5432/sendguide" in environment["DATABASE_URL"]
