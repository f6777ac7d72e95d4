"""A lesson for each chapter: where to look, what to try, and one question to answer before moving on.

The words are in the catalogues under ``lesson.<chapter>.look``, ``.try``, ``.question``, ``.option.1`` …, ``.why``.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["COSTED_EXAMPLE", "LESSONS", "WORKED_EXAMPLE", "Lesson", "lesson_of"]


@dataclass(frozen=True, slots=True)
class Lesson:
    """``trial``: the page in the state spoken of; ``answer``: which of the ``options`` is right, from 1."""

    chapter: str
    trial: str
    options: int
    answer: int


WORKED_EXAMPLE = "-0.3025850929940455,0.3905620875658997,0.7960271956740641,1.0837092681258449"
"""Logits of the article's a = (0.1, 0.2, 0.3, 0.4): ln a + 2."""
COSTED_EXAMPLE = "-1.3862943611198906,-0.6931471805599452,-0.2876820724517809,0"
"""The same by z = ln a − ln 0.4. The last digit of z₂ is such that C = −ln 0.2 comes out with all its own,
1.6094379124341003, however a browser rounds its logarithms."""
LESSONS = (
    Lesson("softmax", "/softmax?z=1.2,-0.6,2.4,0.3&chosen=1", options=3, answer=2),
    Lesson("cost", f"/cost?z={COSTED_EXAMPLE}", options=3, answer=3),
    Lesson("derivation", "/derivation", options=3, answer=1),
    Lesson("network", "/network", options=3, answer=2),
    Lesson("train", "/train?rule=both", options=3, answer=1),
    Lesson("race", "/race?to=300&at=150", options=3, answer=3),
    Lesson("digits", "/digits?image=1", options=3, answer=2),
)


def lesson_of(chapter: str) -> Lesson | None:
    """The lesson that belongs to a chapter's page; None for a page that has none."""
    return next((lesson for lesson in LESSONS if lesson.chapter == chapter), None)
