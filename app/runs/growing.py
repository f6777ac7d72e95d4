"""Rows that are only ever added, in one array that doubles when it is full."""

from __future__ import annotations

import numpy as np

from ..nn.data import Array

__all__ = ["Growing"]

FIRST = 64


class Growing:
    """Up to ``most`` rows of one shape. Views of ``rows`` stay as they are for those who still read them."""

    def __init__(self, most: int, shape: tuple[int, ...] = ()) -> None:
        self.most = most
        self.count = 0
        self.buffer = np.empty((min(most, FIRST), *shape))

    @property
    def rows(self) -> Array:
        """All that was added."""
        return self.buffer[: self.count]

    @property
    def bytes(self) -> int:
        """Memory held."""
        return self.buffer.nbytes

    def add(self, rows: Array) -> None:
        """Add rows; more than ``most`` in all is a mistake of ours."""
        needed = self.count + len(rows)
        assert needed <= self.most, f"{needed} rows where {self.most} were announced"
        if needed > len(self.buffer):
            larger = np.empty((min(max(needed, 2 * len(self.buffer)), self.most), *self.buffer.shape[1:]))
            larger[: self.count] = self.rows
            self.buffer = larger
        self.buffer[self.count : needed] = rows
        self.count = needed
