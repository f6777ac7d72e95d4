"""Every step of every derivation, proved by SymPy for 2, 3 and 4 classes, and computed at a thousand random samples."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
import sympy

from app.i18n import words
from app.lessons import Derivation, Step, as_document, derivations
from tests.lessons.reading import Algebra, Binding

STEPS = [
    pytest.param(one, step, id=f"{one.name}-{number}")
    for one in derivations()
    for number, step in enumerate(one.steps, start=1)
]
SAMPLES = 1000


def bindings(one: Derivation, algebra: Algebra) -> list[Binding]:
    """Every different choice that a reader has, up to the names of classes: i is class 1, j another or a unit."""
    return [{"i": 0, "j": j} for j in (range(algebra.units) if "unit" in one.picks else (1,))]


def with_y_summing_to_one(formula: Any, algebra: Algebra) -> Any:
    *others, last = [algebra.plain("y", k) for k in range(algebra.classes)]
    return formula.subs(last, 1 - sum(others))


@pytest.mark.parametrize("classes", [2, 3, 4])
@pytest.mark.parametrize(("one", "step"), STEPS)
def test_a_step_holds_for_all_numbers(one: Derivation, step: Step, classes: int) -> None:
    algebra = Algebra(classes)
    for binding in bindings(one, algebra):
        left, right = algebra.read(step.left, binding), algebra.read(step.right, binding)
        difference = sympy.cancel(sympy.together(left - right))
        if step.needs is not None:
            assert difference != 0, "the step says that it needs something, but holds without it"
            difference = sympy.cancel(with_y_summing_to_one(difference, algebra))
        if step.relation == "=":
            assert difference == 0
        else:
            assert (difference.is_positive, difference.is_negative) == (step.relation == ">", step.relation == "<")


@pytest.mark.parametrize("classes", [2, 4])
@pytest.mark.parametrize(("one", "step"), STEPS)
def test_both_sides_come_to_the_same_at_a_thousand_samples(one: Derivation, step: Step, classes: int) -> None:
    algebra = Algebra(classes)
    draw = np.random.RandomState(classes)
    numbers = {str(x): np.exp(draw.uniform(-3, 3, SAMPLES)) for x in algebra.x}
    weights = draw.dirichlet(np.ones(classes), SAMPLES).T
    numbers |= {str(algebra.plain("y", k)): weights[k] for k in range(classes)}
    for k in range(classes):
        numbers |= {str(z): np.log(numbers[str(x)]) for z, x in zip(algebra.z, algebra.x, strict=True)}
        numbers[str(algebra.plain("b", k))] = draw.normal(size=SAMPLES)
        numbers |= {str(algebra.plain("w", k, m)): draw.normal(size=SAMPLES) for m in range(algebra.units)}
    numbers |= {str(algebra.plain("h", m)): draw.uniform(size=SAMPLES) for m in range(algebra.units)}
    for binding in bindings(one, algebra):
        left, right = (
            sympy.lambdify(list(numbers), algebra.read(side, binding), "numpy")(*numbers.values())
            for side in (step.left, step.right)
        )
        if step.relation == "=":
            # Slopes of shares are at most 1, and what cancels to 0 leaves a few rounded units of that behind.
            np.testing.assert_allclose(left, right, rtol=1e-12, atol=4 * np.finfo(float).eps)
        else:
            assert np.all(left > right if step.relation == ">" else left < right)


def test_a_wrong_step_is_refused() -> None:
    algebra = Algebra(3)
    binding = {"i": 0, "j": 1}
    wrong = algebra.read("D(a[i], z[i])", binding) - algebra.read("-a[i] * a[j]", binding)
    assert sympy.cancel(sympy.together(wrong)) != 0


def test_every_row_of_the_article_that_is_a_derivation_has_one() -> None:
    assert {row for one in derivations() for row in one.rows} >= {"B4", "D1", "D2", "D3", "D4", "D5"}


def test_every_reason_has_words_and_no_words_are_left_over() -> None:
    reasons = {f"derivation.reason.{step.reason}" for one in derivations() for step in one.steps}
    assert reasons == {key for key in words("en") if re.match(r"derivation\.reason\.", key)}


def test_the_page_is_given_both_sides_of_every_step() -> None:
    for one, given in zip(derivations(), as_document(), strict=True):
        assert [step["left"] for step in given["steps"][1:]] == [
            step.left if step.begins else before.right for before, step in zip(one.steps, one.steps[1:], strict=False)
        ]
