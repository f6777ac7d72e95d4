"""Runs side by side: each gives the costs of the readable mathematics, and the same bits as alone."""

from __future__ import annotations

import dataclasses
import random
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.datasets import load
from app.nn import training
from app.nn.single import Single, trainer
from app.nn.spec import PAIRS, RULES, CostName, Output, RuleName, RunSpec
from app.nn.stack import Lane, Stack, fits

NAMES = ("iris-versicolor-virginica", "four-bit-majority", "xor", "blobs")
SHAPES = ((5,), (), (3, 4), (1,), (2, 1))
EPOCHS = 70


def spec_of(name: str, hidden: tuple[int, ...], pair: tuple[Output, CostName], rule: RuleName, bias: bool) -> RunSpec:
    """A spec whose course is no chaos: a sum over many samples would make it one."""
    eta = 0.02 if rule == "exact" else 0.02 / load(name).data.samples
    output, cost = pair
    return RunSpec(
        dataset=name, hidden=hidden, output=output, cost=cost, rule=rule, output_bias=bias, eta=eta,
        initialisation="scaled", seed=7,
    )  # fmt: skip


PAIR_LIST = [(output, cost) for output, costs in PAIRS.items() for cost in costs]
SPECS = [spec_of(*parts) for parts in product(NAMES, SHAPES, PAIR_LIST, RULES, (True, False))]
STACKED = [spec for spec in SPECS if fits(spec, load(str(spec.dataset)).data)]


@pytest.mark.parametrize("spec", STACKED[::3], ids=lambda spec: f"{spec.dataset} {spec.hidden} {spec.cost} {spec.rule}")
def test_a_stack_does_what_the_readable_training_does(spec: RunSpec) -> None:
    data = load(str(spec.dataset)).data
    state, costs = training.advance(spec, data, training.start(spec, data), EPOCHS)
    single = Single(spec, data)
    mine, told = single.advance(single.start(), EPOCHS)
    np.testing.assert_allclose(told, costs, rtol=1e-11)
    arrays = [(*each.parameters.w, *each.parameters.b) for each in (mine, state)]
    for ours, theirs in zip(*arrays, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)
    seen, wanted = single.observe(mine), training.observe(spec, data, state)
    np.testing.assert_allclose(seen.outputs, wanted.outputs, rtol=1e-9, atol=1e-13)
    assert seen.cost == pytest.approx(wanted.cost, rel=1e-11)
    assert seen.accuracy == wanted.accuracy


@given(
    spec=st.sampled_from(STACKED),
    others=st.integers(1, 40),
    idle=st.integers(0, 9),
    joins_at=st.integers(0, 20),
    cuts=st.lists(st.integers(1, 40), min_size=1, max_size=6),
    chance=st.randoms(use_true_random=False),
)
def test_the_bits_of_a_run_do_not_depend_on_its_neighbours(
    spec: RunSpec, others: int, idle: int, joins_at: int, cuts: list[int], chance: random.Random
) -> None:
    """Alone or among many, whenever it joins, wherever it stands, however its epochs are cut into calls."""
    data = load(str(spec.dataset)).data
    alone = Single(spec, data)
    middle, _ = alone.advance(alone.start(), joins_at)
    last, costs = alone.advance(middle, sum(cuts))
    lanes = [neighbour(spec, chance.random()) for _ in range(others)]
    place = int(chance.random() * (others + 1))
    lanes.insert(place, alone.lane(middle))
    stack = Stack(spec, data, len(lanes) + idle)
    told = []
    for cut in cuts:
        stack.hold(lanes)
        while cut > 0:
            count = min(cut, stack.together)
            told.append(stack.advance(count)[0][:, place])
            cut -= count
        rows = stack.rows(slice(len(lanes)))
        lanes = [
            Lane(stack.layout.parameters(row), lane.eta, lane.start) for row, lane in zip(rows, lanes, strict=True)
        ]  # fmt: skip
    assert np.array_equal(np.concatenate(told), costs)
    for ours, theirs in zip(lanes[place].parameters.w, last.parameters.w, strict=True):
        assert np.array_equal(ours, theirs)


def neighbour(spec: RunSpec, share: float) -> Lane:
    """Another run of the same shape, by chance one that breaks."""
    eta = 1e300 if share > 0.9 else share
    other = dataclasses.replace(spec, eta=eta, seed=int(share * 1000))
    single = Single(other, load(str(spec.dataset)).data)
    return single.lane(single.start())


def test_the_articles_run_ends_where_the_article_says() -> None:
    spec = RunSpec(dataset="four-bit-majority", rule="article")
    data = load("four-bit-majority").data
    single = trainer(spec, data)
    state, costs = single.advance(single.start(), spec.epochs)
    assert round(float(costs[0]), 8) == 0.73052217
    assert round(single.observe(state).cost, 8) == 0.00041729


def test_large_nets_and_mini_batches_are_trained_by_themselves() -> None:
    iris, digits = load("iris").data, load("digits-8x8").data
    assert not fits(RunSpec(dataset="iris", batch_size=10), iris)
    assert not fits(RunSpec(dataset="digits-8x8", hidden=(30,)), digits)
    assert fits(RunSpec(), load("iris-versicolor-virginica").data)


def test_wanted_states_are_those_on_the_way() -> None:
    spec = RunSpec(dataset="four-bit-majority")
    data = load("four-bit-majority").data
    single = Single(spec, data)
    stack = Stack(spec, data, 8)
    stack.hold([single.lane(single.start())] * 3)
    _, kept = stack.advance(10, {2: np.array([1]), 6: np.array([0, 2])})
    assert {index: len(rows) for index, rows in kept.items()} == {2: 1, 6: 2}
    for index, rows in kept.items():
        state, _ = single.advance(single.start(), index + 1)
        for row in rows:
            assert np.array_equal(stack.layout.parameters(row).w[0], state.parameters.w[0])


@pytest.mark.parametrize("seed", range(5))
def test_no_epochs_at_all_change_no_bit(seed: int) -> None:
    """The rows of a pair are not kept as they are, and to put them back together rounds."""
    spec = RunSpec(dataset="four-bit-majority", seed=seed)
    alone = Single(spec, load("four-bit-majority").data)
    begun = alone.start()
    state, costs = alone.advance(begun, 0)
    assert costs.shape == (0,)
    assert state.epoch == 0
    for before, after in zip(
        (*begun.parameters.w, *begun.parameters.b), (*state.parameters.w, *state.parameters.b), strict=True
    ):
        np.testing.assert_array_equal(before, after)
