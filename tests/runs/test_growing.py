"""Rows that are only ever added."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.runs.growing import Growing


@given(st.lists(st.integers(0, 200), max_size=12))
def test_rows_are_what_was_added_in_order(sizes: list[int]) -> None:
    growing, added = Growing(5000, (2,)), np.empty((0, 2))
    for size in sizes:
        rows = np.arange(2.0 * size).reshape(size, 2)
        growing.add(rows)
        added = np.concatenate([added, rows])
    np.testing.assert_array_equal(growing.rows, added)


def test_old_views_stay_as_they_are() -> None:
    growing = Growing(1000)
    growing.add(np.arange(60.0))
    view = growing.rows
    growing.add(np.full(900, -1.0))
    np.testing.assert_array_equal(view, np.arange(60.0))


def test_memory_never_exceeds_what_was_announced() -> None:
    growing = Growing(1001)
    for _ in range(1001):
        growing.add(np.zeros(1))
    assert growing.bytes == 8 * 1001
    with pytest.raises(AssertionError, match="1002 rows where 1001"):
        growing.add(np.zeros(1))
