"""A run as rows of the file's tables, written piece by piece and read back whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np

from ...nn.data import Array
from ...nn.spec import RunSpec
from ...runs.events import Kept, Snapshot, Status
from ...runs.record import Saved
from .. import codec

__all__ = ["PAGE", "Change", "KeptRecord", "Stored", "delete", "stored", "write"]

Row = tuple[str | bytes | float | None, ...]

PAGE = 1024
"""Epochs whose costs share a row: 8 kB, which is written anew while the run is inside it."""
MOST_VALUES = 30_000
"""In one statement. SQLite allows 32 766."""


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
