"""A network's parameters as one row of numbers, every w before every b, so that those of many runs are one array."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from .data import Array
from .network import Parameters

__all__ = ["Rows", "parameters_in", "row_of"]


def row_of(parameters: Parameters) -> Array:
    """All parameters as one row of numbers, w before b."""
    return np.concatenate([array.ravel() for array in (*parameters.w, *parameters.b)])


def parameters_in(row: Array, like: Parameters) -> Parameters:
    """The parameters in a row, in the shapes of ``like``; views of it."""
    return Rows([len(like.w[0]), *(len(b) for b in like.b)]).parameters(row)


class Rows:
    """Where everything stands in a row of ``length`` numbers, for networks of these layer sizes."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.layers = len(sizes) - 1
        self.pieces = list(cut(sizes))
        self.length = sum(length for _, length, _ in self.pieces)

    def split(self, full: Array) -> tuple[list[Array], list[Array]]:
        """Views of (lanes, parameters): w (lanes, units in, units) and b (lanes, units) of every layer."""
        arrays = [full[:, place : place + length].reshape(-1, *shape) for place, length, shape in self.pieces]
        return arrays[: self.layers], arrays[self.layers :]

    def joined(self, full: Array) -> list[Array]:
        """Weights and biases of every layer, (lanes, units in + 1, units), from (lanes, parameters)."""
        weights, biases = self.split(full)
        return [np.concatenate([w, b[:, None]], axis=1) for w, b in zip(weights, biases, strict=True)]

    def parameters(self, row: Array) -> Parameters:
        """One lane's parameters from its row; views of it."""
        arrays = [row[place : place + length].reshape(shape) for place, length, shape in self.pieces]
        return Parameters(tuple(arrays[: self.layers]), tuple(arrays[self.layers :]))


def cut(sizes: Sequence[int]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Place, length and shape of every w, then of every b, in a row."""
    place = 0
    pairs = list(pairwise(sizes))
    for shape in [*pairs, *((units,) for _, units in pairs)]:
        length = int(np.prod(shape))
        yield place, length, shape
        place += length
