"""A run in hand, or one whose end is not yet written: its record, who trains it, and who waits for news of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from ...runs.record import Record
from ..workers.process import WorkerProcess
from .draft import Draft

__all__ = ["PUBLICATION_GAP", "Entry"]

PUBLICATION_GAP = 0.04
"""Seconds between two publications of a run: 25 a second leaves a viewer's 30 messages room for changes of status."""


@dataclass(slots=True, eq=False)
class Entry:
    """Lives on the event loop. ``losses``: workers lost in a row without progress, the last at epoch ``lost_at``."""

    draft: Draft
    worker: WorkerProcess | None = None
    losses: int = 0
    lost_at: int = -1
    news: asyncio.Event = field(default_factory=asyncio.Event)
    published_at: float = float("-inf")
    publication: asyncio.TimerHandle | None = None

    @property
    def record(self) -> Record:
        """The run's record."""
        return self.draft.record

    def publish_in_time(self) -> None:
        """Publish now if the last time is long enough ago or the run is over, else as soon as it is."""
        loop = asyncio.get_running_loop()
        wait = self.published_at + PUBLICATION_GAP - loop.time()
        if wait <= 0 or self.record.over:
            self.publish()
        elif self.publication is None:
            self.publication = loop.call_later(wait, self.publish)

    def publish(self) -> None:
        """Show the record's news and wake all who wait for it."""
        self.close()
        self.published_at = asyncio.get_running_loop().time()
        self.record.publish()
        self.news.set()
        self.news = asyncio.Event()

    def close(self) -> None:
        """Publish nothing later."""
        if self.publication is not None:
            self.publication.cancel()
        self.publication = None
