"""The gradient check: what a rule takes for the gradient, beside central differences of the mean cost."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .costs import cost_of
from .data import Array, Data
from .network import Parameters, forward
from .rules import update
from .spec import RunSpec

__all__ = ["GradientCheck", "central_differences", "gradient_check", "rule_gradient"]

STEP = 6e-6
"""About the cube root of 2⁻⁵²: where the rounding error and the curvature error of a central difference meet."""

LEAST_ETA = 1e-8
"""Where what the article's rule changes on its way down, and what the subtraction rounds away, are equally little."""


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """Per layer, for w and for b: the rule's gradient beside central differences.

    ``w``, ``b``: the largest |rule − differences|, where the article's sum counts as a mean; ``relative_…``: the same
    over the largest difference. Of the step as it is taken, sums as sums: ``times_…`` is how many times the true slope
    it goes along that slope, ``turned_…`` how far it is off when that size is made good, over the largest difference.
    """

    w: tuple[float, ...]
    b: tuple[float, ...]
    relative_w: tuple[float, ...]
    relative_b: tuple[float, ...]
    times_w: tuple[float, ...]
    times_b: tuple[float, ...]
    turned_w: tuple[float, ...]
    turned_b: tuple[float, ...]


def gradient_check(spec: RunSpec, data: Data, parameters: Parameters) -> GradientCheck:
    """Compare the gradient that the spec's rule uses at these parameters (full batch) with central differences."""
    with np.errstate(all="ignore"):
        claimed = rule_gradient(spec, data, parameters)
        measured = central_differences(spec, data, parameters)
        sums = data.samples if spec.rule == "article" else 1
        way_w = [way(sums * one, other) for one, other in zip(claimed.w, measured.w, strict=True)]
        way_b = [way(*pair) for pair in zip(claimed.b, measured.b, strict=True)]
    w = [gap(*pair) for pair in zip(claimed.w, measured.w, strict=True)]
    b = [gap(*pair) for pair in zip(claimed.b, measured.b, strict=True)]
    return GradientCheck(
        w=tuple(absolute for absolute, _ in w),
        b=tuple(absolute for absolute, _ in b),
        relative_w=tuple(relative for _, relative in w),
        relative_b=tuple(relative for _, relative in b),
        times_w=tuple(times for times, _ in way_w),
        times_b=tuple(times for times, _ in way_b),
        turned_w=tuple(turned for _, turned in way_w),
        turned_b=tuple(turned for _, turned in way_b),
    )


def gap(claimed: Array, measured: Array) -> tuple[float, float]:
    """The largest absolute difference, and the same over the largest measured entry (0 where all is 0)."""
    absolute = float(np.abs(claimed - measured).max())
    largest = float(np.abs(measured).max())
    return absolute, absolute / largest if largest > 0 else 0.0


def way(step: Array, true: Array) -> tuple[float, float]:
    """How many times a true slope a step goes along it, and how far off it is then, over the largest true entry.

    Nothing in place of nothing is once, straight; anything in place of nothing is infinitely often.
    """
    largest = float(np.abs(true).max())
    if largest == 0:
        return (math.inf, math.inf) if np.abs(step).max() > 0 else (1.0, 0.0)
    times = float((step * true).sum() / (true * true).sum())
    if times == 0:
        return 0.0, 1.0
    return times, float(np.abs(step / abs(times) - true).max()) / largest


def rule_gradient(spec: RunSpec, data: Data, parameters: Parameters) -> Parameters:
    """The gradient that the rule's first update amounts to, scaled to a mean over samples.

    It is read off the update itself, (before − after)/eta, so that nothing a rule does can hide; the article's sum over
    samples is divided by n. The subtraction costs digits: the largest of |parameter|/eta times 2⁻⁵². So the exact rule,
    whose gradient does not depend on eta, is read with 1 at the least, the article's with ``LEAST_ETA``.
    """
    spec = dataclasses.replace(spec, eta=max(spec.eta, 1.0 if spec.rule == "exact" else LEAST_ETA))
    after = update(spec, parameters, data)
    samples = data.samples if spec.rule == "article" else 1
    return Parameters(
        w=tuple((old - new) / spec.eta / samples for old, new in zip(parameters.w, after.w, strict=True)),
        b=tuple((old - new) / spec.eta for old, new in zip(parameters.b, after.b, strict=True)),
    )


def central_differences(spec: RunSpec, data: Data, parameters: Parameters) -> Parameters:
    """(C(p + h) − C(p − h)) / 2h for every single parameter p; the output bias counts 0 where it is switched off."""
    arrays = [array.copy() for array in (*parameters.w, *parameters.b)]
    layers = len(parameters.w)

    def cost() -> float:
        moved = Parameters(tuple(arrays[:layers]), tuple(arrays[layers:]))
        trace = forward(moved, data.x, spec.output)
        return float(cost_of(trace.z[-1], data.y, spec.output, spec.cost).mean())

    slopes = [slope(array, cost) for array in arrays]
    if not spec.output_bias:
        slopes[-1][:] = 0.0
    return Parameters(tuple(slopes[:layers]), tuple(slopes[layers:]))


def slope(array: Array, cost: Callable[[], float]) -> Array:
    """∂cost/∂(every entry of array) by central differences; the array is moved and put back in place."""
    found = np.empty_like(array)
    for index in np.ndindex(array.shape):
        here = array[index]
        step = STEP * max(1.0, abs(float(here)))
        array[index] = here + step
        above, high = cost(), float(array[index])
        array[index] = here - step
        below, low = cost(), float(array[index])
        array[index] = here
        found[index] = (above - below) / (high - low)
    return found
