"""Load from wrk, a program in C that is not itself the limit, and what its target takes for it."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

CONNECTIONS = 64
SECONDS = 2
TICKS = os.sysconf("SC_CLK_TCK")
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(slots=True)
class Target:
    """``pid``: its first process. ``script``: how it is asked, if not at once again. Lists: a number for each round."""

    name: str
    address: str
    pid: int
    script: Path | None = None
    rates: list[float] = field(default_factory=list)
    per_cpu_second: list[float] = field(default_factory=list)
    slowest: list[float] = field(default_factory=list)
    errors: int = 0

    def load(self) -> None:
        before = cpu_seconds(self.pid)
        said = wrk(self.address, script=self.script)
        used = cpu_seconds(self.pid) - before
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
        number = int(re.search(r"(\d+) requests in", said)[1])
        self.rates.append(rate)
        self.per_cpu_second.append(number / used if used else 0)
        self.slowest.append(slowest(said))
        self.errors += sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", said)))
        self.errors += sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", said)))

    def forget(self) -> None:
        """What was measured so far, but for errors."""
        self.rates, self.per_cpu_second, self.slowest = [], [], []

    def add(self, other: "Target") -> None:
        """What was measured of another start of the same."""
        self.rates += other.rates
        self.per_cpu_second += other.per_cpu_second
        self.slowest += other.slowest
        self.errors += other.errors

    @property
    def rate(self) -> float:
        return median(self.rates)

    @property
    def thrift(self) -> float:
        """Answers for a second of processor time, whoever else uses the machine."""
        return median(self.per_cpu_second)

    @property
    def p99(self) -> float:
        """Milliseconds that one in a hundred waits longer than."""
        return median(self.slowest)


def wrk(address: str, seconds: int = SECONDS, script: Path | None = None) -> str:
    """What it says in the end. ``script`` (Lua) chooses what is asked for."""
    how = ("-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s", "--latency", "-H", "Accept-Encoding: br")
    command = ("wrk", *how, *(("-s", str(script)) if script else ()), address)
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 30).stdout


def slowest(said: str) -> float:
    """The milliseconds that one in a hundred waited longer than, out of what wrk said."""
    amount, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()
    return float(amount) * UNITS[unit]


def missing() -> list[str]:
    return [program for program in ("wrk", "nginx") if shutil.which(program) is None]


def cpu_seconds(pid: int) -> float:
    """Of the process and of its children that still run."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    return (int(fields[11]) + int(fields[12])) / TICKS + sum(map(cpu_seconds, map(int, children)))
