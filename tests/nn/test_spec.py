"""What a spec may ask of its samples: shapes, batch size, and the work in all; and how limits are worded."""

from __future__ import annotations

import dataclasses
import math

import pytest

from app.datasets import catalogue, load
from app.nn.errors import SpecError
from app.nn.spec import LIMITS, PAIRS, Given, Range, RunSpec, check, check_fits, layer_sizes, parameter_count

XOR = load("xor").data


@pytest.mark.parametrize("name", catalogue())
def test_the_default_run_fits_every_data_set(name: str) -> None:
    check_fits(RunSpec(dataset=name), load(name).data)


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (RunSpec(batch_size=5), "batch_size is 5; allowed: a whole number from 1 to 4 (the samples), or null"),
        (
            RunSpec(hidden=(), initialisation=Given(w=(), b=())),
            "initialisation.w is a list of 0; allowed: a list of 1, one for each layer after the inputs",
        ),
        (
            RunSpec(hidden=(), initialisation=Given(w=(((1.0, 2.0),),), b=((0.0, 0.0),))),
            "initialisation.w[0] is a list of 1; allowed: 2 rows of 2 numbers",
        ),
        (
            RunSpec(hidden=(), initialisation=Given(w=(((1.0, 2.0), (3.0, 4.0)),), b=((0.0,),))),
            "initialisation.b[0] is a list of 1; allowed: 2 numbers",
        ),
    ],
    ids=["batch", "layers", "rows", "biases"],
)
def test_what_does_not_fit_is_refused_in_words(spec: RunSpec, words: str) -> None:
    with pytest.raises(SpecError) as refusal:
        check_fits(spec, XOR)
    assert str(refusal.value) == words


def test_a_batch_of_all_samples_fits() -> None:
    check_fits(RunSpec(batch_size=4), XOR)


def test_too_much_work_names_the_most_epochs_that_fit() -> None:
    digits = load("digits-8x8").data
    spec = RunSpec(dataset="digits-8x8", hidden=(100, 100), epochs=1_000_000)
    work = parameter_count(layer_sizes(spec, digits)) * digits.samples
    most = int(LIMITS["work"].high // work)
    with pytest.raises(SpecError, match="17 610 parameters and 1 797 samples") as refusal:
        check_fits(spec, digits)
    assert refusal.value.field == "epochs"
    check_fits(dataclasses.replace(spec, epochs=most), digits)
    with pytest.raises(SpecError):
        check_fits(dataclasses.replace(spec, epochs=most + 1), digits)


def test_only_the_pairs_of_the_contract_are_allowed() -> None:
    allowed = {(output, cost) for output, costs in PAIRS.items() for cost in costs}
    assert allowed == {
        ("softmax", "log-likelihood"),
        ("softmax", "quadratic"),
        ("sigmoid", "cross-entropy"),
        ("sigmoid", "quadratic"),
    }
    with pytest.raises(SpecError, match=r"with sigmoid outputs one of cross-entropy, quadratic"):
        check(RunSpec(output="sigmoid"))


def test_a_range_holds_its_bounds_and_no_number_that_is_not_finite() -> None:
    closed, open_low = Range(0, 1), Range(0, 1, open_low=True)
    assert closed.holds(0)
    assert closed.holds(1)
    assert not open_low.holds(0)
    assert open_low.holds(5e-324)
    assert not any(closed.holds(value) for value in (math.nan, math.inf, -math.inf))


def test_parameters_are_counted_with_their_biases() -> None:
    assert parameter_count((4, 5, 2)) == 4 * 5 + 5 + 5 * 2 + 2
