"""The fault clinic: every fault by its own trace in the gradient check, over a hundred starts."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from app.datasets import load
from app.nn import training
from app.nn.faults import CLINIC, FAULTS, Examination, course, dealt, examine, slopes
from app.nn.initialise import initialise

DATA = load(str(CLINIC.dataset)).data
SEEDS = 100


def read(found: Examination, samples: int) -> str:
    """Names a fault from the check alone, as the clinic's words teach it."""
    w2, b2, w3, b3 = found.verdicts
    match (w2, b2, w3, b3):
        case ("right", "right", "right", "right"):
            return "eta"
        case ("n times", "right", "n times", "right"):
            return "weights-sum"
        case ("right", "n times", "right", "n times"):
            return "biases-sum"
        case ("right", "nothing", "right", "nothing"):
            return "no-bias"
        case ("opposite", "opposite", "opposite", "opposite"):
            return "opposite"
        case ("right", "right", "off", "right"):
            return "stale"
        case ("off", "right", "right", "right"):
            return "transposed"
        case ("off", "off", "right", "right"):
            return "updated" if set(found.smaller) == {"right"} else "no-slack"
    if abs(found.drift) < 1e-9:
        return "extra-slack"
    return "batch-softmax" if abs(found.drift - (1 / samples - 1)) < 1e-9 else "one-over"


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_named_by_its_trace_whatever_the_start(fault: str) -> None:
    for seed in range(SEEDS):
        found = examine(fault, dataclasses.replace(CLINIC, seed=seed), DATA)
        assert read(found, DATA.samples) == fault, (seed, found)


def test_without_a_fault_it_is_the_exact_update() -> None:
    spec = dataclasses.replace(CLINIC, seed=7, epochs=50)
    _, costs = training.advance(spec, DATA, training.start(spec, DATA), 51)
    np.testing.assert_array_equal(course("", spec, DATA), costs)


def test_the_wrong_lines_give_what_the_faults_give() -> None:
    spec = dataclasses.replace(CLINIC, seed=3)
    start = initialise(spec, DATA)
    (w2, w3), (b2, b3), n, eta = start.w, start.b, DATA.samples, spec.eta
    a2 = 1 / (1 + np.exp(-(DATA.x @ w2 + b2)))
    z3 = a2 @ w3 + b3
    a3 = np.exp(z3) / np.exp(z3).sum(axis=1, keepdims=True)
    delta3 = a3 - DATA.y
    updated = w3 - eta * (a2.T @ delta3 / n)
    wanted = {
        "updated": DATA.x.T @ ((delta3 @ updated.T) * a2 * (1 - a2)) / n,
        "weights-sum": DATA.x.T @ ((delta3 @ w3.T) * a2 * (1 - a2)),
        "no-slack": DATA.x.T @ (delta3 @ w3.T) / n,
        "batch-softmax": DATA.x.T @ (((np.exp(z3) / np.exp(z3).sum() - DATA.y) @ w3.T) * a2 * (1 - a2)) / n,
        "one-over": DATA.x.T @ ((((a3 - DATA.y) / (1 - a3)) @ w3.T) * a2 * (1 - a2)) / n,
        "transposed": (DATA.x.T @ ((delta3 @ w3.T) * a2 * (1 - a2)) / n).T,
    }
    for fault, slope in wanted.items():
        np.testing.assert_allclose(slopes(fault, spec, DATA, start).w[0], slope, rtol=1e-9, atol=1e-14)


def test_every_fault_changes_the_course() -> None:
    true = course("", CLINIC, DATA)
    for fault in FAULTS:
        assert not np.allclose(course(fault, CLINIC, DATA), true, rtol=1e-6), fault


def test_cases_are_the_same_everywhere_and_deal_every_fault() -> None:
    cases = [dealt(case) for case in range(200)]
    assert set(cases) == set(FAULTS)
    assert cases[:5] == [dealt(case) for case in range(5)]
