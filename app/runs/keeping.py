"""Which epochs' states are worth keeping: all of a small run; else both ends, and every so many between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = ["KEPT_BYTES", "WHOLE_BYTES", "Keeping", "worth_keeping"]

Whole = TypeVar("Whole", int, NDArray[np.int64])

WHOLE_BYTES = 300_000
"""A run whose states of all epochs fit in this keeps all of them: a thousand epochs of the default network."""
KEPT_BYTES = 8_000_000
ENDS = 100
PAUSES = 100
MOST = 256
"""States at the stride: more than a slider can tell apart."""
MARK = 1000
FEWEST = 8


@dataclass(frozen=True, slots=True)
class Keeping:
    """Of ``epochs``: the first and the last ``ends``, every multiple of ``stride`` and of ``mark``, and where a run
    paused, up to ``pauses`` times. ``most`` states in all.
    """

    epochs: int
    ends: int
    stride: int
    mark: int
    pauses: int
    most: int

    @classmethod
    def plan(cls, epochs: int, parameters: int) -> Keeping:
        """A plan for so many epochs of a network with so many parameters.

        It stays within ``KEPT_BYTES`` (but keeps ``FEWEST`` states at least): a network whose states are very large
        keeps less than a hundred at either end, and not every thousand-mark.
        """
        if (epochs + 1) * 8 * parameters <= WHOLE_BYTES:
            return cls(epochs, 0, 1, MARK, 0, epochs + 1)
        affordable = max(FEWEST, KEPT_BYTES // (8 * parameters))
        ends = min(ENDS, affordable // 4)
        pauses = min(PAUSES, affordable // 8)
        rest = affordable - 2 * ends - pauses
        mark = doubled(MARK, epochs, rest // 2)
        stride = doubled(1, epochs, min(MOST, rest - epochs // mark - 1))
        return cls(epochs, ends, stride, mark, pauses, 2 * ends + pauses + epochs // stride + 1 + epochs // mark)

    def keeps(self, epoch: int) -> bool:
        """Whether the state of an epoch is worth keeping."""
        return bool(worth_keeping(epoch, self.epochs, self.ends, self.stride, self.mark))

    def after(self, epoch: int) -> int:
        """The next epoch worth keeping."""
        if epoch + 1 < self.ends or epoch >= self.epochs - self.ends:
            return epoch + 1
        regular = min((epoch // self.stride + 1) * self.stride, (epoch // self.mark + 1) * self.mark)
        return min(regular, self.epochs - self.ends + 1) if self.ends else regular


def worth_keeping(epoch: Whole, epochs: Whole, ends: Whole, stride: Whole, mark: Whole) -> Whole:
    """Whether the state of an epoch is worth keeping under such a plan; of many epochs and plans at once, too."""
    at_an_end = (epoch < ends) | (epoch > epochs - ends)
    worth: Whole = at_an_end | (epoch % stride == 0) | (epoch % mark == 0)
    return worth


def doubled(distance: int, epochs: int, most: int) -> int:
    """The distance, doubled until there are at most so many multiples of it up to ``epochs``."""
    while epochs // distance > most:
        distance *= 2
    return distance
