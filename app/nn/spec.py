"""The run spec: the complete wish for a run, its defaults and its limits, declared once.

The web door, the command line and the pages' forms all take their ranges from ``LIMITS``. Reading a spec from JSON is
``reading.py``; this module knows only values that already have the right types.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Literal, get_args

from .data import Data
from .errors import Code, SpecError
from .pairs import TABLE, CostName, Output

__all__ = [
    "LIMITS",
    "PAIRS",
    "CostName",
    "Given",
    "Output",
    "Range",
    "RunSpec",
    "Table",
    "check",
    "check_fits",
    "layer_sizes",
    "parameter_count",
]

RuleName = Literal["exact", "article"]
InitialisationName = Literal["article", "scaled"]

OUTPUTS: tuple[Output, ...] = get_args(Output)
COSTS: tuple[CostName, ...] = get_args(CostName)
RULES: tuple[RuleName, ...] = get_args(RuleName)
INITIALISATIONS: tuple[InitialisationName, ...] = get_args(InitialisationName)

PAIRS: Mapping[Output, tuple[CostName, ...]] = MappingProxyType(
    {output: tuple(pair.cost for pair in TABLE if pair.output == output) for output in OUTPUTS}
)


@dataclass(frozen=True, slots=True)
class Range:
    """What a number may be: from ``low`` to ``high``, both allowed unless ``open_low``; ``whole`` for counts."""

    low: float
    high: float
    whole: bool = True
    open_low: bool = False
    unit: str = ""

    def refusal(self, field: str, value: object, *, null: bool = False) -> SpecError:
        """What to raise where a value of the field is outside; ``null`` where null is allowed, too."""
        code: Code = "above" if self.open_low else "whole" if self.whole else "number"
        facts = {"low": self.low, "high": self.high, "whole": self.whole, "unit": self.unit}
        return SpecError(field, value, code, **facts, **({"null": True} if null else {}))

    def holds(self, value: float) -> bool:
        """Whether the value lies in the range; never true for a number that is not finite."""
        return (self.low < value if self.open_low else self.low <= value) and value <= self.high


LIMITS: Mapping[str, Range] = MappingProxyType(
    {
        "hidden": Range(0, 4, unit="layers"),
        "hidden units": Range(1, 100),
        "epochs": Range(1, 1_000_000),
        "eta": Range(0, 1e308, whole=False, open_low=True),
        "batch_size": Range(1, 100_000),
        "seed": Range(0, 2**32 - 1),
        "pace": Range(0.1, 1_000_000, whole=False, unit="pace"),
        "table rows": Range(1, 2000, unit="rows"),
        "table columns": Range(1, 64, unit="numbers"),
        "classes": Range(2, 12),
        "cell": Range(-1e6, 1e6, whole=False),
        "parameter": Range(-1e6, 1e6, whole=False),
        "work": Range(1, 2e12, unit="products"),
    }
)


@dataclass(frozen=True, slots=True)
class Table:
    """A data set by hand: ``x`` rows of numbers, ``y`` a class index per row, ``classes`` how many there are."""

    x: tuple[tuple[float, ...], ...]
    y: tuple[int, ...]
    classes: int


@dataclass(frozen=True, slots=True)
class Given:
    """An initialisation by hand: per layer ``w`` (units in, units out) and ``b`` (units out,)."""

    w: tuple[tuple[tuple[float, ...], ...], ...]
    b: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class RunSpec:
    """What a run shall do. The defaults are the study article's experiment (its rows E1 to E7)."""

    dataset: str | Table = "iris-versicolor-virginica"
    hidden: tuple[int, ...] = (5,)
    output: Output = "softmax"
    cost: CostName = "log-likelihood"
    rule: RuleName = "exact"
    initialisation: InitialisationName | Given = "article"
    output_bias: bool = True
    epochs: int = 10_000
    eta: float = 0.1
    batch_size: int | None = None
    seed: int = 0
    pace: float | None = None


def check(spec: RunSpec) -> None:
    """Raise SpecError where a field is outside its range or output and cost do not go together."""
    check_length("hidden", spec.hidden, "hidden")
    for index, units in enumerate(spec.hidden):
        check_range(f"hidden[{index}]", units, "hidden units")
    allowed = PAIRS[spec.output]
    if spec.cost not in allowed:
        raise SpecError("cost", spec.cost, "pair", output=spec.output, options=allowed)
    for field in ("epochs", "eta", "seed"):
        check_range(field, getattr(spec, field), field)
    for field in ("batch_size", "pace"):
        if getattr(spec, field) is not None:
            check_range(field, getattr(spec, field), field, null=True)
    if isinstance(spec.dataset, Table):
        check_table(spec.dataset)
    if isinstance(spec.initialisation, Given):
        check_numbers(spec.initialisation)


