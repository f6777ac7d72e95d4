"""The cost of each sample and its δ = ∂C/∂z, for every output layer and the costs that go with it (``pairs.TABLE``)."""

from __future__ import annotations

from .data import Array
from .layers import sigmoid, softmax
from .pairs import pair_of
from .spec import CostName, Output

__all__ = ["activate", "cost_of", "delta_of"]


def activate(z: Array, output: Output) -> Array:
    """The output layer's a from its z, (..., classes)."""
    return softmax(z) if output == "softmax" else sigmoid(z)


def cost_of(z: Array, y: Array, output: Output, cost: CostName) -> Array:
    """C of each sample, in nats where it is a logarithm. ``z``, ``y``: (..., classes). Returns (...)."""
    return pair_of(output, cost).value(z, y)


def delta_of(z: Array, y: Array, output: Output, cost: CostName) -> Array:
    """δ = ∂C/∂z of each sample. ``z``, ``y``: (..., classes). Returns the same shape."""
    return pair_of(output, cost).delta(z, y)
