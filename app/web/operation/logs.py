"""Logs for operators: one JSON line each on stderr, written by a thread behind a bounded queue.

A reader of stderr that stops reading must never stop the server, so a full queue drops lines and counts them.
"""

from __future__ import annotations

import logging
import logging.handlers
import queue
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from .metrics import Metrics

__all__ = ["logging_to_stderr"]

MOST_LINES = 1000


class DroppingHandler(logging.handlers.QueueHandler):
    """Puts records into a bounded queue; counts what does not fit."""

    def __init__(self, lines: queue.Queue[logging.LogRecord], metrics: Metrics) -> None:
        super().__init__(lines)
        self.metrics = metrics

    def enqueue(self, record: logging.LogRecord) -> None:
        """Never wait."""
        try:
            self.queue.put_nowait(record)
        except queue.Full:
            self.metrics.logs_dropped.inc()


@contextmanager
def logging_to_stderr(metrics: Metrics) -> Iterator[None]:
    """Log warnings and errors of everything, and our own words, while the context lasts."""
    lines: queue.Queue[logging.LogRecord] = queue.Queue(MOST_LINES)
    output = logging.StreamHandler(sys.stderr)
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
    thread = logging.handlers.QueueListener(lines, output)
    thread.start()
    try:
        yield
    finally:
        root.removeHandler(handler)
        thread.stop()
