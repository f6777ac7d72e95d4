"""The SQLite file of records: opened by one program at a time, its tables, its size on the disk."""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from ...runs.errors import NotStarted

__all__ = ["NAME", "locked", "opened", "prepare", "rehearse", "shrink", "transaction"]

NAME = "runs.sqlite"
FORMAT = 1
"""Of the file and of the bytes in it (``codec.VERSION``): goes up when an earlier program could misread them."""
PATIENCE = 0.25
"""Seconds to wait for another program that has the file locked."""
JOURNAL_BYTES = 16_000_000
PAGE_BYTES = 8192
SPARE_PAGES = 256
"""Of the file that may be free: 2 MB for what is written next."""
STEP_PAGES = 512
"""Given back at a time: some milliseconds."""
INCREMENTAL = 2
"""SQLite's number for files whose free pages can be given back little by little."""
REHEARSED_BYTES = 128_000
"""What a rehearsal writes: more than a new run does, unless it brings a large table."""

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

logger = logging.getLogger(__name__)


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
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
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
    keep_shrinkable(connection)


def keep_shrinkable(connection: sqlite3.Connection) -> None:
    """Write a file of an earlier version anew, once: what was deleted from it was never given back to the disk."""
    (mode,) = connection.execute("PRAGMA auto_vacuum").fetchone()
    if mode == INCREMENTAL:
        return
    logger.warning("the records: the file is written anew, once, so that it can shrink from now on")
    try:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("VACUUM")
    except sqlite3.OperationalError as error:
        logger.error("the records: the file cannot shrink until it can be written anew at a start: %s", error)


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All that is written in here is written, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):  # a full disk may have rolled back already
            connection.execute("ROLLBACK")
        raise


def rehearse(connection: sqlite3.Connection) -> None:
    """Write what takes new pages, as a new run does, and delete it. Raises sqlite3.Error where a run would fail."""
    with transaction(connection):
        connection.execute("DROP TABLE IF EXISTS rehearsal")
        connection.execute("CREATE TABLE rehearsal AS SELECT zeroblob(?)", (REHEARSED_BYTES,))
    with transaction(connection):
        connection.execute("DROP TABLE rehearsal")


def shrink(connection: sqlite3.Connection) -> bool:
    """Give pages that deleted records have left back to the disk; whether there are more. Raises sqlite3.Error."""
    before = free_pages(connection)
    if before <= SPARE_PAGES:
        return False
    # A script, because a statement of it says that it is done after each single page.
    connection.executescript(f"PRAGMA incremental_vacuum({min(STEP_PAGES, before - SPARE_PAGES)})")
    return SPARE_PAGES < free_pages(connection) < before


def free_pages(connection: sqlite3.Connection) -> int:
    """Pages of the file that hold nothing."""
    free: int
    (free,) = connection.execute("PRAGMA freelist_count").fetchone()
    return free
