"""A long curve in few points that a screen cannot tell from the whole: of every stretch its lowest and highest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..nn.data import Array

__all__ = ["MOST_POINTS", "thinned"]

MOST_POINTS = 500
NONE = np.empty(0, dtype=np.intp)


def thinned(costs: Array, always: NDArray[np.intp] = NONE, most: int = MOST_POINTS) -> NDArray[np.intp]:
    """Indices of at most ``most`` (≥ 4) of the costs, in order: first, last, and each stretch's lowest and highest; and
    those in ``always`` besides.
    """
    count = len(costs)
    if count <= most:
        return np.arange(count)
    length = -(-count // (most // 2 - 1))
    whole = count // length
    stretches = costs[: whole * length].reshape(whole, length)
    starts = np.arange(whole) * length
    chosen = np.zeros(count, dtype=bool)
    chosen[starts + stretches.argmin(axis=1)] = True
    chosen[starts + stretches.argmax(axis=1)] = True
    rest = costs[whole * length :]
    if len(rest):
        chosen[[whole * length + rest.argmin(), whole * length + rest.argmax()]] = True
    chosen[[0, count - 1]] = True
    chosen[always] = True
    return np.flatnonzero(chosen)
