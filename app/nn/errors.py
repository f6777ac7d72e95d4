"""Errors of the mathematics, and what a field may be: every sentence once, as a code with the facts that fill it.

ValueError
 └─ SpecError   a field of a wish (run spec, table, logits) is not what is allowed

A refusal travels as data: the English sentence is made from it here, the pages word it from their catalogues.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

__all__ = ["ALLOWED", "NAMES", "UNITS", "Code", "SpecError", "number", "safe", "shown"]

Code = Literal[
    "whole",
    "number",
    "above",
    "from",
    "any-whole",
    "any-number",
    "flag",
    "length",
    "list",
    "one",
    "pair",
    "data-set",
    "data-set-form",
    "data-set-here",
    "object",
    "known-field",
    "no-field",
    "needed",
    "labels",
    "row",
    "label",
    "layers",
    "matrix",
    "vector",
    "as-z",
    "work",
    "check-work",
    "walk-rule",
    "walk-batch",
    "walk-epoch",
    "changes",
    "message",
    "beats",
    "include",
    "epochs",
    "epochs-alone",
    "json-file",
    "query",
]

ALLOWED: Mapping[Code, str] = MappingProxyType(
    {
        "whole": "a whole number from {low} to {high}",
        "number": "a number from {low} to {high}",
        "above": "a number above {low} up to {high}",
        "from": "a whole number from {low}",
        "any-whole": "a whole number",
        "any-number": "a finite number",
        "flag": "true or false",
        "length": "a list of {low} to {high} {unit}",
        "list": "a list of {unit}",
        "one": "one of {options}",
        "pair": "with {output} outputs one of {options}",
        "data-set": "one of {options}, or a table {{x, y, classes}}",
        "data-set-form": "a data set's name or an object with x, y and classes",
        "data-set-here": "a data set that is here; this one is {how}",
        "object": "an object with fields of {options}",
        "known-field": "{options}",
        "no-field": "none beside type for {command}",
        "needed": "{object} needs the fields {options}",
        "labels": "one class index for each of the {count} rows of x",
        "row": "as many numbers as the first row: {count}",
        "label": "a class index from {low} to {high}",
        "layers": "a list of {count}, one for each layer after the inputs",
        "matrix": "{rows} rows of {columns} numbers",
        "vector": "{count} numbers",
        "as-z": "as many numbers as z: {count}",
        "work": "at most {high} for {parameters} parameters and {samples} samples",
        "check-work": "parameters² × samples up to {high}; here {parameters}² × {samples}",
        "walk-rule": "exact: the listing is that of the true gradient",
        "walk-batch": "null: the listing takes all samples at once",
        "walk-epoch": "up to {high} for a network and data this large",
        "changes": "status, pace, or both",
        "message": "a JSON object with a type",
        "beats": "1, or left out",
        "include": "{options}, with commas between",
        "epochs": "1 to {count} whole numbers from {low} to {high}, with commas between",
        "epochs-alone": "a list of epochs without start and stop beside it",
        "json-file": "a file that holds JSON",
        "query": "{words}",
    }
)
"""What a field may be, by code, with blanks for the facts. After it may come a unit, and that null is allowed too."""

UNITS: Mapping[str, str] = MappingProxyType(
    {
        "layers": "layers",
        "rows": "rows",
        "numbers": "numbers",
        "samples": "(the samples)",
        "epochs": "epochs",
        "pace": "epochs per second",
        "products": "multiplications (parameters × samples × epochs)",
        "rows-of-numbers": "rows of numbers",
        "labels": "class indices",
        "hidden-units": "whole numbers, the units of each hidden layer",
        "matrices": "matrices, one for each layer after the inputs",
        "vectors": "lists of numbers, one for each layer after the inputs",
    }
)
"""What a number counts, or what a list is of."""

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "spec": "the run spec",
        "body": "the body",
        "message": "the message",
        "network": "the network",
        "unknown-field": "an unknown field",
    }
)
"""What is refused where that is no field of its own."""

LONGEST_VALUE = 80


class SpecError(ValueError):
    """A field has a value that is not allowed; the text names all three: ``eta is -1; allowed: above 0 up to 1000``.

    ``code`` and ``facts`` say what is allowed, as ``ALLOWED`` does; of the facts ``unit`` is one of ``UNITS``, and
    ``null`` says that null is allowed, too.
    """

    def __init__(self, field: str, value: object, code: Code, **facts: object) -> None:
        self.allowed = in_english(code, facts)
        super().__init__(f"{named(field)} is {shown(value)}; allowed: {self.allowed}")
        self.field = field
        self.value = value
        self.code = code
        self.facts = facts

    def told(self) -> dict[str, Any]:
        """The refusal as JSON has it, beside its sentence: what names cannot hold is left out."""
        facts = {name: list(fact) if isinstance(fact, tuple) else fact for name, fact in self.facts.items()}
        return {"code": self.code, "field": safe(self.field), "value": plain(self.value), **facts}


def in_english(code: Code, facts: Mapping[str, object]) -> str:
    """What is allowed, in words."""
    blanks = {name: words_of(name, fact) for name, fact in facts.items()}
    sentence = ALLOWED[code]
    unit = f" {blanks['unit']}" if blanks.get("unit") and "{unit}" not in sentence else ""
    return sentence.format(**blanks) + unit + (", or null" if facts.get("null") else "")


def words_of(name: str, fact: object) -> str:
    """A fact as a sentence has it."""
    if name == "unit":
        return UNITS[str(fact)] if fact else ""
    if name == "object":
        return named(str(fact))
    if isinstance(fact, Sequence) and not isinstance(fact, str):
        return ", ".join(map(str, fact))
    return number(fact) if isinstance(fact, int | float) else str(fact)


def named(field: str) -> str:
    """A field as a sentence names it: ``the body.z``."""
    head, dot, rest = field.partition(".")
    return safe(NAMES.get(head, head) + dot + rest)


def number(value: float) -> str:
    """A bound as an error writes it: whole where it is whole, thousands kept together by thin gaps."""
    if abs(value) >= 2**53 or value != int(value):
        return f"{value:g}"
    return f"{int(value):,}".replace(",", " ")


def shown(value: object) -> str:
    """A value as the reader of an error knows it: as JSON would spell it, short, and safe to encode."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, int) and abs(value) >= 10**40:
        return "a whole number of more than 40 digits"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return f"an object with {len(value)} fields"
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def plain(value: object) -> object:
    """A value as data: a number, a truth or a short text as it is; of a list or an object how much it holds."""
    if isinstance(value, list | tuple | dict):
        return {"length": len(value)}
    if isinstance(value, int) and abs(value) >= 2**53:
        return shown(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return safe(value[:LONGEST_VALUE]) if isinstance(value, str) else value


def safe(text: str) -> str:
    """A text that can be encoded whatever was sent: a lone surrogate must not turn a refusal into a fault."""
    return text.encode("utf-8", "backslashreplace").decode()