def check_range(field: str, value: float, limit: str, *, null: bool = False) -> None:
    """Raise SpecError where the value of a field is outside the named limit."""
    if not LIMITS[limit].holds(value):
        raise LIMITS[limit].refusal(field, value, null=null)


def check_length(field: str, values: Sequence[object], limit: str) -> None:
    """Raise SpecError where a list has more or fewer entries than the named limit allows."""
    allowed = LIMITS[limit]
    if not allowed.holds(len(values)):
        raise SpecError(field, values, "length", low=allowed.low, high=allowed.high, whole=True, unit=allowed.unit)


def check_table(table: Table) -> None:
    """Raise SpecError where a table has the wrong shape or a cell is out of range."""
    check_range("dataset.classes", table.classes, "classes")
    check_length("dataset.x", table.x, "table rows")
    check_length("dataset.x[0]", table.x[0], "table columns")
    if len(table.y) != len(table.x):
        raise SpecError("dataset.y", table.y, "labels", count=len(table.x))
    for index, row in enumerate(table.x):
        if len(row) != len(table.x[0]):
            raise SpecError(f"dataset.x[{index}]", row, "row", count=len(table.x[0]))
        for column, cell in enumerate(row):
            check_range(f"dataset.x[{index}][{column}]", cell, "cell")
    for index, label in enumerate(table.y):
        if not 0 <= label < table.classes:
            raise SpecError(f"dataset.y[{index}]", label, "label", low=0, high=table.classes - 1, whole=True)


def check_numbers(given: Given) -> None:
    """Raise SpecError where a given parameter is out of range."""
    for layer, matrix in enumerate(given.w):
        for i, row in enumerate(matrix):
            for j, value in enumerate(row):
                check_range(f"initialisation.w[{layer}][{i}][{j}]", value, "parameter")
    for layer, vector in enumerate(given.b):
        for j, value in enumerate(vector):
            check_range(f"initialisation.b[{layer}][{j}]", value, "parameter")


def check_fits(spec: RunSpec, data: Data) -> None:
    """Raise SpecError where the spec does not fit its samples: batch size, given shapes, or the work in all."""
    if spec.batch_size is not None and spec.batch_size > data.samples:
        raise Range(1, data.samples, unit="samples").refusal("batch_size", spec.batch_size, null=True)
    sizes = layer_sizes(spec, data)
    if isinstance(spec.initialisation, Given):
        check_shapes(spec.initialisation, sizes)
    parameters = parameter_count(sizes)
    work = parameters * data.samples * spec.epochs
    if not LIMITS["work"].holds(work):
        most = max(1, int(LIMITS["work"].high // (parameters * data.samples)))
        facts = {"low": 1, "high": most, "whole": True, "parameters": parameters, "samples": data.samples}
        raise SpecError("epochs", spec.epochs, "work", **facts)


def check_shapes(given: Given, sizes: tuple[int, ...]) -> None:
    """Raise SpecError where given parameters do not have the shapes of the layers."""
    layers = len(sizes) - 1
    for field, value in (("w", given.w), ("b", given.b)):
        if len(value) != layers:
            raise SpecError(f"initialisation.{field}", value, "layers", count=layers)
    for layer, (units_in, units_out) in enumerate(pairwise(sizes)):
        rows = given.w[layer]
        if len(rows) != units_in or any(len(row) != units_out for row in rows):
            raise SpecError(f"initialisation.w[{layer}]", rows, "matrix", rows=units_in, columns=units_out)
        if len(given.b[layer]) != units_out:
            raise SpecError(f"initialisation.b[{layer}]", given.b[layer], "vector", count=units_out)


def layer_sizes(spec: RunSpec, data: Data) -> tuple[int, ...]:
    """Units of every layer, from the inputs (layer 1) to the outputs (layer L)."""
    return (data.inputs, *spec.hidden, data.classes)


def parameter_count(sizes: tuple[int, ...]) -> int:
    """Weights and biases of a network with these layers."""
    return sum((units_in + 1) * units_out for units_in, units_out in pairwise(sizes))
