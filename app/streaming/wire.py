"""Messages as JSON text and back. The only place that spells a message's ``type``.

Every text is valid JSON: numbers that are not finite become null, on purpose and here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Literal

import numpy as np
import orjson
from numpy.typing import NDArray

from ..nn.data import Array
from ..nn.errors import SpecError, safe
from ..nn.network import Parameters
from ..nn.reading import as_document, read_object, read_within
from ..nn.spec import LIMITS
from ..runs.commands import Command, Pace, Pause, Resume, Step, Stop
from ..runs.errors import RunError
from ..runs.events import Ended, Progress, RunView, StatusChanged
from ..runs.failures import failure
from .thinning import thinned

__all__ = [
    "FIELDS_OF",
    "INCLUDES",
    "MESSAGES",
    "VERSION",
    "Include",
    "beat",
    "command_from",
    "encode",
    "error",
    "finite",
    "parts",
    "run_document",
    "run_text",
]

VERSION = 1
"""Goes up when a page that was written for the version before would misread a message."""

MESSAGES = ("run", "progress", "status", "end", "error", "beat")
"""Every type that is sent."""

MARK = 1000
"""Epochs between two lines of the table that the article prints."""

Include = Literal["outputs", "parameters"]
INCLUDES: tuple[Include, ...] = ("outputs", "parameters")


def run_document(view: RunView) -> dict[str, Any]:
    """A run as HTTP and the first message give it."""
    return {
        "id": view.id,
        "status": view.status,
        "epoch": view.epoch,
        "cost": view.cost,
        "accuracy": view.accuracy,
        "pace": view.pace,
        **failure(view.detail),
        "spec": as_document(view.spec),
    }


def run_message(view: RunView) -> dict[str, Any]:
    """The first message of every connection."""
    return {"type": "run", "version": VERSION, **run_document(view)}


def progress_message(progress: Progress, include: Collection[Include]) -> dict[str, Any]:
    """The epochs of one range; the curve thinned, the range itself never."""
    points = thinned(progress.costs, marks(progress.first, progress.last))
    message: dict[str, Any] = {
        "type": "progress",
        "from": progress.first,
        "to": progress.last,
        "epoch": progress.first + points,
        "cost": progress.costs[points],
        "accuracy": progress.accuracy,
    }
    if "outputs" in include:
        message["outputs"] = np.ascontiguousarray(progress.outputs)
    if "parameters" in include:
        message["parameters"] = {
            "w": [np.ascontiguousarray(w) for w in progress.parameters.w],
            "b": [np.ascontiguousarray(b) for b in progress.parameters.b],
        }
    return message


def marks(first: int, last: int) -> NDArray[np.intp]:
    """Indices of the thousand-marks in a range of epochs: the table of every 1000 epochs shows them exactly."""
    return np.arange(-first % MARK, last - first + 1, MARK, dtype=np.intp)


def status_message(change: StatusChanged) -> dict[str, Any]:
    """A change of status or pace."""
    return {
        "type": "status",
        "status": change.status,
        "epoch": change.epoch,
        "pace": change.pace,
        **failure(change.detail),
    }


def end_message(end: Ended) -> dict[str, Any]:
    """The last message."""
    return {"type": "end", "status": end.status, "epoch": end.epoch, "cost": end.cost, **failure(end.detail)}


def error(refusal: SpecError | RunError) -> str:
    """Something that the client asked for was refused: in words, and as data."""
    return encode({"type": "error", "detail": safe(str(refusal)), **refusal.told()})


def beat(heard: int) -> str:
    """The line is alive, and so many of the client's messages have been dealt with."""
    return encode({"type": "beat", "heard": heard})


def parts(parameters: Parameters) -> dict[str, Any]:
    """Parameters as JSON has them: per layer ``w`` (units in, units out) and ``b``."""
    return {"w": [finite(w) for w in parameters.w], "b": [finite(b) for b in parameters.b]}


def finite(values: Array) -> Any:
    """An array as nested lists, with null for what is not a finite number."""
    if np.isfinite(values).all():
        return values.tolist()
    objects = values.astype(object)
    objects[~np.isfinite(values)] = None
    return objects.tolist()


def encode(document: Mapping[str, Any]) -> str:
    """A message as text. An array becomes lists, and null stands for what is not a finite number in it."""
    return orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY).decode()


def run_text(view: RunView) -> str:
    """The first message, as text."""
    return encode(run_message(view))


def command_from(text: str) -> Command:
    """The command in a client's message. Raises SpecError, in words for the client."""
    try:
        document = orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        raise SpecError("message", text, "message") from None
    fields = read_object("message", document, ("type", "epochs", "epochs_per_second"), required=("type",))
    kind = fields["type"]
    if not isinstance(kind, str) or kind not in FIELDS_OF:
        raise SpecError("type", kind, "one", options=tuple(FIELDS_OF))
    for name in fields:
        if name not in ("type", FIELDS_OF[kind]):
            raise unknown_field(kind, name)
    match kind:
        case "pause":
            return Pause()
        case "resume":
            return Resume()
        case "stop":
            return Stop()
        case "step":
            return Step(read_epochs(fields.get("epochs", 1)))
        case _:
            read_object("message", fields, tuple(fields), required=("epochs_per_second",))
            return Pace(read_pace("epochs_per_second", fields["epochs_per_second"]))


def unknown_field(kind: str, name: str) -> SpecError:
    """What to raise where a command has a field that it does not take."""
    if FIELDS_OF[kind]:
        return SpecError("unknown-field", name, "known-field", options=(FIELDS_OF[kind],))
    return SpecError("unknown-field", name, "no-field", command=kind)


FIELDS_OF: Mapping[str, str] = {
    "pause": "",
    "resume": "",
    "stop": "",
    "step": "epochs",
    "pace": "epochs_per_second",
}


def read_epochs(value: object) -> int:
    """How many epochs to step."""
    return int(read_within("epochs", value, LIMITS["epochs"]))


def read_pace(field: str, value: object) -> float | None:
    """Epochs a second, or null for as fast as it goes."""
    return None if value is None else read_within(field, value, LIMITS["pace"], null=True)
