"""The article's derivations, each a list of steps: what is claimed equal, by which reason.

`derivations.json` is the one place. Its formulas are written so that a person, the page's JavaScript and Python's own
parser can read them: `D(a[i], z[j])` is ∂a_i/∂z_j, `sum(k, …)` runs over all k, `others(k, i, …)` over all but i,
`ln`, `exp` and `sigma` are functions; `z`, `a`, `y`, `w`, `b` and `delta` belong to the output layer, `h` is the layer
before it, `S` = Σ e^{z_k} and `C` the cost. Everything shown and everything checked is made from these texts.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import Any, Literal

__all__ = ["Derivation", "Step", "as_document", "derivations"]

Relation = Literal["=", ">", "<"]


@dataclass(frozen=True, slots=True)
class Step:
    """``left relation right`` holds for every sample; where ``needs`` is given, only where that is 0.

    ``reason`` is the key of the words that say why. ``begins``: the left side is written out, as it is at the start
    and where a derivation turns to another claim. Elsewhere the left side is the right side before.
    """

    left: str
    relation: Relation
    right: str
    reason: str
    begins: bool
    needs: str | None


@dataclass(frozen=True, slots=True)
class Derivation:
    """A claim of the article, its steps, and which indices the reader picks for it (``i``, ``j`` classes; ``unit``)."""

    name: str
    rows: tuple[str, ...]
    picks: tuple[str, ...]
    steps: tuple[Step, ...]


@functools.cache
def derivations() -> tuple[Derivation, ...]:
    """All derivations, in the order of the path."""
    text = (files(__package__) / "derivations.json").read_text(encoding="utf-8")
    return tuple(derivation(given) for given in json.loads(text))


def derivation(given: dict[str, Any]) -> Derivation:
    """One derivation as the file has it."""
    return Derivation(given["name"], tuple(given["rows"]), tuple(given["picks"]), chain(given["steps"]))


def chain(given: Sequence[dict[str, str]]) -> tuple[Step, ...]:
    """Steps with both sides, where the file writes a left side only if it is not the right side before."""
    steps: list[Step] = []
    for one in given:
        relation, right = next((sign, one[sign]) for sign in ("=", ">", "<") if sign in one)
        left = one["left"] if "left" in one else steps[-1].right
        steps.append(Step(left, relation, right, one["reason"], "left" in one, one.get("needs")))
    return tuple(steps)


def as_document() -> list[dict[str, Any]]:
    """All derivations as JSON values, for the page."""
    return [asdict(one) for one in derivations()]
