"""A network of sigmoid hidden layers and one output layer: its parameters and the way forward (row D6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .costs import activate
from .data import Array
from .layers import sigmoid
from .spec import Output

__all__ = ["Parameters", "Trace", "forward"]


@dataclass(frozen=True, slots=True, eq=False)
class Parameters:
    """Weights and biases of every layer after the inputs, first hidden layer first.

    ``w[l]``: (units in, units out), so ``w[l][j, i]`` leads from unit j to unit i (the article's formulas write w_ij
    for it). ``b[l]``: (units out,).
    """

    w: tuple[Array, ...]
    b: tuple[Array, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """All z and a of one forward pass. ``a[0]`` are the inputs; ``z[l]`` and ``a[l + 1]`` belong to ``w[l]``."""

    z: tuple[Array, ...]
    a: tuple[Array, ...]


def forward(parameters: Parameters, x: Array, output: Output) -> Trace:
    """z = a·w + b layer by layer, a = σ(z) in hidden layers, the output layer's a at the end.

    ``x``: (samples, inputs).
    """
    z: list[Array] = []
    a: list[Array] = [x]
    last = len(parameters.w) - 1
    for layer, (w, b) in enumerate(zip(parameters.w, parameters.b, strict=True)):
        z.append(np.asarray(a[-1] @ w + b))
        a.append(activate(z[-1], output) if layer == last else sigmoid(z[-1]))
    return Trace(tuple(z), tuple(a))
