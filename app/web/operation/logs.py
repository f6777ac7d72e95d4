"""Logs for operators: one JSON line each on stderr, written by a thread behind a bounded queue.

A reader of stderr that stops reading must never stop the server, nor its end: a full queue drops lines and counts them,
and nobody waits long for the thread.
"""

from __future__ import annotations

import logging
import logging.handlers
import os
import queue
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import structlog

from .metrics import Metrics

__all__ = ["logging_to_stderr"]

MOST_LINES = 1000
LAST_LINES = 1.0
"""Seconds that a reader of stderr has to take the last lines."""

Lines = queue.Queue[logging.LogRecord | None]


class DroppingHandler(logging.handlers.QueueHandler):
    """Puts records into a bounded queue; counts what does not fit."""

    def __init__(self, lines: Lines, metrics: Metrics) -> None:
        super().__init__(lines)
        self.metrics = metrics

    def enqueue(self, record: logging.LogRecord) -> None:
        """Never wait."""
        try:
            self.queue.put_nowait(record)
        except queue.Full:
            self.metrics.logs_dropped.inc()


class Descriptor:
    """stderr without Python's buffer: a thread that is held up in it holds no lock that the program's end waits for."""

    def __init__(self, number: int) -> None:
        self.number = number

    def write(self, text: str) -> None:
        """Write, however long that takes."""
        content = text.encode("utf-8", "backslashreplace")
        while content:
            content = content[os.write(self.number, content) :]

    def flush(self) -> None:
        """Nothing is held back."""


class Output(logging.StreamHandler[Any]):
    """Used by one thread, so without the lock that would be waited for at the program's end."""

    def createLock(self) -> None:
        """None."""
        self.lock = None


def stderr() -> Any:
    """Where lines go: the descriptor, where there is one."""
    try:
        return Descriptor(sys.stderr.fileno())
    except (OSError, ValueError):
        return sys.stderr


def write_lines(lines: Lines, output: logging.Handler) -> None:
    """In the thread: write every line that comes, up to a None."""
    while (line := lines.get()) is not None:
        output.handle(line)


@contextmanager
def logging_to_stderr(metrics: Metrics) -> Iterator[None]:
    """Log warnings and errors of everything, and our own words, while the context lasts."""
    lines: Lines = queue.Queue(MOST_LINES)
    output = Output(stderr())
    output.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            foreign_pre_chain=[structlog.stdlib.add_log_level, structlog.processors.TimeStamper(fmt="iso")],
        )
    )
    root = logging.getLogger()
    handler = DroppingHandler(lines, metrics)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    # uvicorn warns of every request that is not HTTP, which is the sender's fault and would only fill the log.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    thread = threading.Thread(target=write_lines, args=(lines, output), name="logs", daemon=True)
    thread.start()
    try:
        yield
    finally:
        root.removeHandler(handler)
        with suppress(queue.Full):
            lines.put(None, timeout=LAST_LINES)
        thread.join(LAST_LINES)
