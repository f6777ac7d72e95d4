"""What is stored or sent to other machines, as bytes: a JSON head, then the numbers of its arrays as memory has them.

``version (1 byte) · length of the head (4 bytes) · head · float64 numbers``, all little-endian. Nothing in it is ever
executed, and a number comes back to the bit. The head's ``shapes`` say how the numbers fall into arrays.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import orjson

from ..nn.data import Array
from ..nn.network import Parameters
from ..nn.reading import as_document, from_stored
from ..nn.spec import RunSpec
from ..nn.training import State
from ..runs.commands import Command, Pace, Pause, Resume, Step, Stop
from ..runs.events import Kept, Report, Snapshot

__all__ = [
    "VERSION",
    "CodecError",
    "arrays_of",
    "as_numbers",
    "command_bytes",
    "numbers",
    "pack",
    "read_command",
    "read_report",
    "read_snapshot",
    "read_spec",
    "read_state",
    "report_bytes",
    "snapshot_bytes",
    "spec_bytes",
    "state_bytes",
    "unpack",
]

VERSION = 1
"""Goes up when bytes written before could be misread."""
FLOAT = np.dtype("<f8")
PREFIX = struct.Struct("<BI")


class CodecError(ValueError):
    """Bytes that were not written by this version of this module."""


def pack(head: Mapping[str, Any], arrays: Sequence[Array] = ()) -> bytes:
    """A head of plain JSON values and some arrays of float64."""
    text = orjson.dumps({**head, "shapes": [array.shape for array in arrays]})
    return b"".join((PREFIX.pack(VERSION, len(text)), text, *(numbers(array) for array in arrays)))


def unpack(content: bytes) -> tuple[dict[str, Any], list[Array]]:
    """What was packed; the arrays cannot be written to. Raises CodecError."""
    try:
        version, length = PREFIX.unpack_from(content)
        if version != VERSION:
            raise CodecError(f"the bytes are of version {version}; this program reads version {VERSION}")
        head = orjson.loads(content[PREFIX.size : PREFIX.size + length])
        shapes = [tuple(shape) for shape in head.pop("shapes")]
    except (struct.error, orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise CodecError(f"the bytes have no readable head: {error}") from None
    flat = as_numbers(content[PREFIX.size + length :])
    if len(flat) != sum(math.prod(shape) for shape in shapes):
        raise CodecError(f"the bytes hold {len(flat)} numbers, and their head speaks of shapes {shapes}")
    ends = np.cumsum([math.prod(shape) for shape in shapes])[:-1]
    parts = np.split(flat, ends) if shapes else []
    return head, [part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)]


def numbers(array: Array) -> bytes:
    """An array's numbers alone, row by row."""
    return np.ascontiguousarray(array, dtype=FLOAT).tobytes()


def as_numbers(content: bytes) -> Array:
    """The numbers again, as one row that cannot be written to. Raises CodecError."""
    if len(content) % FLOAT.itemsize:
        raise CodecError(f"{len(content)} bytes are no whole number of numbers")
    return np.asarray(np.frombuffer(content, FLOAT), dtype=np.float64)


def spec_bytes(spec: RunSpec) -> bytes:
    """A spec as JSON text."""
    return orjson.dumps(as_document(spec))


def read_spec(content: bytes) -> RunSpec:
    """An equal spec. It was checked when it came in: narrower limits of a later day do not make it unreadable."""
    return from_stored(orjson.loads(content))


def state_bytes(state: State) -> bytes:
    """A state that a run can go on from, to the same bits."""
    return pack({"epoch": state.epoch, "layers": len(state.parameters.w)}, arrays_of(state.parameters))


def read_state(content: bytes) -> State:
    """The state again. Raises CodecError."""
    head, arrays = unpack(content)
    return State(parameters_from(arrays, head["layers"]), head["epoch"])


def snapshot_bytes(snapshot: Snapshot) -> bytes:
    """A snapshot: what readers are shown of an epoch, and what the run goes on from."""
    return pack(snapshot_head(snapshot), (*arrays_of(snapshot.parameters), snapshot.outputs))


def read_snapshot(content: bytes) -> Snapshot:
    """The snapshot again. Raises CodecError."""
    head, arrays = unpack(content)
    return snapshot_from(head, arrays)


def snapshot_head(snapshot: Snapshot) -> dict[str, Any]:
    """What of a snapshot is no array."""
    return {"epoch": snapshot.epoch, "accuracy": snapshot.accuracy, "layers": len(snapshot.parameters.w)}


def snapshot_from(head: Mapping[str, Any], arrays: Sequence[Array]) -> Snapshot:
    """A snapshot from its head and its arrays: w, b, outputs."""
    parameters = parameters_from(arrays[:-1], head["layers"])
    return Snapshot(head["epoch"], head["accuracy"], arrays[-1], parameters)


def arrays_of(parameters: Parameters) -> tuple[Array, ...]:
    """All arrays of some parameters, w before b."""
    return (*parameters.w, *parameters.b)


def parameters_from(arrays: Sequence[Array], layers: int) -> Parameters:
    """Parameters from all their arrays."""
    return Parameters(tuple(arrays[:layers]), tuple(arrays[layers : 2 * layers]))


def report_bytes(report: Report) -> bytes:
    """A report: head, then costs, the kept rows and the snapshot's arrays, as far as there are any."""
    head: dict[str, Any] = {
        "run": report.run_id,
        "status": report.status,
        "pace": report.pace,
        "pause_at": report.pause_at,
        "detail": report.detail,
    }
    arrays: list[Array] = []
    if report.costs is not None:
        head["costs"] = True
        arrays.append(report.costs)
    if report.kept is not None:
        head["kept"] = report.kept.epochs
        arrays.append(report.kept.rows)
    if report.snapshot is not None:
        head["snapshot"] = snapshot_head(report.snapshot)
        arrays += [*arrays_of(report.snapshot.parameters), report.snapshot.outputs]
    return pack(head, arrays)


def read_report(content: bytes) -> Report:
    """The report again. Raises CodecError."""
    head, arrays = unpack(content)
    costs = arrays.pop(0) if "costs" in head else None
    kept = Kept(tuple(head["kept"]), arrays.pop(0)) if "kept" in head else None
    snapshot = snapshot_from(head["snapshot"], arrays) if "snapshot" in head else None
    return Report(head["run"], head["status"], head["pace"], head["pause_at"], head["detail"], costs, snapshot, kept)


def command_bytes(command: Command) -> bytes:
    """A command as JSON text."""
    match command:
        case Step(epochs):
            return orjson.dumps({"type": "step", "epochs": epochs})
        case Pace(epochs_per_second):
            return orjson.dumps({"type": "pace", "epochs_per_second": epochs_per_second})
        case _:
            return orjson.dumps({"type": type(command).__name__.lower()})


def read_command(content: bytes) -> Command:
    """The command again. Raises CodecError."""
    document = orjson.loads(content)
    match document:
        case {"type": "step", "epochs": int(epochs)}:
            return Step(epochs)
        case {"type": "pace", "epochs_per_second": pace}:
            return Pace(pace)
        case {"type": "pause"}:
            return Pause()
        case {"type": "resume"}:
            return Resume()
        case {"type": "stop"}:
            return Stop()
    raise CodecError(f"there is no command like {document!r}")
