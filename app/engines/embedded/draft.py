"""A run's record, and how much of it is in the store: what is new of it."""

from __future__ import annotations

from ...runs.events import Kept
from ...runs.record import Record
from .rows import PAGE, Change

__all__ = ["Draft"]


class Draft:
    """A run's record, and how much of it is in the store."""

    def __init__(self, record: Record, owner: str, fingerprint: str) -> None:
        self.record = record
        self.owner = owner
        self.fingerprint = fingerprint
        self.ended: float | None = None
        """When the run ended, in seconds since 1970."""
        self.begun = False
        """Whether it has been written at all."""
        self.written_epochs = 0
        self.written_kept = 0

    @classmethod
    def of_stored(cls, record: Record, owner: str, fingerprint: str) -> Draft:
        """The draft of a record that came from the store."""
        draft = cls(record, owner, fingerprint)
        draft.begun = True
        draft.written_epochs, draft.written_kept = record.recorded.count, len(record.kept_epochs)
        return draft

    @property
    def unwritten_bytes(self) -> int:
        """How much there is to write, about."""
        return self.record.kept.rows[self.written_kept :].nbytes + 8 * (
            self.record.recorded.count - self.written_epochs
        )

    def change(self) -> Change:
        """What is new. Holds views of rows that never change, so another thread may read them."""
        record, first = self.record, self.written_epochs // PAGE * PAGE
        return Change(
            run_id=record.id,
            first=not self.begun,
            owner="" if self.ended else self.owner,
            spec=record.spec,
            status=record.status,
            pace=record.pace,
            pause_at=record.pause_at,
            detail=record.detail,
            pauses=record.pauses,
            epochs=record.recorded.count,
            newest=record.newest,
            fingerprint=self.fingerprint,
            size=record.size(),
            ended=self.ended,
            costs_from=first,
            costs=record.recorded.rows[first:],
            kept_first=self.written_kept,
            kept=Kept(tuple(record.kept_epochs[self.written_kept :]), record.kept.rows[self.written_kept :]),
        )

    def written(self, change: Change) -> None:
        """Note that a change is in the store."""
        self.begun = True
        self.written_epochs = change.epochs
        self.written_kept = change.kept_first + len(change.kept.epochs)
