"""A long curve in few points that a screen cannot tell from the whole: of every stretch its lowest and highest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..nn.data import Array

__all__ = ["MOST_POINTS", "thinned"]

MOST_POINTS = 500


def thinned(costs: Array, most: int = MOST_POINTS) -> NDArray[np.intp]:
    """Indices of at most ``most`` (≥ 4) of the costs, in order: first, last, and each stretch's lowest and highest."""
    count = len(costs)
    if count <= most:
        return np.arange(count)
    length = -(-count // (most // 2 - 1))
    whole = count // length
    stretches = costs[: whole * length].reshape(whole, length)
    starts = np.arange(whole) * length
    chosen = [starts + stretches.argmin(axis=1), starts + stretches.argmax(axis=1), [0, count - 1]]
    rest = costs[whole * length :]
    if len(rest):
        chosen.append(whole * length + np.array([rest.argmin(), rest.argmax()]))
    return np.unique(np.concatenate(chosen).astype(np.intp))
