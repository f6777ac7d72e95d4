"""Which epochs' states are worth keeping: the beginning densely, then every so many, within a budget of bytes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..nn.data import Array
from ..nn.network import Parameters

__all__ = ["KEPT_BYTES", "Keeping", "flat", "unflat"]

KEPT_BYTES = 4_000_000
MOST = 201
FIRST = 100
PAUSES = 100
STRIDES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Epochs 0 … ``first`` − 1, every multiple of ``stride``, and where a run paused, up to ``pauses`` times.

    ``most`` states in all.
    """

    first: int
    stride: int
    pauses: int
    most: int

    @classmethod
    def plan(cls, epochs: int, parameters: int) -> Keeping:
        """A plan for so many epochs of a network with so many parameters, within ``KEPT_BYTES``, but 4 states at least.

        Strides of up to 1000 divide 1000, so the thousand-marks are kept.
        """
        affordable = max(4, KEPT_BYTES // (8 * parameters))
        pauses = min(PAUSES, affordable // 4)
        first = min(FIRST, affordable // 4)
        rest = min(MOST, affordable - first - pauses)
        stride = next((stride for stride in STRIDES if epochs // stride < rest), 1_000_000)
        return cls(first, stride, pauses, first + pauses + epochs // stride + 1)

    def keeps(self, epoch: int) -> bool:
        """Whether the state of an epoch is worth keeping."""
        return epoch < self.first or epoch % self.stride == 0

    def after(self, epoch: int) -> int:
        """The next epoch worth keeping."""
        return epoch + 1 if epoch + 1 < self.first else (epoch // self.stride + 1) * self.stride


def flat(parameters: Parameters) -> Array:
    """All parameters as one row of numbers, w before b."""
    return np.concatenate([array.ravel() for array in (*parameters.w, *parameters.b)])


def unflat(row: Array, like: Parameters) -> Parameters:
    """The parameters in a row from ``flat``, in the shapes of ``like``."""
    shapes = [array.shape for array in (*like.w, *like.b)]
    ends = np.cumsum([array.size for array in (*like.w, *like.b)])[:-1]
    arrays = [part.reshape(shape) for part, shape in zip(np.split(row, ends), shapes, strict=True)]
    return Parameters(tuple(arrays[: len(like.w)]), tuple(arrays[len(like.w) :]))
