"""A damaged file of records: what can still be read goes into a new file, the damaged one is set aside as it is."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from ..codec import CodecError
from .file import opened, prepare
from .rows import stored

__all__ = ["mend"]

HEADER = b"SQLite format 3\0"
BESIDE = ("", "-wal", "-shm")
"""A file of SQLite is up to three."""
TABLES = (("runs", "id"), ("standings", "run"), ("costs", "run"), ("kept", "run"))

logger = logging.getLogger(__name__)


def mend(path: Path) -> None:
    """See to it that the file can be used; one that SQLite has not written is left alone. Raises as ``salvage``."""
    damage = damage_of(path)
    if damage is not None:
        salvage(path, damage)


def damage_of(path: Path) -> str | None:
    """What is wrong with the file; None where nothing is, or it is no file of SQLite's. Raises OperationalError."""
    try:
        with path.open("rb") as file:
            if file.read(len(HEADER)) != HEADER:
                return None
    except FileNotFoundError:
        return None
    with contextlib.closing(sqlite3.connect(path, timeout=1.0)) as connection:
        try:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            return str(error)
    return None if found == "ok" else str(found).splitlines()[-1]


def salvage(path: Path, damage: str) -> None:
    """Put a sound file in the place of a damaged one. Raises OSError, sqlite3.Error, and then nothing has changed."""
    aside = path.with_name(f"{path.stem}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S}{path.suffix}")
    fresh = path.with_name(f"{path.stem}.salvaged{path.suffix}")
    remove(fresh)
    with contextlib.closing(sqlite3.connect(path)) as old, contextlib.closing(opened(str(fresh))) as new:
        old.execute("PRAGMA writable_schema = ON")  # or a file that was cut off is not read at all
        prepare(new)
        whole = sum(taken_over(old, new, run_id) for run_id in readable(old))
        new.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for end in BESIDE:
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + end).rename(aside.with_name(aside.name + end))
    fresh.rename(path)
    logger.error(
        "the records: %s was damaged (%s) and is set aside as %s; %d runs could be read whole and go on from there",
        *(path, damage, aside.name, whole),
    )


def remove(path: Path) -> None:
    """Remove what an earlier try has left."""
    for end in BESIDE:
        path.with_name(path.name + end).unlink(missing_ok=True)


def readable(old: sqlite3.Connection) -> list[str]:
    """The runs whose names can be read, in their order: from the front and from the back, up to what is damaged."""
    found = {row for way in ("ASC", "DESC") for row in names(old, way)}
    return [run_id for _, run_id in sorted(found)]


def names(old: sqlite3.Connection, way: str) -> Iterator[tuple[int, str]]:
    """Runs in an order, as far as they can be read."""
    with contextlib.suppress(sqlite3.DatabaseError):
        for row, run_id in old.execute(f"SELECT rowid, id FROM runs ORDER BY rowid {way}"):
            if isinstance(run_id, str):
                yield row, run_id


def taken_over(old: sqlite3.Connection, new: sqlite3.Connection, run_id: str) -> bool:
    """Copy a run; False, and nothing of it, where that cannot be done whole."""
    try:
        new.execute("BEGIN")
        for table, column in TABLES:
            for row in old.execute(f"SELECT * FROM {table} WHERE {column} = ?", (run_id,)):
                new.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
        (spec,) = new.execute("SELECT spec FROM runs WHERE id = ?", (run_id,)).fetchone()
        stored(new, run_id, spec)
        new.execute("COMMIT")
    except sqlite3.OperationalError:  # a full disk: try again at the next start
        raise
    except (sqlite3.DatabaseError, CodecError, LookupError, TypeError, ValueError):
        new.execute("ROLLBACK")
        return False
    return True
