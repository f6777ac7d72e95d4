"""A run in the terminal: a progress bar with cost and accuracy, and the article's line every 1000 epochs."""

from __future__ import annotations

import contextlib
import csv
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from .datasets import resolve
from .nn.data import Array
from .nn.single import trainer
from .nn.spec import RunSpec, check_fits
from .runs.driver import Driver
from .runs.events import Report
from .runs.failures import failure

__all__ = ["train_in_terminal"]

MARK = 1000
TURN_SECONDS = 0.05


def train_in_terminal(spec: RunSpec, csv_file: Path | None) -> bool:
    """Train the spec to its end and say whether it got there.

    Raises SpecError where it does not fit its data, OSError where the file fails.
    """
    dataset = resolve(spec.dataset)
    check_fits(spec, dataset.data)
    if csv_file is not None:
        csv_file.open("a").close()  # so that a file which cannot be written is said before the work, not after
    console = Console()
    driver = Driver("terminal", spec, trainer(spec, dataset.data), time.perf_counter, pace=spec.pace)
    costs: list[Array] = []
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("cost {task.fields[cost]}  accuracy {task.fields[accuracy]}"),
        TimeRemainingColumn(),
    )
    with interruption() as interrupted, Progress(*columns, console=console) as bar:
        task = bar.add_task("epoch", total=spec.epochs, cost="", accuracy="")
        while not driver.run.over:
            if interrupted.wait(driver.due() or 0.0):
                raise KeyboardInterrupt
            report = driver.turn(TURN_SECONDS)
            # A run that fails may have nothing new to tell but that.
            if report.costs is not None and len(report.costs) > 0 and report.snapshot is not None:
                print_marks(console, report)
                costs.append(report.costs)
                cost, accuracy = f"{report.costs[-1]:.6f}", f"{report.snapshot.accuracy:.3f}"
                bar.update(task, completed=report.snapshot.epoch, cost=cost, accuracy=accuracy)
    if driver.run.detail:
        console.print(failure(driver.run.detail)["detail"])
    if csv_file is not None:
        write_costs(csv_file, np.concatenate([*costs, np.empty(0)]))
    return driver.run.status == "finished"


@contextlib.contextmanager
def interruption() -> Iterator[threading.Event]:
    """Set by Ctrl+C, to be looked at between two turns: an exception in the middle of something may be lost there."""
    interrupted = threading.Event()
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_IGN:  # as for a script's background jobs
        signal.signal(signal.SIGINT, lambda *_: interrupted.set())
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)


def print_marks(console: Console, report: Report) -> None:
    """Every 1000th epoch's cost, before its update, as the article prints it."""
    assert report.costs is not None and report.snapshot is not None
    first = report.snapshot.epoch - len(report.costs) + 1
    for epoch in range(-(-first // MARK) * MARK, report.snapshot.epoch + 1, MARK):
        console.print(f"epoch {epoch}: cost {report.costs[epoch - first]:.8f}", highlight=False)


def write_costs(path: Path, costs: Array) -> None:
    """Epoch and cost, every digit."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("epoch", "cost"))
        writer.writerows((epoch, repr(cost)) for epoch, cost in enumerate(costs.tolist()))
