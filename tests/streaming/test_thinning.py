"""A long curve in few points: what a screen shows of it is all there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.streaming.thinning import MOST_POINTS, thinned

COUNTS = st.one_of(st.integers(1, 3 * MOST_POINTS), st.integers(1, 1_000_001))


@settings(max_examples=200, deadline=None)
@given(COUNTS, st.integers(0, 2**32 - 1))
def test_first_last_lowest_and_highest_are_kept_in_order_and_few(count: int, seed: int) -> None:
    costs = np.random.default_rng(seed).normal(size=count)
    points = thinned(costs)
    assert len(points) <= MOST_POINTS
    assert np.all(np.diff(points) > 0)
    assert {0, count - 1} <= set(points.tolist())
    assert costs[points].min() == costs.min()
    assert costs[points].max() == costs.max()


def test_a_short_curve_is_left_whole() -> None:
    np.testing.assert_array_equal(thinned(np.ones(MOST_POINTS)), np.arange(MOST_POINTS))


@pytest.mark.parametrize("place", [0, 17, 5000, 9998, 9999])
@pytest.mark.parametrize("height", [-1.0, 1.0])
def test_a_single_peak_anywhere_is_never_lost(place: int, height: float) -> None:
    costs = np.zeros(10_000)
    costs[place] = height
    assert place in thinned(costs)


def test_every_stretch_keeps_its_extremes() -> None:
    """Two points of every stretch: an oscillation keeps its whole height everywhere."""
    costs = np.where(np.arange(100_000) % 2 == 0, 1.0, -1.0)
    kept = costs[thinned(costs)]
    assert abs(int((kept > 0).sum()) - int((kept < 0).sum())) <= 2
