"""Figures for operators, in Prometheus' text form."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

__all__ = ["Metrics"]


class Metrics:
    """Counters of one web process, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "playground_requests", "Answered HTTP requests.", ["method", "status"], registry=self.registry
        )
        self.sockets = Gauge("playground_sockets", "Open WebSockets.", registry=self.registry)
        self.messages = Counter("playground_messages_sent", "Messages sent to viewers.", registry=self.registry)
        self.runs = Counter("playground_runs_submitted", "Runs taken in hand.", registry=self.registry)
        self.logs_dropped = Gauge(
            "playground_log_lines_dropped", "Log lines dropped because nobody read them.", registry=self.registry
        )

    def text(self) -> bytes:
        """All figures now."""
        return generate_latest(self.registry)
