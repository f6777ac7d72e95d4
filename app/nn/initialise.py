"""Where the parameters start: the article's uniform numbers, scaled normal numbers, or numbers given by hand."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from .data import Array, Data
from .network import Parameters
from .spec import Given, RunSpec, layer_sizes

__all__ = ["initialise"]


def initialise(spec: RunSpec, data: Data) -> Parameters:
    """The parameters of epoch 0.

    ``article``: uniform [0, 1) from ``RandomState(seed)``, drawn w then b, layer by layer (row E2), to the bit.
    ``scaled``: normal with standard deviation 1/√(units in) for w and 1 for b, in the same order.
    Without an output bias the last b is 0; it is drawn last, so the others are the same.
    """
    if isinstance(spec.initialisation, Given):
        w, b = list(map(matrix, spec.initialisation.w)), list(map(matrix, spec.initialisation.b))
    else:
        w, b = draw(spec.initialisation == "article", spec.seed, layer_sizes(spec, data))
    if not spec.output_bias:
        b[-1] = np.zeros_like(b[-1])
    return Parameters(tuple(w), tuple(b))


def draw(uniform: bool, seed: int, sizes: tuple[int, ...]) -> tuple[list[Array], list[Array]]:
    """Random w and b for layers of these sizes."""
    random = np.random.RandomState(seed)
    w: list[Array] = []
    b: list[Array] = []
    for units_in, units_out in pairwise(sizes):
        if uniform:
            w.append(random.rand(units_in, units_out))
            b.append(random.rand(units_out))
        else:
            w.append(random.standard_normal((units_in, units_out)) / np.sqrt(units_in))
            b.append(random.standard_normal(units_out))
    return w, b


def matrix(values: object) -> Array:
    """Nested tuples as a float64 array."""
    return np.array(values, dtype=np.float64)
