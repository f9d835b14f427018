"""Suggestions below the search box: how long they take while many people type at once."""

import contextlib
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connections
from django.urls import reverse

from tests.bench.crowd import address_of_database
from tests.bench.load import CONNECTIONS, missing, wrk
from tests.bench.printing import figure, heading
from tests.bench.server import GUNICORN, started
from tests.guides.search.judged import JUDGED, read

MOST_LETTERS = 12
# As long as the script in the page waits after a letter, before it asks.
PAUSE = "delay = function() return 120 end"
# One after the other asks for the next thing that somebody has typed so far.
SCRIPT = """
local typed, number = {{ {typed} }}, 0
{delay}
request = function()
  number = number % #typed + 1
  return wrk.format("GET", "{path}?q=" .. typed[number])
end
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format("p50 %f p95 %f\\n", latency:percentile(50) / 1000, latency:percentile(95) / 1000))
  io.write(string.format("errors %d\\n", errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""


def measure() -> None:
    heading(f"Suggestions at {CONNECTIONS} connections")
    if "wrk" in missing():
        figure("Not measured: wrk must be installed (Debian: apt install wrk)", "")
        return
    connections.close_all()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sendguide-bench-")))
        typed = list(dict.fromkeys(_typed_so_far()))
        variables = {
            "DATABASE_URL": address_of_database(),
            "DATA_DIR": str(settings.DATA_DIR),
            "MODE": "production",
            "SECRET_KEY": "only for this measurement",
            "ALLOWED_HOSTS": "127.0.0.1",
            "WEB_CONCURRENCY": "2",
        }
        site, _ = stack.enter_context(started(*GUNICORN, **variables))
        # In their first second processes read the index beside their first answers.
        wrk(f"{site}{reverse('suggestions')}?q=sc")
        for what, delay, aim in (
            (f"{CONNECTIONS} people type {len(typed):,} texts", PAUSE, "p95 ≤ 30 ms, 0"),
            ("the same without a pause between letters", "", ""),
        ):
            script = folder / "typing.lua"
            quoted = ", ".join(f'"{quote(text)}"' for text in typed)
            script.write_text(SCRIPT.format(typed=quoted, path=reverse("suggestions"), delay=delay), "utf-8")
            said = wrk(site, script=script)
            p50, p95 = re.search(r"p50 ([\d.]+) p95 ([\d.]+)", said).groups()
            rate, errors = re.search(r"Requests/sec:\s+([\d.]+)", said)[1], re.search(r"errors (\d+)", said)[1]
            figure(
                f"Answers a second; p50, p95; errors: {what}",
                f"{float(rate):,.0f}; {float(p50):.1f}, {float(p95):.1f} ms; {errors}",
                aim,
            )


def _typed_so_far() -> Iterator[str]:
    for each in read(JUDGED):
        typed = each.typed.lower()
        for letters in range(2, min(len(typed), MOST_LETTERS) + 1):
            yield typed[:letters].strip()
