"""Everything comes back from its bytes to the bit, and bytes that are not ours are refused in words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from app.engines import codec
from app.nn.data import Array
from app.nn.network import Parameters
from app.nn.spec import Given, RunSpec, Table
from app.nn.training import State
from app.runs.commands import Command, Pace, Pause, Resume, Step, Stop
from app.runs.events import Kept, Report, Snapshot

ANY_NUMBERS = arrays(np.float64, array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))
PARAMETERS = Parameters(
    (np.array([[0.1, -0.0], [5e-324, 1e308]]), np.array([[1 / 3], [np.pi]])), (np.array([1.0, 2.0]), np.array([0.3]))
)
SNAPSHOT = Snapshot(7, 0.75, np.array([[0.2, 0.8]]), PARAMETERS)
KEPT = Kept((5, 6), np.arange(18.0).reshape(2, 9))


def assert_same_bits(one: Array | None, other: Array | None) -> None:
    """Equal in shape and in every bit, NaN and −0 too."""
    if one is None or other is None:
        assert one is other
    else:
        assert (one.shape, one.tobytes()) == (other.shape, other.tobytes())


def assert_same_parameters(one: Parameters, other: Parameters) -> None:
    """Equal layer by layer."""
    for ours, theirs in zip((*one.w, *one.b), (*other.w, *other.b), strict=True):
        assert_same_bits(ours, theirs)


@given(st.lists(ANY_NUMBERS, max_size=4))
def test_arrays_come_back_to_the_bit(given_arrays: list[Array]) -> None:
    head, back = codec.unpack(codec.pack({"name": "softmax 层"}, given_arrays))
    assert head == {"name": "softmax 层"}
    for one, other in zip(given_arrays, back, strict=True):
        assert_same_bits(one, other)


@pytest.mark.parametrize(
    "report",
    [
        Report("run", "running", None, costs=np.array([0.5, 0.25]), snapshot=SNAPSHOT, kept=KEPT),
        Report("run", "paused", 2.5, pause_at=12),
        Report("run", "failed", None, detail="“η” too large", costs=np.array([1.0]), snapshot=SNAPSHOT),
        Report("run", "running", None, kept=KEPT),
    ],
    ids=["all", "status", "no states", "states alone"],
)
def test_a_report_comes_back_to_the_bit(report: Report) -> None:
    back = codec.read_report(codec.report_bytes(report))
    for field in ("run_id", "status", "pace", "pause_at", "detail"):
        assert getattr(back, field) == getattr(report, field)
    assert_same_bits(back.costs, report.costs)
    assert (back.snapshot is None, back.kept is None) == (report.snapshot is None, report.kept is None)
    if back.snapshot and report.snapshot:
        assert (back.snapshot.epoch, back.snapshot.accuracy) == (report.snapshot.epoch, report.snapshot.accuracy)
        assert_same_bits(back.snapshot.outputs, report.snapshot.outputs)
        assert_same_parameters(back.snapshot.parameters, report.snapshot.parameters)
    if back.kept and report.kept:
        assert back.kept.epochs == report.kept.epochs
        assert_same_bits(back.kept.rows, report.kept.rows)


def test_a_state_and_a_snapshot_come_back_to_the_bit() -> None:
    state = codec.read_state(codec.state_bytes(State(PARAMETERS, 41)))
    assert state.epoch == 41
    assert_same_parameters(state.parameters, PARAMETERS)
    snapshot = codec.read_snapshot(codec.snapshot_bytes(SNAPSHOT))
    assert (snapshot.epoch, snapshot.accuracy) == (7, 0.75)
    assert_same_bits(snapshot.outputs, SNAPSHOT.outputs)
    assert_same_parameters(snapshot.parameters, PARAMETERS)


@pytest.mark.parametrize(
    "spec",
    [
        RunSpec(),
        RunSpec(dataset=Table(((0.1, 2.0), (1 / 3, -1e-9)), (0, 1), 2), hidden=(), pace=0.1, batch_size=1),
        RunSpec(initialisation=Given((((0.1, 1e-300),),), ((0.0, 1 / 3),)), eta=1e-6),
        RunSpec(eta=6e304, epochs=5_000_000),
    ],
    ids=["default", "table", "given", "beyond today's limits"],
)
def test_a_spec_comes_back_equal(spec: RunSpec) -> None:
    assert codec.read_spec(codec.spec_bytes(spec)) == spec


@pytest.mark.parametrize("command", [Pause(), Resume(), Step(7), Pace(0.1), Pace(None), Stop()], ids=repr)
def test_a_command_comes_back_equal(command: Command) -> None:
    assert codec.read_command(codec.command_bytes(command)) == command


def later_version() -> bytes:
    """As a later program might have written it."""
    return bytes([codec.VERSION + 1]) + codec.pack({})[1:]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no readable head"),
        (b"\x01\x05\x00\x00\x00junk!", "no readable head"),
        (codec.pack({}, [np.zeros(3)])[:-8], "hold 2 numbers"),
        (codec.pack({}, [np.zeros(3)])[:-1], "no whole number"),
        (later_version(), "of version 2; this program reads version 1"),
    ],
)
def test_bytes_that_are_not_ours_are_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(codec.CodecError, match=words):
        codec.unpack(content)


@pytest.mark.parametrize("document", [b'{"type":"dance"}', b"[]", b'{"type":"step"}'])
def test_a_command_that_is_none_is_refused(document: bytes) -> None:
    with pytest.raises(codec.CodecError, match="no command"):
        codec.read_command(document)


def test_unpacked_arrays_are_shared_safely() -> None:
    _, (array,) = codec.unpack(codec.pack({}, [np.zeros(3)]))
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1.0


def test_nothing_that_is_no_json_gets_into_a_head() -> None:
    class Anything:
        """No JSON value."""

    document: dict[str, Any] = {"thing": Anything()}
    with pytest.raises(TypeError):
        codec.pack(document)
