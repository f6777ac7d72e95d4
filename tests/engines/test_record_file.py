"""The file of records: damaged it costs nobody a start, emptied it gives its space back, and clocks may be wrong."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from app.datasets import resolve
from app.engines.embedded.calendar import DAY, Calendar
from app.engines.embedded.draft import Draft
from app.engines.embedded.store import Store
from app.nn import training
from app.nn.spec import RunSpec
from app.runs.events import Report, Snapshot
from app.runs.record import Record

SPEC = RunSpec(dataset="xor", epochs=200_000)
EPOCHS = 2_500
"""Of each run, so that its costs take up three pages of the file."""


def record(name: str, chance: np.random.Generator, epochs: int = EPOCHS) -> Record:
    """A run with costs that no compression would make smaller."""
    data = resolve(SPEC.dataset)
    parameters = training.start(SPEC, data.data).parameters
    run = Record(name, SPEC, data)
    snapshot = Snapshot(epochs - 1, 0.5, np.zeros((4, 2)), parameters)
    run.apply(Report(name, "running", None, None, None, chance.random(epochs), snapshot))
    return run


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """The store on a folder."""
    store = Store(folder)
    store.open()
    try:
        yield store
    finally:
        store.close()


def fill(store: Store, names: list[str], *, ended: float | None, epochs: int = EPOCHS) -> dict[str, list[float]]:
    """Write runs; their costs."""
    chance = np.random.default_rng(len(names))
    costs = {}
    for name in names:
        draft = Draft(record(name, chance, epochs), "me", "bits")
        draft.ended = ended
        store.write([draft.change()], [])
        costs[name] = draft.record.costs(0, None).tolist()
    return costs


NAMES = [f"run{number:02}" for number in range(24)]


@pytest.mark.parametrize(
    ("offset", "size"),
    [(30_000, 20_000), (100, 2_000), (300_000, 200_000), (8_200, 7_000)],
    ids=["amid the records", "the list of tables", "half of all", "the second page"],
)
def test_a_damaged_file_is_set_aside_and_what_can_be_read_goes_on(
    tmp_path: Path, offset: int, size: int, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(tmp_path) as store:
        costs = fill(store, NAMES, ended=1.0)
    path = tmp_path / "runs.sqlite"
    content = bytearray(path.read_bytes())
    assert len(content) > offset + size
    content[offset : offset + size] = random.Random(offset).randbytes(size)
    path.write_bytes(content)
    with opened(tmp_path) as store:
        read = {run.run_id for run in store.ended()}
        for name in read:
            stored = store.load(name)
            assert stored is not None and stored.saved.costs.tolist() == costs[name]
        fill(store, ["new"], ended=None)
        assert store.unended() == ["new"]
    (aside,) = tmp_path.glob("runs.damaged-*.sqlite")
    assert aside.read_bytes() == content
    (line,) = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert aside.name in line and f"{len(read)} runs could be read" in line
    caplog.clear()
    with opened(tmp_path) as store:
        assert len(store.ended()) == len(read)
    assert not caplog.records, "mended is mended"


def test_most_runs_of_a_file_with_20_kb_of_noise_are_there_again(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        fill(store, NAMES, ended=1.0)
    path = tmp_path / "runs.sqlite"
    content = bytearray(path.read_bytes())
    content[300_000:320_000] = random.Random(1).randbytes(20_000)
    path.write_bytes(content)
    with opened(tmp_path) as store:
        assert len(store.ended()) >= len(NAMES) - 4


def test_a_file_that_was_cut_off_is_damaged_too(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        fill(store, NAMES, ended=1.0)
    path = tmp_path / "runs.sqlite"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with opened(tmp_path) as store:
        fill(store, ["new"], ended=None)
    assert len(list(tmp_path.glob("runs.damaged-*.sqlite"))) == 1


def on_disk(folder: Path) -> int:
    """Bytes of the file and of what SQLite has beside it."""
    return sum(file.stat().st_size for file in folder.glob("runs.sqlite*"))


def test_what_is_deleted_is_given_back_to_the_disk(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        fill(store, NAMES, ended=1.0, epochs=200_000)
        store.flush()
        whole = (tmp_path / "runs.sqlite").stat().st_size
        store.write([], NAMES[1:])
        while store.shrink():
            store.flush()
        store.flush()
        after = (tmp_path / "runs.sqlite").stat().st_size
    assert whole > 30_000_000
    assert after < whole / len(NAMES) + 3_000_000
    assert on_disk(tmp_path) < whole / len(NAMES) + 3_000_000, "the journal is gone once the file is closed"


def test_a_file_of_an_earlier_version_is_written_anew_so_that_it_can_shrink(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        costs = fill(store, NAMES, ended=1.0)
    with sqlite3.connect(tmp_path / "runs.sqlite", isolation_level=None) as file:
        file.execute("PRAGMA journal_mode = DELETE")
        file.execute("PRAGMA auto_vacuum = NONE")
        file.execute("VACUUM")
        assert file.execute("PRAGMA auto_vacuum").fetchone() == (0,)
    with opened(tmp_path) as store:
        assert store.connection.execute("PRAGMA auto_vacuum").fetchone() == (2,)
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        stored = store.load(NAMES[3])
        assert stored is not None and stored.saved.costs.tolist() == costs[NAMES[3]]


def test_a_rehearsal_leaves_nothing_behind_and_costs_no_space(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        fill(store, NAMES, ended=1.0)
        store.rehearse()
        store.flush()
        before = (tmp_path / "runs.sqlite").stat().st_size
        for _ in range(20):
            store.rehearse()
            store.flush()
        assert (tmp_path / "runs.sqlite").stat().st_size == before
        tables = {name for (name,) in store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {"runs", "standings", "costs", "kept"}


@pytest.mark.parametrize(
    ("clock", "believed"),
    [(0.0, 0.0), (40.0, 1.0), (-40.0, 0.0), (0.5, 0.5)],
    ids=["right", "40 days ahead", "40 days behind", "half a day on"],
)
def test_at_a_start_time_is_at_most_a_day_later_than_what_was_recorded(
    clock: float, believed: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    last, elapsed = time.time(), [100.0]
    calendar = Calendar()
    monkeypatch.setattr(time, "time", lambda: last + clock * DAY)
    monkeypatch.setattr(time, "monotonic", lambda: elapsed[0])
    calendar.begin(last)
    assert calendar.now() == pytest.approx(last + believed * DAY, abs=1e-3)
    elapsed[0] += 5 * DAY
    assert calendar.now() == pytest.approx(last + (believed + 5) * DAY, abs=1e-3)


def test_a_clock_that_jumps_while_the_program_runs_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    calendar = Calendar()
    before = calendar.now()
    monkeypatch.setattr(time, "time", lambda: before + 400 * DAY)
    assert calendar.now() < before + DAY
