"""How a section of the benchmark says what it measured: rows of figures, each with the bar it has to reach."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Row", "Section", "machine", "percentile", "to_markdown"]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, ours, the yardstick's, and the bar for it (``reached`` None: no bar was set)."""

    what: str
    ours: str
    yardstick: str
    ratio: str
    bar: str = ""
    reached: bool | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A table of rows under a title, with one sentence on how they were measured."""

    title: str
    how: str
    rows: tuple[Row, ...]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1))]


def median(values: Sequence[float]) -> float:
    """The median, as a float."""
    return float(statistics.median(values))


def machine() -> str:
    """One line on what this ran on."""
    return (
        f"{os.cpu_count()} cores, {processor()}, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def processor() -> str:
    """The processor's name as Linux gives it, else as Python does."""
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"


def to_markdown(sections: Sequence[Section]) -> str:
    """All sections as the page that ``docs/benchmarks.md`` holds."""
    lines = ["# Benchmarks", "", f"Written by `make bench` on: {machine()}.", ""]
    lines += ["Trust the ratios: both sides of each were measured in the same run.", ""]
    for section in sections:
        lines += [f"## {section.title}", "", section.how, ""]
        lines += ["| measured | ours | yardstick | ratio | bar | reached |", "|---|---|---|---|---|---|"]
        verdict = {True: "yes", False: "**no**", None: ""}
        lines += [
            f"| {row.what} | {row.ours} | {row.yardstick} | {row.ratio} | {row.bar} | {verdict[row.reached]} |"
            for row in section.rows
        ]
        lines.append("")
    return "\n".join(lines)
