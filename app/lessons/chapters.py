"""A lesson for each chapter: where to look, what to try, and one question to answer before moving on.

The words are in the catalogues under ``lesson.<chapter>.look``, ``.try``, ``.question``, ``.option.1`` …, ``.why``.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LESSONS", "Lesson", "lesson_of"]


@dataclass(frozen=True, slots=True)
class Lesson:
    """``trial``: the page in the state spoken of; ``answer``: which of the ``options`` is right, from 1."""

    chapter: str
    trial: str
    options: int
    answer: int


LESSONS = (
    Lesson("softmax", "/softmax?z=1.2,-0.6,2.4,0.3&chosen=1", options=3, answer=2),
    Lesson("cost", "/cost", options=3, answer=3),
    Lesson("derivation", "/derivation", options=3, answer=1),
    Lesson("network", "/network", options=3, answer=2),
    Lesson("train", "/train?rule=both", options=3, answer=1),
    Lesson("race", "/race?to=300&at=150", options=3, answer=3),
)


def lesson_of(chapter: str) -> Lesson | None:
    """The lesson that belongs to a chapter's page; None for a page that has none."""
    return next((lesson for lesson in LESSONS if lesson.chapter == chapter), None)
