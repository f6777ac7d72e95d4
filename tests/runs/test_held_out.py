"""A network's answers to held-out samples, against scikit-learn's figures for the same a."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, confusion_matrix, log_loss

from app.datasets import load
from app.nn import training
from app.nn.data import Data
from app.nn.network import Parameters, forward
from app.nn.spec import RunSpec
from app.runs.held_out import MOST_MISTAKES, MOST_SHOWN, answers

SPEC = RunSpec(dataset="digits-8x8-train", hidden=(6,), initialisation="scaled", batch_size=20, eta=0.5, epochs=2)


@pytest.fixture(scope="module")
def trained() -> tuple[Data, Parameters]:
    """Held-out samples, and a network good enough to know many and bad enough to mistake some."""
    dataset = load("digits-8x8-train")
    assert dataset.held_out is not None
    begun = training.start(SPEC, dataset.data)
    return dataset.held_out, training.advance(SPEC, dataset.data, begun, 2)[0].parameters


def test_accuracy_cost_and_confusion_are_scikit_learns(trained: tuple[Data, Parameters]) -> None:
    held_out, parameters = trained
    a = forward(parameters, held_out.x, "softmax").a[-1]
    found = answers(SPEC, held_out, parameters)
    assert found.samples == held_out.samples
    assert found.accuracy == accuracy_score(held_out.labels, a.argmax(axis=1))
    assert 0.3 < found.accuracy < 0.98
    assert found.cost == pytest.approx(log_loss(held_out.labels, a), rel=1e-12)
    np.testing.assert_array_equal(found.confusion, confusion_matrix(held_out.labels, a.argmax(axis=1)))
    np.testing.assert_array_equal(found.a, a[:MOST_SHOWN])


def test_the_worst_mistakes_are_those_surest_of_another_class(trained: tuple[Data, Parameters]) -> None:
    held_out, parameters = trained
    a = forward(parameters, held_out.x, "softmax").a[-1]
    own = a[np.arange(len(a)), held_out.labels]
    wrong = [index for index in np.argsort(own) if a[index].argmax() != held_out.labels[index]]
    worst = answers(SPEC, held_out, parameters).worst
    assert [one.index for one in worst] == wrong[:MOST_MISTAKES]
    for one in worst:
        assert one.label == held_out.labels[one.index]
        assert one.answer == a[one.index].argmax() != one.label
        assert one.cost == pytest.approx(-np.log(own[one.index]), rel=1e-9)


@pytest.mark.parametrize("pair", [("sigmoid", "cross-entropy"), ("sigmoid", "quadratic"), ("softmax", "quadratic")])
def test_every_pair_of_output_and_cost_is_asked_in_its_own_way(
    trained: tuple[Data, Parameters], pair: tuple[str, str]
) -> None:
    held_out, parameters = trained
    spec = replace(SPEC, output=pair[0], cost=pair[1])  # type: ignore[arg-type]
    a = forward(parameters, held_out.x, spec.output).a[-1]
    terms = 0.5 * (a - held_out.y) ** 2
    if pair[1] == "cross-entropy":
        terms = -(held_out.y * np.log(a) + (1 - held_out.y) * np.log1p(-a))
    assert answers(spec, held_out, parameters).cost == pytest.approx(terms.sum(axis=1).mean(), rel=1e-9)


def test_a_network_that_diverged_still_answers(trained: tuple[Data, Parameters]) -> None:
    held_out, parameters = trained
    broken = Parameters(tuple(w * np.nan for w in parameters.w), parameters.b)
    found = answers(SPEC, held_out, broken)
    assert np.isnan(found.cost)
    assert found.confusion.sum() == held_out.samples
