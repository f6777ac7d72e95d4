"""The layout of the fast passes: what goes in comes out, and the constants stay constant."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from app.nn.costs import delta_of
from app.nn.data import Data
from app.nn.initialise import initialise
from app.nn.network import forward
from app.nn.passes import Pass, Weights, play
from app.nn.spec import RunSpec, layer_sizes
from tests.nn.cases import problems


@given(problems())
def test_parameters_come_back_as_they_were_held(problem: tuple[RunSpec, Data]) -> None:
    spec, data = problem
    weights, parameters = Weights(layer_sizes(spec, data)), initialise(spec, data)
    weights.hold(parameters)
    found = weights.parameters()
    for ours, theirs in zip((*found.w, *found.b), (*parameters.w, *parameters.b), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@given(problems())
def test_a_pass_finds_the_activations_and_deltas_of_the_readable_way(problem: tuple[RunSpec, Data]) -> None:
    spec, data = problem
    weights, parameters = Weights(layer_sizes(spec, data)), initialise(spec, data)
    weights.hold(parameters)
    one, z = Pass(spec, weights, data), np.empty((data.classes, data.samples))
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
def test_the_constant_units_never_learn(problem: tuple[RunSpec, Data]) -> None:
    spec, data = problem
    weights = Weights(layer_sizes(spec, data))
    weights.hold(initialise(spec, data))
    rows = [array[units:].copy() for array, units in zip(weights.arrays, weights.units, strict=True)]
    one, z = Pass(spec, weights, data), np.empty((data.classes, data.samples))
    for _ in range(20):
        play([*one.logits(z), *one.activate(z), *one.update])
    for array, units, row in zip(weights.arrays, weights.units, rows, strict=True):
        np.testing.assert_array_equal(array[units:], row)
