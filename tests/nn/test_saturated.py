"""Costs far out: finite for every finite z, in every kernel, and right to the rounding of the logits."""

from __future__ import annotations

import dataclasses

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.datasets import load
from app.nn import training
from app.nn.check import gradient_check
from app.nn.costs import cost_of
from app.nn.costs_of_logits import MeanCosts
from app.nn.data import Array, Data, one_hot
from app.nn.kernel import Kernel
from app.nn.network import Parameters
from app.nn.single import Single
from app.nn.spec import PAIRS, RunSpec
from app.nn.stack import fits
from app.runs.held_out import answers

ROUNDING = 2.0**-52
REACHES = (1e-9, 1.0, 40.0, 400.0, 760.0, 1e5, 1e300)
"""How far apart logits may lie. Between 707 and 745 nats a power is nearly 0, beyond that it is 0."""

pairs = [(output, cost) for output, costs in PAIRS.items() for cost in costs]


@st.composite
def saturated(draw: st.DrawFn) -> tuple[Array, Array]:
    """Logits (samples, classes) with one-hot targets; by chance with gaps between 707 and 746, and with equals."""
    classes, samples = draw(st.integers(2, 12)), draw(st.integers(1, 20))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    z = random.uniform(-1.0, 1.0, (samples, classes)) * draw(st.sampled_from(REACHES))
    labels = random.integers(0, classes, samples)
    edge = random.random(samples) < 0.3
    z[edge, labels[edge]] = z[edge].max(axis=1) - random.uniform(705.0, 750.0, edge.sum())
    equal = random.random(samples) < 0.1
    z[equal] = z[equal, :1]
    return z, one_hot(labels, classes)


def exact_costs(z: Array, y: Array, output: str, cost: str) -> list[mpmath.mpf]:
    """C of every sample with 60 digits, as the formulas stand."""
    one = mpmath.mpf(1)
    found = []
    for row, target in zip(z.tolist(), y.tolist(), strict=True):
        exponents = [mpmath.mpf(value) for value in row]
        rest = [mpmath.fsum(mpmath.exp(other - z) for other in exponents if other is not z) for z in exponents]
        a = [
            one / (one + (more if output == "softmax" else mpmath.exp(-z)))
            for z, more in zip(exponents, rest, strict=True)
        ]
        if cost == "quadratic":
            found.append(mpmath.fsum((ai - yi) ** 2 for ai, yi in zip(a, target, strict=True)) / 2)
        elif cost == "log-likelihood":
            found.append(mpmath.log1p(rest[target.index(1.0)]))
        else:
            signed = (-value if yi else value for value, yi in zip(row, target, strict=True))
            found.append(mpmath.fsum(mpmath.log1p(mpmath.exp(mpmath.mpf(value))) for value in signed))
    return found


def assert_right(found: float, z: Array, y: Array, output: str, cost: str) -> None:
    """A mean cost is right to the rounding of what it is made of: an exponent's up to 745, or that of an a beside y."""
    with mpmath.workdps(60):
        each = exact_costs(z, y, output, cost)
        mean = float(mpmath.fsum(each) / len(each))
    slack = 64 * ROUNDING if cost == "quadratic" else 0.0
    assert np.isfinite(found)
    assert found == pytest.approx(mean, rel=1024 * ROUNDING, abs=slack)


@pytest.mark.parametrize(("output", "cost"), pairs)
@given(case=saturated())
def test_every_kernel_gives_the_mean_cost_of_finite_logits(output: str, cost: str, case: tuple[Array, Array]) -> None:
    z, y = case
    spec = RunSpec(output=output, cost=cost)  # type: ignore[arg-type]
    assert_right(float(cost_of(z, y, spec.output, spec.cost).mean()), z, y, output, cost)
    assert_right(plain_kernel(spec, z, y), z, y, output, cost)
    assert_right(stacked(spec, z, y), z, y, output, cost)


def plain_kernel(spec: RunSpec, z: Array, y: Array) -> float:
    """The mean cost by the kernel of single runs."""
    kernel = Kernel(spec, Data(np.zeros((len(y), 1)), y))
    with np.errstate(all="ignore"):
        return float(kernel.costs(z.T[None])[0])


