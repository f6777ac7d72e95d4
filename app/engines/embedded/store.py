"""Records of runs in one SQLite file: written by one thread, a batch at a time, each batch whole or not at all.

The engine's memory is the truth about runs in hand; the file holds what a later process needs to go on from there.
Nothing here knows a loop: all calls but ``flush`` are made from one thread, which ``recorder`` owns.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ...nn.data import Array
from ...nn.spec import RunSpec
from ...runs.errors import NotStarted
from ...runs.events import Kept, Snapshot, Status
from ...runs.record import Saved
from .. import codec

__all__ = ["PAGE", "Change", "Store", "Stored"]

Row = tuple[str | bytes | float | None, ...]

FORMAT = 1
"""Of the file and of the bytes in it (``codec.VERSION``): goes up when an earlier program could misread them."""
PAGE = 1024
"""Epochs whose costs share a row: 8 kB, which is written anew while the run is inside it."""
PATIENCE = 0.25
"""Seconds to wait for another program that has the file locked."""
JOURNAL_BYTES = 64_000_000
PAGE_BYTES = 8192

MOST_VALUES = 30_000
"""In one statement. SQLite allows 32 766."""

TABLES = """
CREATE TABLE runs (id TEXT PRIMARY KEY, spec BLOB NOT NULL);
CREATE TABLE standings (
    run TEXT PRIMARY KEY, owner TEXT NOT NULL,
    status TEXT NOT NULL, pace REAL, pause_at INTEGER, detail TEXT, pauses INTEGER NOT NULL,
    epochs INTEGER NOT NULL, newest BLOB, fingerprint TEXT NOT NULL, size INTEGER NOT NULL, ended REAL);
CREATE INDEX endings ON standings (ended);
CREATE TABLE costs (run TEXT NOT NULL, page INTEGER NOT NULL, numbers BLOB NOT NULL, PRIMARY KEY (run, page));
CREATE TABLE kept (
    run TEXT NOT NULL, first INTEGER NOT NULL, epochs BLOB NOT NULL, rows BLOB NOT NULL, PRIMARY KEY (run, first));
"""


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What is new of a run since it was last written.

    ``first``: whether this is the first time. ``costs``: from the beginning of the page in which they begin.
    ``kept``: the states beyond the first ``kept_first``. ``epochs``: how many have been recorded in all.
    ``ended``: when (seconds since 1970), if it has.
    """

    run_id: str
    first: bool
    owner: str
    spec: RunSpec
    status: Status
    pace: float | None
    pause_at: int | None
    detail: str | None
    pauses: int
    epochs: int
    newest: Snapshot | None
    fingerprint: str
    size: int
    ended: float | None
    costs_from: int
    costs: Array
    kept_first: int
    kept: Kept


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """A run as it comes back from the file."""

    run_id: str
    owner: str
    spec: RunSpec
    fingerprint: str
    saved: Saved


class KeptRecord(NamedTuple):
    """An ended run in the file."""

    run_id: str
    size: int
    ended: float


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
            name = ":memory:" if self.folder is None else str(self.folder / "runs.sqlite")
            self.file = opened(name)
            prepare(self.file)
            self.flusher = None if self.folder is None else opened(name)
        except (OSError, sqlite3.Error) as error:
            self.close()
            raise NotStarted(f"PLAYGROUND_DATA: the records in {self.folder} cannot be opened: {error}") from None
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

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is written in here is written, or nothing."""
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):  # a full disk may have rolled back already
                connection.execute("ROLLBACK")
            raise

    def write(self, changes: Sequence[Change], dropped: Iterable[str]) -> None:
        """Write what is new of some runs and delete others, in one transaction. Raises sqlite3.Error."""
        with self.transaction() as connection:
            delete(connection, list(dropped))
            write(connection, changes)

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


def locked(folder: Path) -> int:
    """The folder's lock, which lasts as long as the process; raises NotStarted where another one has it."""
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise NotStarted(
            f"PLAYGROUND_DATA: another server keeps its records in {folder}; "
            "end it, or give this one a folder of its own"
        ) from None
    return descriptor


