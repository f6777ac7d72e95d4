"""Records of runs in one SQLite file: written by one thread, a batch at a time, each batch whole or not at all.

The engine's memory is the truth about runs in hand; the file holds what a later process needs to go on from there.
Nothing here knows a loop: all calls but ``flush`` are made from one thread, which ``recorder`` owns.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from ...runs.errors import NotStarted
from .file import NAME, locked, opened, prepare, rehearse, shrink, transaction
from .rows import Change, KeptRecord, Stored, delete, stored, write
from .salvage import mend

__all__ = ["Store"]


class Store:
    """The file in a folder, or a store in memory that ends with the process where there is no folder."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.lock: int | None = None
        self.file: sqlite3.Connection | None = None
        self.flusher: sqlite3.Connection | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """The open file."""
        assert self.file is not None, "the store is not open"
        return self.file

    def open(self) -> None:
        """Lock the folder and open the file, made where it is missing. Raises NotStarted in words."""
        try:
            if self.folder is not None:
                self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                self.lock = locked(self.folder)
                mend(self.folder / NAME)
            name = ":memory:" if self.folder is None else str(self.folder / NAME)
            self.file = opened(name)
            prepare(self.file)
            self.flusher = None if self.folder is None else opened(name)
        except (OSError, sqlite3.Error) as error:
            self.close()
            raise NotStarted(
                f"PLAYGROUND_DATA: the records in {self.folder} cannot be opened: {error}. "
                f"Move {NAME} elsewhere to begin without them (docs/engine.md)"
            ) from None
        except NotStarted:
            self.close()
            raise

    def close(self) -> None:
        """Close the file and let go of the folder."""
        for connection in (self.flusher, self.file):
            if connection is not None:
                with contextlib.suppress(sqlite3.Error):
                    connection.close()
        self.file = self.flusher = None
        if self.lock is not None:
            os.close(self.lock)
            self.lock = None

    def write(self, changes: Sequence[Change], dropped: Iterable[str]) -> None:
        """Write what is new of some runs and delete others, in one transaction. Raises sqlite3.Error."""
        with transaction(self.connection) as connection:
            delete(connection, list(dropped))
            write(connection, changes)

    def rehearse(self) -> None:
        """Do all that a new run asks of the file, and undo it. Raises sqlite3.Error."""
        rehearse(self.connection)

    def shrink(self) -> bool:
        """Give some of the space that nothing fills back to the disk; whether there is more. Raises sqlite3.Error."""
        return shrink(self.connection)

    def flush(self) -> None:
        """Bring what is committed to the disk, and from the journal into the file. From any one thread, beside writes.

        A disk may take seconds for it; commits need not wait for that. Raises sqlite3.Error.
        """
        if self.flusher is not None:
            self.flusher.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def load(self, run_id: str) -> Stored | None:
        """A run's whole record; None where there is none. Raises sqlite3.Error, and CodecError for a damaged one."""
        row = self.connection.execute("SELECT spec FROM runs WHERE id = ?", (run_id,)).fetchone()
        return None if row is None else stored(self.connection, run_id, row[0])

    def unended(self) -> list[str]:
        """Every run that has not ended, in the order that they were begun. Raises sqlite3.Error."""
        rows = self.connection.execute(
            "SELECT id FROM runs JOIN standings ON run = id WHERE ended IS NULL ORDER BY runs.rowid"
        )
        return [run_id for (run_id,) in rows]

    def ended(self) -> list[KeptRecord]:
        """Every run that has ended, oldest end first. Raises sqlite3.Error."""
        return [
            KeptRecord(*row)
            for row in self.connection.execute(
                "SELECT run, size, ended FROM standings WHERE ended IS NOT NULL ORDER BY ended"
            )
        ]
