"""Run specs from and to JSON documents: the one strict reader that the HTTP door and the command line share.

It takes what ``json.loads`` gives and refuses anything else than what the contract says: unknown fields, texts where
numbers belong, ``true`` for 1, numbers that are not finite. Every refusal is a SpecError that names the field.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from .errors import SpecError
from .spec import (
    COSTS,
    INITIALISATIONS,
    LIMITS,
    OUTPUTS,
    RULES,
    Given,
    Range,
    RunSpec,
    Table,
    check,
    check_length,
)

__all__ = [
    "as_document",
    "from_document",
    "from_stored",
    "read_number",
    "read_numbers",
    "read_object",
    "read_whole",
    "read_within",
    "schema",
]

Choice = TypeVar("Choice", bound=str)


def from_document(document: object) -> RunSpec:
    """The spec that a JSON object asks for, every missing field at its default, checked; raises SpecError."""
    spec = from_stored(document)
    check(spec)
    return spec


def from_stored(document: object) -> RunSpec:
    """The spec in a JSON object that was checked once, whatever the limits are today; SpecError for no spec at all."""
    fields = read_object("spec", document, tuple(READERS))
    return RunSpec(**{name: READERS[name](name, value) for name, value in fields.items()})


def as_document(spec: RunSpec) -> dict[str, Any]:
    """The spec as a JSON object with every field; ``from_document`` reads it back to an equal spec."""
    return {name: plain(getattr(spec, name)) for name in READERS}


def plain(value: Any) -> Any:
    """Dataclasses and tuples as the dicts and lists that JSON knows."""
    if isinstance(value, Table | Given):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def read_object(
    field: str, value: object, allowed: Sequence[str], required: Sequence[str] = ()
) -> Mapping[str, object]:
    """A JSON object with no field but the allowed ones and all the required ones."""
    if not isinstance(value, dict):
        raise SpecError(field, value, "object", options=tuple(allowed))
    for name in value:
        if name not in allowed:
            raise SpecError("unknown-field", name, "known-field", options=tuple(allowed))
    for name in required:
        if name not in value:
            raise SpecError(f"{field}.{name}", None, "needed", object=field, options=tuple(required))
    return value


def read_number(field: str, value: object, limit: Range | None = None, *, null: bool = False) -> float:
    """A finite JSON number as a float; what a limit or null says is for the refusal alone."""
    wrong = limit.refusal(field, value, null=null) if limit else SpecError(field, value, "any-number")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong
    try:
        converted = float(value)
    except OverflowError:
        raise wrong from None
    if not math.isfinite(converted):
        raise wrong
    return converted


def read_within(field: str, value: object, limit: Range, *, null: bool = False) -> float:
    """A number in a range, as a float."""
    converted = read_number(field, value, limit, null=null)
    if not limit.holds(converted) or (limit.whole and not converted.is_integer()):
        raise limit.refusal(field, value, null=null)
    return converted


def read_numbers(field: str, value: object) -> tuple[float, ...]:
    """A list of finite JSON numbers."""
    return tuple(
        read_number(f"{field}[{index}]", item) for index, item in enumerate(read_list(field, value, "numbers"))
    )


def read_list(field: str, value: object, unit: str) -> list[object]:
    """A JSON list; ``unit``: what of, for the refusal."""
    if not isinstance(value, list):
        raise SpecError(field, value, "list", unit=unit)
    return value


def read_whole(field: str, value: object, limit: Range | None = None) -> int:
    """A JSON whole number; 5.0 is one, 5.5 and true are not. What the limit says is for the refusal alone."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise limit.refusal(field, value) if limit else SpecError(field, value, "any-whole")
    return value


def whole(field: str, value: object) -> int:
    """A whole number; what it may be stands in LIMITS under the field's name."""
    return read_whole(field, value, LIMITS[field])


def decimal(field: str, value: object) -> float:
    """A number; what it may be stands in LIMITS under the field's name."""
    return read_number(field, value, LIMITS[field])