def stacked(spec: RunSpec, z: Array, y: Array) -> float:
    """The mean cost by what stacks use: one lane among three, one epoch of two."""
    paired = spec.output == "softmax" and y.shape[1] == 2
    halved = paired or spec.output == "sigmoid"
    held, target = (z[:, 1:] - z[:, :1], y[:, 1:]) if paired else (z, y)
    target = 2.0 * target - 1.0 if halved else target
    lanes = np.repeat(target.T[:, None, :], 3, axis=1)
    costs = MeanCosts(spec, np.ascontiguousarray(lanes), 2, tanh=halved, paired=paired)
    costs.logits[1, :, 1] = held.T * (0.5 if halved else 1.0)
    with np.errstate(all="ignore"):
        return float(costs.of(2)[1, 1])


@pytest.mark.parametrize(("output", "cost"), pairs)
@pytest.mark.parametrize("rule", ["exact", "article"])
@given(
    classes=st.integers(2, 12),
    hidden=st.sampled_from(((), (3,))),
    eta=st.sampled_from((0.1, 10.0, 300.0, 1e5)),
    seed=st.integers(0, 2**32 - 1),
    few=st.booleans(),
)
def test_the_costs_on_the_way_are_those_of_the_readable_training(
    output: str, cost: str, rule: str, classes: int, hidden: tuple[int, ...], eta: float, seed: int, few: bool
) -> None:
    """Epoch by epoch from the same parameters: over many, such an eta makes the last digit decide."""
    random = np.random.default_rng(seed)
    samples = 9 if few else 60
    data = Data(random.normal(0, 4, (samples, 3)), one_hot(random.integers(0, classes, samples), classes))
    spec = RunSpec(hidden=hidden, output=output, cost=cost, rule=rule, eta=eta, seed=seed, epochs=12)  # type: ignore[arg-type]
    for trainer in (Single(spec, data), Kernel(spec, data)) if fits(spec, data) else (Kernel(spec, data),):
        state = trainer.start()
        for _ in range(12):
            largest = max(1.0, *(float(np.abs(array).max()) for array in (*state.parameters.w, *state.parameters.b)))
            wanted = training.observe(spec, data, state).cost
            assert np.isfinite(wanted)
            told = trainer.observe(state).cost
            state, costs = trainer.advance(state, 1)
            assert told == costs[0]
            assert told == pytest.approx(wanted, rel=1e-11, abs=1e3 * ROUNDING * largest)


def test_a_run_that_saturates_is_told_what_it_costs() -> None:
    """Iris without a hidden layer by the article's rule: the cost of epoch 2 is 379 nats."""
    data = load("iris").data
    spec = RunSpec(dataset="iris", hidden=(), rule="article")
    for trainer in (Single(spec, data), Kernel(spec, data)):
        _, costs = trainer.advance(trainer.start(), 200)
        assert costs[2] == pytest.approx(378.69173412, rel=1e-10)
        assert np.isfinite(costs).all()


def test_logits_that_are_not_finite_cost_what_is_not_finite() -> None:
    y = one_hot([0, 0], 3)
    for broken in (np.nan, np.inf):
        for place in range(3):
            z = np.zeros((2, 3))
            z[0, place] = broken
            assert not np.isfinite(stacked(RunSpec(), z, y))
            assert not np.isfinite(plain_kernel(RunSpec(), z, y))


def test_a_saturated_network_is_examined_and_asked_in_finite_numbers() -> None:
    random = np.random.default_rng(5)
    data = Data(random.normal(0, 1, (12, 3)), one_hot(random.integers(0, 4, 12), 4))
    for size in (300.0, 1e3, 1e6):
        parameters = Parameters((random.normal(0, size, (3, 4)),), (random.normal(0, size, 4),))
        for output, cost in pairs:
            spec = dataclasses.replace(RunSpec(), output=output, cost=cost, hidden=())
            found = gradient_check(spec, data, parameters)
            assert np.isfinite([*found.w, *found.b, *found.relative_w, *found.relative_b]).all()
            told = answers(spec, data, parameters)
            assert np.isfinite([told.cost, *(mistake.cost for mistake in told.worst)]).all()
            z = data.x @ parameters.w[0] + parameters.b[0]
            assert told.cost == pytest.approx(cost_of(z, data.y, output, cost).mean(), rel=1e-12)
