"""Errors of the mathematics.

ValueError
 └─ SpecError   a field of a wish (run spec, table, logits) is not what is allowed
"""

from __future__ import annotations

__all__ = ["SpecError"]

LONGEST_VALUE = 80


class SpecError(ValueError):
    """A field has a value that is not allowed; the text names all three: ``eta is -1; allowed: above 0 up to 1000``."""

    def __init__(self, field: str, value: object, allowed: str) -> None:
        super().__init__(f"{field} is {shown(value)}; allowed: {allowed}")
        self.field = field
        self.value = value
        self.allowed = allowed


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
