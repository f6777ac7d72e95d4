"""Lessons, path, plans and glossary: words for all, an answer among the options, steps numbered through."""

from __future__ import annotations

from app.i18n import words
from app.lessons.chapters import LESSONS, lesson_of
from app.lessons.glossary import SIGNS, TERMS
from app.lessons.path import PATH, PLANS, path_on, plans_on

EVERY = frozenset({"/softmax", "/cost", "/derivation", "/network", "/train", "/race"})


def test_every_lesson_has_its_words_and_an_answer_among_the_options() -> None:
    for lesson in LESSONS:
        assert 1 <= lesson.answer <= lesson.options
        parts = ["look", "try", "question", "why", *(f"option.{n}" for n in range(1, lesson.options + 1))]
        assert {f"lesson.{lesson.chapter}.{part}" for part in parts} <= words("en").keys()
        assert f"lesson.{lesson.chapter}.option.{lesson.options + 1}" not in words("en")
    assert lesson_of("home") is None


def test_every_step_plan_term_and_sign_has_its_words() -> None:
    known = words("zh").keys()
    steps = [step.name for part in PATH for step in part.steps]
    assert len(steps) == len(set(steps))
    assert {f"home.step.{name}{end}" for name in steps for end in ("", ".why")} <= known
    assert {f"teach.plan.{plan.name}{end}" for plan in PLANS for end in ("", ".goal")} <= known
    assert {f"glossary.{kind}.{name}" for name in TERMS for kind in ("term", "mean")} <= known
    assert {f"glossary.sign.{sign.name}" for sign in SIGNS} <= known


def test_five_lessons_of_ten_minutes_and_one_of_forty_five() -> None:
    assert sorted(plan.minutes for plan in PLANS) == [10] * 5 + [45]
    assert all(plan.steps and plan.questions for plan in PLANS)


def test_the_path_is_numbered_through_and_leaves_out_pages_that_are_not_there() -> None:
    whole = path_on(EVERY)
    assert [step.page for part in whole for step in part.steps][-1] == "/race"
    assert [part.first for part in whole] == [1, 8, 11]
    some = path_on(EVERY - {"/cost", "/derivation", "/network"})
    assert [part.first for part in some] == [1, 8]
    assert all(question != "cost" for plan in plans_on(EVERY - {"/cost"}) for question in plan.questions)
