"""How long loading everything in content/ takes."""

import time
from io import StringIO

from django.core.management import call_command

from tests.bench.printing import figure, heading


def measure() -> None:
    heading("Content")
    figure("load_content, empty database", f"{_seconds():.1f} s", "≤ 20 s")
    figure("load_content, nothing changed", f"{_seconds():.1f} s", "≤ 3 s")


def _seconds() -> float:
    start = time.perf_counter()
    call_command("load_content", stdout=StringIO())
    return time.perf_counter() - start