def opened(name: str) -> sqlite3.Connection:
    """The file, with its journal beside it. What is committed outlives the process; once flushed, the machine."""
    connection = sqlite3.connect(name, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute(f"PRAGMA journal_size_limit = {JOURNAL_BYTES}")
    return connection


def prepare(connection: sqlite3.Connection) -> None:
    """Make the tables of a new file; raises NotStarted for a file that a later program has written."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > FORMAT:
        raise NotStarted(
            f"PLAYGROUND_DATA: the records were written by a later version (format {version}, this is {FORMAT})"
        )
    if version == 0:
        connection.executescript(f"BEGIN; {TABLES} PRAGMA user_version = {FORMAT}; COMMIT;")


def write(connection: sqlite3.Connection, changes: Sequence[Change]) -> None:
    """Write what is new of some runs, a statement a table: after each this thread has to wait for its turn again."""
    insert(connection, "runs", [(one.run_id, codec.spec_bytes(one.spec)) for one in changes if one.first])
    insert(connection, "standings", [standing(one) for one in changes])
    insert(connection, "costs", [page for one in changes for page in pages(one)])
    insert(connection, "kept", [states(one) for one in changes if one.kept.epochs])


def insert(connection: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    """Put rows into a table, in place of those with the same key."""
    if not rows:
        return
    each = MOST_VALUES // len(rows[0])
    marks = f"({', '.join('?' * len(rows[0]))})"
    for first in range(0, len(rows), each):
        some = rows[first : first + each]
        connection.execute(
            f"INSERT OR REPLACE INTO {table} VALUES {', '.join([marks] * len(some))}", list(chain.from_iterable(some))
        )


def standing(change: Change) -> Row:
    """Where a run stands."""
    newest = None if change.newest is None else codec.snapshot_bytes(change.newest)
    status = (change.status, change.pace, change.pause_at, change.detail, change.pauses)
    return (
        *(change.run_id, change.owner, *status),
        *(change.epochs, newest, change.fingerprint, change.size, change.ended),
    )


def pages(change: Change) -> Iterator[Row]:
    """New costs, and those that share a page with them."""
    assert change.costs_from % PAGE == 0
    for first in range(0, len(change.costs), PAGE):
        numbers = codec.numbers(change.costs[first : first + PAGE])
        yield change.run_id, (change.costs_from + first) // PAGE, numbers


def states(change: Change) -> Row:
    """New kept states."""
    epochs = np.array(change.kept.epochs, dtype="<i8").tobytes()
    return change.run_id, change.kept_first, epochs, codec.numbers(change.kept.rows)


def delete(connection: sqlite3.Connection, run_ids: Sequence[str]) -> None:
    """Delete all of some runs."""
    for first in range(0, len(run_ids), MOST_VALUES):
        some = run_ids[first : first + MOST_VALUES]
        for table, column in (("costs", "run"), ("kept", "run"), ("standings", "run"), ("runs", "id")):
            connection.execute(f"DELETE FROM {table} WHERE {column} IN ({', '.join('?' * len(some))})", some)


def stored(connection: sqlite3.Connection, run_id: str, spec: bytes) -> Stored:
    """A run and all that belongs to it. Raises CodecError."""
    owner, status, pace, pause_at, detail, pauses, epochs, newest, fingerprint = connection.execute(
        "SELECT owner, status, pace, pause_at, detail, pauses, epochs, newest, fingerprint FROM standings"
        " WHERE run = ?",
        (run_id,),
    ).fetchone()
    found = connection.execute("SELECT numbers FROM costs WHERE run = ? ORDER BY page", (run_id,))
    costs = codec.as_numbers(b"".join(page for (page,) in found))
    if len(costs) != epochs:
        raise codec.CodecError(f"run {run_id}: {len(costs)} costs are stored where {epochs} were recorded")
    snapshot = None if newest is None else codec.read_snapshot(newest)
    saved = Saved(status, pace, pause_at, detail, pauses, costs, kept_states(connection, run_id), snapshot)
    return Stored(run_id, owner, codec.read_spec(spec), fingerprint, saved)


def kept_states(connection: sqlite3.Connection, run_id: str) -> Kept:
    """All kept states of a run."""
    parts = connection.execute("SELECT epochs, rows FROM kept WHERE run = ? ORDER BY first", (run_id,)).fetchall()
    epochs = np.frombuffer(b"".join(epochs for epochs, _ in parts), "<i8").tolist()
    rows = codec.as_numbers(b"".join(rows for _, rows in parts))
    return Kept(tuple(epochs), rows.reshape(len(epochs), -1) if epochs else rows.reshape(0, 0))
