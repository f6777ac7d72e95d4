"""The samples that a network learns from, as two arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Array", "Data", "one_hot"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """Samples and their targets.

    ``x``: (samples, inputs). ``y``: (samples, classes), one-hot rows. Both float64, C-contiguous.
    """

    x: Array
    y: Array

    @property
    def samples(self) -> int:
        """How many samples there are."""
        return len(self.x)

    @property
    def inputs(self) -> int:
        """How many numbers describe one sample."""
        return int(self.x.shape[1])

    @property
    def classes(self) -> int:
        """How many classes there are."""
        return int(self.y.shape[1])

    @property
    def labels(self) -> NDArray[np.intp]:
        """The class index of each sample, (samples,)."""
        return np.asarray(np.argmax(self.y, axis=1))


def one_hot(labels: Sequence[int] | NDArray[np.intp], classes: int) -> Array:
    """Class indices (samples,) as one-hot rows (samples, classes)."""
    return np.ascontiguousarray(np.eye(classes)[np.asarray(labels, dtype=np.intp)])
