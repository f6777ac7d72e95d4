"""Numbers and answers that stand in the words themselves, worked out again from the definitions."""

from __future__ import annotations

import math
import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from app.datasets import load
from app.i18n import words
from app.lessons.chapters import LESSONS
from app.lessons.path import PATH, PLANS
from app.nn.initialise import initialise
from app.nn.network import forward
from app.nn.spec import RunSpec

EN = words("en")
ANSWERS = {lesson.chapter: lesson.answer for lesson in LESSONS}


def option(chapter: str) -> str:
    """The words of the answer that is marked as right."""
    return EN[f"lesson.{chapter}.option.{ANSWERS[chapter]}"]


def softmax(z: list[float]) -> list[float]:
    """From the definition."""
    powers = [math.exp(value) for value in z]
    return [power / sum(powers) for power in powers]


def test_the_lessons_answers_by_numbers() -> None:
    assert np.allclose(softmax([1, 2, 3]), softmax([11, 12, 13])) and option("softmax") == "They stay as they are"
    assert (
        math.isclose(math.log(0.02 / 0.01), math.log(0.8 / 0.4))
        and option("cost") == "By ln 2, as it does from 0.4 to 0.8"
    )
    delta = np.round(np.array([0.7, 0.2, 0.1]) - [0, 1, 0], 12)
    assert option("derivation") == "({})".format(", ".join(f"{value:g}".replace("-", "−") for value in delta))
    assert option("train") == "Weights 100 times as fast as biases"
    assert "none of these" in option("digits")
    # The largest of ten shares of 1 is at least 0.1; it is 0.99 only with a lead of ln 99 at the least.
    assert max(softmax([0.0] * 10)) == pytest.approx(0.1)
    lead = math.log(0.99 / 0.01)
    assert softmax([lead, 0.0])[0] == pytest.approx(0.99) and f"{lead:.1f}" in EN["lesson.digits.why"]


@pytest.mark.parametrize("name", ["digits-8x8-train", "mnist-10k"])
def test_a_hidden_unit_with_hundreds_of_inputs_is_saturated_as_said(name: str) -> None:
    try:
        data = load(name).data
    except (FileNotFoundError, ValueError, KeyError):
        pytest.skip(f"{name} is not here")
    spec = RunSpec(dataset=name, hidden=(30,), initialisation="article", seed=0)
    z = forward(initialise(spec, data), data.x, "softmax").z[0]
    slack = 1 / (2 + 2 * np.cosh(np.minimum(z, 700)))
    assert "below 10⁻²⁰" in EN["digits.start.title"] and "about 10⁻⁴ on average" in EN["digits.start.title"]
    if name == "mnist-10k":
        assert np.median(slack) < 1e-20
    else:
        assert 0.5e-4 < slack.mean() < 2e-4


def test_the_neurons_race_is_as_the_page_without_javascript_says() -> None:
    z, w = {"quadratic": 4.0, "cross-entropy": 4.0}, {}
    for epoch in range(151):
        for name in z:
            a = 1 / (1 + math.exp(-z[name]))
            w[name, epoch] = a
            z[name] -= 2 * 0.15 * (a * a * (1 - a) if name == "quadratic" else a)
    text = EN["race.noscript"]
    assert f"{w['quadratic', 150]:.3f} at epoch 150" in text
    assert f"{w['cross-entropy', 50]:.4f} at epoch 50" in text
    assert f"{w['quadratic', 150]:.3f}" in EN["home.step.slow.why"]


def test_a_step_opens_what_it_names() -> None:
    steps = {step.name: parse_qs(urlsplit(step.address).query) for part in PATH for step in part.steps}
    assert steps["derivation"]["lesson"] == ["delta"] and EN["home.step.derivation"].endswith("δ = a − y")
    assert len(steps["pair"]["z"][0].split(",")) == 2 and len(steps["triangle"]["z"][0].split(",")) == 3
    assert steps["overflow"]["naive"] == ["1"] and float(steps["overflow"]["z"][0].split(",")[0]) == 1000
    for name in ("article", "cost"):
        z = [float(value) for value in steps[name]["z"][0].split(",")]
        assert softmax(z) == pytest.approx([0.1, 0.2, 0.3, 0.4], rel=1e-14)
    assert steps["slow"]["at"] == ["150"] and steps["hidden"]["hidden"] == ["10"] and steps["slip"]["rule"] == ["both"]
    assert all(step.name in steps for plan in PLANS for step in plan.steps)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_text_calls_a_squared_difference_nats(language: str) -> None:
    unit = "nats" if language == "en" else "奈特"
    texts = words("en" if language == "en" else "zh")
    assert [key for key, text in texts.items() if unit in text and re.search("quadratic|二次代价", text)] == []
