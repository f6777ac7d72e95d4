"""Which states are kept, and that they come back to the bit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.runs.keeping import FEWEST, KEPT_BYTES, Keeping


@given(st.integers(1, 1_000_000), st.integers(2, 60_000))
def test_the_plan_names_its_epochs_and_stays_within_its_bytes(epochs: int, parameters: int) -> None:
    plan = Keeping.plan(epochs, parameters)
    visited, epoch = 1, 0
    while (epoch := plan.after(epoch)) <= epochs:
        assert plan.keeps(epoch)
        visited += 1
    assert visited + plan.pauses <= plan.most
    assert plan.most * parameters * 8 <= KEPT_BYTES or plan.most <= FEWEST


@given(st.integers(1, 20_000), st.integers(2, 10_000))
def test_between_two_kept_epochs_there_is_none_worth_keeping(epochs: int, parameters: int) -> None:
    plan = Keeping.plan(epochs, parameters)
    named, epoch = [0], 0
    while (epoch := plan.after(epoch)) <= epochs:
        named.append(epoch)
    assert named == [epoch for epoch in range(epochs + 1) if plan.keeps(epoch)]


@pytest.mark.parametrize("parameters", [37, 2260], ids=["default net", "digits"])
@pytest.mark.parametrize("epochs", [1, 99, 150, 1000, 1013, 10_000, 12_345])
def test_both_ends_and_the_thousand_marks_are_kept(epochs: int, parameters: int) -> None:
    plan = Keeping.plan(epochs, parameters)
    assert all(plan.keeps(epoch) for epoch in range(min(100, epochs + 1)))
    assert all(plan.keeps(epoch) for epoch in range(max(0, epochs - 99), epochs + 1))
    assert all(plan.keeps(epoch) for epoch in range(0, epochs + 1, 1000))


def test_a_million_epochs_of_the_default_net_keep_every_thousand_mark() -> None:
    plan = Keeping.plan(1_000_000, 37)
    assert all(plan.keeps(epoch) for epoch in range(0, 1_000_001, 1000))


def test_a_small_run_keeps_every_epoch_and_a_larger_one_a_power_of_two() -> None:
    assert all(Keeping.plan(1000, 37).keeps(epoch) for epoch in range(1001))
    plan = Keeping.plan(10_000, 37)
    assert [epoch for epoch in range(2001, 2200) if plan.keeps(epoch)] == [2048, 2112, 2176]
