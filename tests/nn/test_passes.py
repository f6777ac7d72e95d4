"""The layout of the fast passes: what goes in comes out, and the constants stay constant."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.nn.costs import delta_of
from app.nn.data import Data
from app.nn.initialise import initialise
from app.nn.network import forward
from app.nn.passes import Pass, Weights, play
from app.nn.spec import RunSpec, layer_sizes
from tests.nn.cases import problems


def weights_of(spec: RunSpec, data: Data) -> Weights:
    """Weights for passes that see every input."""
    return Weights(layer_sizes(spec, data), np.arange(data.inputs))


def pass_of(spec: RunSpec, weights: Weights, data: Data) -> Pass:
    """A pass over all samples."""
    x = np.vstack([data.x.T, np.ones(data.samples)])
    return Pass(spec, weights, x, np.ascontiguousarray(data.y.T))


@given(problems())
def test_parameters_come_back_as_they_were_held(problem: tuple[RunSpec, Data]) -> None:
    spec, data = problem
    weights, parameters = weights_of(spec, data), initialise(spec, data)
    weights.hold(parameters)
    found = weights.parameters()
    for ours, theirs in zip((*found.w, *found.b), (*parameters.w, *parameters.b), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@given(problems())
def test_a_pass_finds_the_activations_and_deltas_of_the_readable_way(problem: tuple[RunSpec, Data]) -> None:
    spec, data = problem
    weights, parameters = weights_of(spec, data), initialise(spec, data)
    weights.hold(parameters)
    one, z = pass_of(spec, weights, data), np.empty((data.classes, data.samples))
    play(one.logits(z))
    play(one.activate(z))
    play(one.output_delta())
    trace = forward(parameters, data.x, spec.output)
    for ours, theirs in zip(one.a, trace.a, strict=False):
        np.testing.assert_allclose(ours[:-1].T, theirs, rtol=1e-12)
        np.testing.assert_array_equal(ours[-1], 1.0)
    np.testing.assert_allclose(one.outputs.T, trace.a[-1], rtol=1e-11)
    np.testing.assert_allclose(one.deltas[-1].T, delta_of(trace.z[-1], data.y, spec.output, spec.cost), atol=1e-13)


@given(problems())
def test_the_constant_rows_stay_one(problem: tuple[RunSpec, Data]) -> None:
    spec, data = problem
    weights = weights_of(spec, data)
    weights.hold(initialise(spec, data))
    one, z = pass_of(spec, weights, data), np.empty((data.classes, data.samples))
    for _ in range(20):
        play([*one.logits(z), *one.activate(z), *one.update])
    for a in one.a:
        np.testing.assert_array_equal(a[-1], 1.0)


@given(problems(), st.data())
def test_weights_of_inputs_that_no_pass_sees_stay_what_they_were(
    problem: tuple[RunSpec, Data], drawn: st.DataObject
) -> None:
    spec, data = problem
    seen = np.array(sorted(drawn.draw(st.sets(st.integers(0, data.inputs - 1)))), dtype=np.intp)
    weights, parameters = Weights(layer_sizes(spec, data), seen), initialise(spec, data)
    weights.hold(parameters)
    assert weights.arrays[0].shape[1] == len(seen) + 1
    weights.arrays[0][:, :-1] += 1.0
    expected = parameters.w[0].copy()
    expected[seen] += 1.0
    np.testing.assert_array_equal(weights.parameters().w[0], expected)
