"""Which states are kept, and that they come back to the bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.nn.network import Parameters
from app.runs.keeping import KEPT_BYTES, Keeping, flat, unflat


@given(st.integers(1, 1_000_000), st.integers(2, 60_000))
def test_the_plan_names_its_epochs_and_stays_within_its_bytes(epochs: int, parameters: int) -> None:
    plan = Keeping.plan(epochs, parameters)
    visited, epoch = 1, 0
    while (epoch := plan.after(epoch)) <= epochs:
        assert plan.keeps(epoch)
        visited += 1
    assert visited + plan.pauses <= plan.most
    assert plan.most * parameters * 8 <= KEPT_BYTES or plan.most <= 5


@pytest.mark.parametrize("epochs", [1, 99, 1000, 10_000, 100_000])
def test_the_beginning_and_the_thousand_marks_are_kept(epochs: int) -> None:
    plan = Keeping.plan(epochs, 37)
    assert all(plan.keeps(epoch) for epoch in range(min(100, epochs)))
    assert all(plan.keeps(epoch) for epoch in range(0, epochs + 1, 1000))


def test_flat_and_back_is_the_same_to_the_bit() -> None:
    random = np.random.default_rng(1)
    like = Parameters((random.normal(size=(4, 5)), random.normal(size=(5, 2))), (random.normal(size=5), np.zeros(2)))
    back = unflat(flat(like), like)
    for one, other in zip((*like.w, *like.b), (*back.w, *back.b), strict=True):
        np.testing.assert_array_equal(one, other)
