"""A class of 300 on a real server, end to end, beside the article's loops and two simple ways to run many of them."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
import urllib.request
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import psutil

from app.datasets import load

from .article import article_loop
from .product import product
from .report import Row, Section, median, percentile

__all__ = ["section"]

CLIENTS, EPOCHS = 300, 10_000
CLASSES, LOOPS = 3, 3
"""So many classes, and so many loops before each: the speed of a shared machine's cores comes and goes."""
PEER_RUNS = 20
"""The peers train so many and are reckoned up to 300: they take the time of one run after another, and it is long."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one class took: seconds until all had their last message, and of every client's first and last message;
    seconds of CPU for a training; bytes; seconds that another user waited, each time.
    """

    whole: float
    first: list[float]
    last: list[float]
    spent: float
    memory: float
    waits: list[float]


def section() -> Section:
    """Everything in one go, on the same machine."""
    loops, lessons = [], []
    for turn in range(CLASSES):
        loops += [one_loop(LOOPS * turn + seed) for seed in range(LOOPS)]
        lessons.append(lesson())
    threads, pool = CLIENTS / PEER_RUNS * by_threads(), CLIENTS / PEER_RUNS * by_processes()
    peer, peer_name = min((threads, "a thread a run"), (pool, "a pool of processes"))
    loop, whole = median(loops), median([one.whole for one in lessons])
    in_turn, spent = CLIENTS * loop, median([one.spent for one in lessons])
    wait = percentile([wait for one in lessons for wait in one.waits], 0.99)
    memory = max(one.memory for one in lessons) / 1e6
    rows = (
        Row("all have their last message", f"{whole:.1f} s", f"{in_turn:.0f} s", f"1/{in_turn / whole:.1f}",
            "≤ 1/20 of the loops in turn", whole <= in_turn / 20),
        Row(f"beside the best peer, {peer_name}", f"{whole:.1f} s", f"{peer:.0f} s", f"1/{peer / whole:.1f}",
            "≤ 1/3", whole <= peer / 3),
        Row("the server's CPU for a training", f"{spent * 1000:.0f} ms", f"{loop * 1000:.0f} ms",
            f"1/{loop / spent:.1f}", "≤ 1/6 of a loop", spent <= loop / 6),
        Row("another user's round trip meanwhile, p99", f"{wait * 1000:.0f} ms", "", "", "≤ 50 ms", wait <= 0.05),
        Row("first message, p50 / p99", pair([time for one in lessons for time in one.first]), "", ""),
        Row("last message, p50 / p99", pair([time for one in lessons for time in one.last]), "", ""),
        Row("memory of all processes", f"{memory:.0f} MB", "", "", "≤ 400 MB", memory <= 400),
    )  # fmt: skip
    how = (
        f"{CLIENTS} clients submit the default net on four-bit majority over HTTP and watch it over WebSocket, from "
        f"one process on the same cores; the yardstick: the article's loop, {CLIENTS} times in turn. Medians of "
        f"{CLASSES} classes, by turns with the loops. Peers trained {PEER_RUNS} runs, reckoned up."
    )
    return Section("A class of 300", how, rows)


def lesson() -> Lesson:
    """A class on a server of its own."""
    with product() as (address, process):
        others = Others(address)
        before = cpu(process)
        figures = watched(address)
        spent = (cpu(process) - before) / CLIENTS
        memory = sum(one.memory_info().rss for one in family(process))
        others.stop()
    return Lesson(figures["whole"][0], figures["first"], figures["last"], spent, memory, others.waits)


def pair(times: list[float]) -> str:
    """p50 and p99 in seconds."""
    return f"{percentile(times, 0.5):.2f} / {percentile(times, 0.99):.2f} s"


def one_loop(seed: int) -> float:
    """Seconds that the article's loop takes."""
    data = load("four-bit-majority").data
    begun = time.perf_counter()
    article_loop(data.x, data.y, EPOCHS, seed)
    return time.perf_counter() - begun


def by_threads() -> float:
    """Seconds for the peers' runs with a thread for each."""
    threads = [threading.Thread(target=one_loop, args=(seed,)) for seed in range(PEER_RUNS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begun


def by_processes() -> float:
    """Seconds for the peers' runs on a pool with a process a core, already warm."""
    with ProcessPoolExecutor() as pool:
        list(pool.map(abs, range(8)))
        begun = time.perf_counter()
        list(pool.map(one_loop, range(PEER_RUNS)))
        return time.perf_counter() - begun


def watched(address: str) -> dict[str, list[float]]:
    """What the clients saw."""
    command = [sys.executable, "-m", "bench.watcher", address, str(CLIENTS)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, list[float]] = json.loads(done.stdout)
    return figures


class Others:
    """Another user, who asks for a page's data every 20 ms from a thread of this process."""

    def __init__(self, address: str) -> None:
        self.address, self.over = address, threading.Event()
        self.waits: list[float] = [0.0]
        self.thread = threading.Thread(target=self.ask)
        self.thread.start()

    def ask(self) -> None:
        """Until told to stop."""
        while not self.over.wait(0.02):
            begun = time.perf_counter()
            with urllib.request.urlopen(f"{self.address}/api/datasets") as answer:
                answer.read()
            self.waits.append(time.perf_counter() - begun)

    def stop(self) -> None:
        """End."""
        self.over.set()
        self.thread.join()


def family(process: psutil.Process) -> list[psutil.Process]:
    """The server and its workers."""
    return [process, *process.children(recursive=True)]


def cpu(process: psutil.Process) -> float:
    """Seconds of CPU of all of them."""
    return sum(sum(one.cpu_times()[:2]) for one in family(process))