def truth(field: str, value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise SpecError(field, value, "flag")
    return value


def choice(allowed: tuple[Choice, ...]) -> Callable[[str, object], Choice]:
    """A reader for one of the allowed names."""

    def read(field: str, value: object) -> Choice:
        for name in allowed:
            if value == name:
                return name
        raise SpecError(field, value, "one", options=allowed)

    return read


def or_null(read: Callable[[str, object], Any]) -> Callable[[str, object], Any]:
    """A reader that also lets null pass, as None."""
    return lambda field, value: None if value is None else read(field, value)


def read_dataset(field: str, value: object) -> str | Table:
    """A data set's name, or a table by hand."""
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        raise SpecError(field, value, "data-set-form")
    fields = read_object(field, value, ("x", "y", "classes"), required=("x", "y", "classes"))
    rows = read_list("dataset.x", fields["x"], "rows-of-numbers")
    labels = read_list("dataset.y", fields["y"], "labels")
    for name, values in (("dataset.x", rows), ("dataset.y", labels)):
        check_length(name, values, "table rows")
    return Table(
        x=tuple(read_numbers(f"dataset.x[{index}]", row) for index, row in enumerate(rows)),
        y=tuple(read_whole(f"dataset.y[{index}]", label) for index, label in enumerate(labels)),
        classes=read_whole("dataset.classes", fields["classes"], LIMITS["classes"]),
    )


def read_hidden(field: str, value: object) -> tuple[int, ...]:
    """Units of each hidden layer."""
    units = read_list(field, value, "hidden-units")
    return tuple(read_whole(f"{field}[{i}]", item, LIMITS["hidden units"]) for i, item in enumerate(units))


def read_initialisation(field: str, value: object) -> Any:
    """A named initialisation, or the parameters themselves."""
    if not isinstance(value, dict):
        return choice(INITIALISATIONS)(field, value)
    fields = read_object(field, value, ("w", "b"), required=("w", "b"))
    matrices = read_list(f"{field}.w", fields["w"], "matrices")
    vectors = read_list(f"{field}.b", fields["b"], "vectors")
    return Given(
        w=tuple(read_matrix(f"{field}.w[{layer}]", matrix) for layer, matrix in enumerate(matrices)),
        b=tuple(read_numbers(f"{field}.b[{layer}]", vector) for layer, vector in enumerate(vectors)),
    )


def read_matrix(field: str, value: object) -> tuple[tuple[float, ...], ...]:
    """A list of rows of finite numbers."""
    rows = read_list(field, value, "rows-of-numbers")
    return tuple(read_numbers(f"{field}[{index}]", row) for index, row in enumerate(rows))


READERS: Mapping[str, Callable[[str, object], Any]] = {
    "dataset": read_dataset,
    "hidden": read_hidden,
    "output": choice(OUTPUTS),
    "cost": choice(COSTS),
    "rule": choice(RULES),
    "initialisation": read_initialisation,
    "output_bias": truth,
    "epochs": whole,
    "eta": decimal,
    "batch_size": or_null(whole),
    "seed": whole,
    "pace": or_null(decimal),
}


def schema() -> dict[str, Any]:
    """The run spec as JSON Schema, made from the defaults and the limits."""
    numbers = {"type": "array", "items": {"type": "number"}}
    matrix = {"type": "array", "items": numbers}
    table = {"x": matrix, "y": {"type": "array", "items": {"type": "integer"}}, "classes": ranged(LIMITS["classes"])}
    given = {"w": {"type": "array", "items": matrix}, "b": matrix}
    properties: dict[str, Any] = {
        "dataset": {"anyOf": [{"type": "string"}, closed_object(table)]},
        "hidden": {"type": "array", "items": ranged(LIMITS["hidden units"]), "maxItems": int(LIMITS["hidden"].high)},
        "output": {"enum": list(OUTPUTS)},
        "cost": {"enum": list(COSTS)},
        "rule": {"enum": list(RULES)},
        "initialisation": {"anyOf": [{"enum": list(INITIALISATIONS)}, closed_object(given)]},
        "output_bias": {"type": "boolean"},
        **{field: ranged(LIMITS[field]) for field in ("epochs", "eta", "seed")},
        **{field: {"anyOf": [ranged(LIMITS[field]), {"type": "null"}]} for field in ("batch_size", "pace")},
    }
    for name, default in as_document(RunSpec()).items():
        properties[name]["default"] = default
    return {"title": "RunSpec", "type": "object", "additionalProperties": False, "properties": properties}


def ranged(limit: Range) -> dict[str, Any]:
    """A range as JSON Schema."""
    low = "exclusiveMinimum" if limit.open_low else "minimum"
    return {"type": "integer" if limit.whole else "number", low: limit.low, "maximum": limit.high}


def closed_object(properties: dict[str, Any]) -> dict[str, Any]:
    """An object that needs all its properties and allows no other."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
