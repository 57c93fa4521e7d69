"""On what a figure was measured, and how figures are printed."""

from __future__ import annotations

import math
import os
import platform
from datetime import UTC, datetime
from pathlib import Path


def machine() -> str:
    cpu = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor() or platform.machine(),
    )
    cores = len(os.sched_getaffinity(0))
    return f"{datetime.now(UTC):%Y-%m-%d}, {cores} cores of {cpu}, Python {platform.python_version()}"


def resident_mib(pid: int) -> float:
    """What a process holds in memory, in MiB."""
    kib = next(line.split()[1] for line in _lines(f"/proc/{pid}/status") if line.startswith("VmRSS"))
    return int(kib) / 1024


def process_seconds(pid: int) -> float:
    """Processor time of a process by now."""
    fields = process_fields(pid)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def process_fields(pid: int) -> list[str]:
    """Of /proc/PID/stat, from the state on."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least this share of the values do not exceed."""
    ranked = sorted(values)
    return ranked[max(math.ceil(len(ranked) * share) - 1, 0)]


def _lines(file: str) -> list[str]:
    path = Path(file)
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
