"""The fault clinic: slips that people make in the update, each with its own trace in the gradient check.

A fault is a variation of the exact update, by itself: what it takes for the gradient (``slopes``), or the size of its
step. The faults and what the check shows of them are tested over a hundred seeds (``tests/nn/test_faults.py``).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from .check import central_differences
from .costs import cost_of
from .data import Array, Data
from .initialise import initialise
from .layers import sigmoid_vjp, softmax
from .network import Parameters, forward
from .spec import RunSpec

__all__ = ["CLINIC", "FAULTS", "SMALLER", "Examination", "Fault", "Verdict", "course", "dealt", "examine", "slopes"]


@dataclass(frozen=True, slots=True)
class Fault:
    """``right`` and ``wrong``: the line of the listing as it should be and as it is; ``step``: how many times eta."""

    right: str
    wrong: str
    step: float = 1.0


FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        "updated": Fault(
            "delta2 = (delta3 @ w3.T) * a2 * (1 - a2)",
            "w3 = w3 - eta * dw3\ndelta2 = (delta3 @ w3.T) * a2 * (1 - a2)",
        ),
        "weights-sum": Fault("dw2 = a1.T @ delta2 / n", "dw2 = a1.T @ delta2"),
        "biases-sum": Fault("db2 = delta2.mean(axis=0)", "db2 = delta2.sum(axis=0)"),
        "no-slack": Fault("delta2 = (delta3 @ w3.T) * a2 * (1 - a2)", "delta2 = delta3 @ w3.T"),
        "opposite": Fault("delta3 = a3 - y", "delta3 = y - a3"),
        "no-bias": Fault("b2 = b2 - eta * db2", "pass"),
        "batch-softmax": Fault("a3 = exp(z3) / exp(z3).sum(axis=1, keepdims=True)", "a3 = exp(z3) / exp(z3).sum()"),
        "one-over": Fault("delta3 = a3 - y", "delta3 = (a3 - y) / (1 - a3)"),
        "extra-slack": Fault("delta3 = a3 - y", "delta3 = (a3 - y) * a3 * (1 - a3)"),
        "stale": Fault("dw3 = a2.T @ delta3 / n", "dw3 = a2_of_the_sample_before.T @ delta3 / n"),
        "transposed": Fault("dw2 = a1.T @ delta2 / n", "dw2 = delta2.T @ a1 / n"),
        "eta": Fault("eta = 0.5", "eta = 40.0", step=80.0),
    }
)
"""By name, in the order in which they are offered."""

CLINIC = RunSpec(dataset="four-bit-majority", hidden=(4,), initialisation="scaled", eta=0.5, epochs=300)
"""The patient. As many hidden units as inputs, so that a transposed slope fits; two classes; nothing is saturated."""

SMALLER = 1e6
"""How many times smaller the step of the second check is: what comes from the step itself fades with it."""

Verdict = Literal["right", "n times", "opposite", "nothing", "off"]

CLOSE = 1e-4
"""How far apart, beside the largest slope, a slope and its central difference may be."""


@dataclass(frozen=True, slots=True)
class Examination:
    """The gradient check of a fault: a verdict for each array, with the step as it is and with a much smaller one.

    ``names``: w2, b2, w3 …; ``ratios``: how many times the true slope is in the one that is used; ``drift``: the sum of
    the output biases' slopes, which is 0 for the true ones, because every δ of a sample sums to 0.
    """

    names: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    smaller: tuple[Verdict, ...]
    ratios: tuple[float, ...]
    drift: float


def dealt(case: int) -> str:
    """The fault of a case, the same everywhere: a case can be shared by its number."""
    return str(np.random.RandomState(case).choice(list(FAULTS)))


def slopes(fault: str, spec: RunSpec, data: Data, parameters: Parameters) -> Parameters:
    """What the update with a fault takes for the gradient; shaped like the parameters. An unknown fault is none."""
    trace = forward(parameters, data.x, spec.output)
    delta = error_of(fault, trace.z[-1], trace.a[-1], data.y)
    last = len(parameters.w) - 1
    w: list[Array] = []
    b: list[Array] = []
    for layer in range(last, -1, -1):
        below = trace.a[layer]
        if fault == "stale" and layer == last:
            below = np.roll(below, 1, axis=0)
        slope = below.T @ delta / (1 if fault == "weights-sum" else data.samples)
        w.append(slope.T if fault == "transposed" and layer == 0 else slope)
        b.append(bias_slope(fault, delta))
        if layer > 0:
            above = parameters.w[layer] - spec.eta * slope if fault == "updated" else parameters.w[layer]
            back = delta @ above.T
            delta = back if fault == "no-slack" else sigmoid_vjp(back, trace.a[layer])
    return Parameters(tuple(reversed(w)), tuple(reversed(b)))


def error_of(fault: str, z: Array, a: Array, y: Array) -> Array:
    """δ of the output layer."""
    match fault:
        case "opposite":
            return y - a
        case "batch-softmax":
            return softmax(z.ravel()).reshape(z.shape) - y
        case "one-over":
            return (a - y) / (1.0 - a)
        case "extra-slack":
            return (a - y) * a * (1.0 - a)
        case _:
            return a - y


def bias_slope(fault: str, delta: Array) -> Array:
    """What a bias is moved by."""
    match fault:
        case "biases-sum":
            return np.asarray(delta.sum(axis=0))
        case "no-bias":
            return np.zeros(delta.shape[1])
        case _:
            return np.asarray(delta.mean(axis=0))


def course(fault: str, spec: RunSpec, data: Data) -> Array:
    """The mean cost of every epoch from 0 to ``spec.epochs``, trained with a fault; "" for none."""
    parameters = initialise(spec, data)
    eta = spec.eta * (FAULTS[fault].step if fault else 1.0)
    costs = np.empty(spec.epochs + 1)
    with np.errstate(all="ignore"):
        for epoch in range(spec.epochs + 1):
            trace = forward(parameters, data.x, spec.output)
            costs[epoch] = cost_of(trace.z[-1], data.y, spec.output, spec.cost).mean()
            found = slopes(fault, spec, data, parameters)
            parameters = Parameters(
                w=tuple(w - eta * dw for w, dw in zip(parameters.w, found.w, strict=True)),
                b=tuple(b - eta * db for b, db in zip(parameters.b, found.b, strict=True)),
            )
    return costs


def examine(fault: str, spec: RunSpec, data: Data) -> Examination:
    """The gradient check at the start: what the update takes for the slopes, beside central differences."""
    parameters = initialise(spec, data)
    with np.errstate(all="ignore"):
        true = arrays(central_differences(spec, data, parameters))
        used = arrays(slopes(fault, spec, data, parameters))
        timid = arrays(slopes(fault, dataclasses.replace(spec, eta=spec.eta / SMALLER), data, parameters))
    names = tuple(f"{name}{layer + 2}" for layer in range(len(parameters.w)) for name in "wb")
    return Examination(
        names=names,
        verdicts=tuple(verdict(one, other, data.samples) for one, other in zip(used, true, strict=True)),
        smaller=tuple(verdict(one, other, data.samples) for one, other in zip(timid, true, strict=True)),
        ratios=tuple(float((one * other).sum() / (other * other).sum()) for one, other in zip(used, true, strict=True)),
        drift=float(used[-1].sum()),
    )


def arrays(parameters: Parameters) -> list[Array]:
    """w and b, layer by layer."""
    return [array for pair in zip(parameters.w, parameters.b, strict=True) for array in pair]


def verdict(used: Array, true: Array, samples: int) -> Verdict:
    """How a slope that is used stands to the true one."""
    largest = float(np.abs(true).max())

    def near(wanted: Array) -> bool:
        return bool(np.abs(used - wanted).max() <= CLOSE * max(largest, float(np.abs(wanted).max())))

    if near(true):
        return "right"
    if near(samples * true):
        return "n times"
    if near(-true):
        return "opposite"
    return "nothing" if not used.any() else "off"
