"""The path through all chapters, and plans for teachers: lists of pages in the state that shows the point.

A step's words are ``home.step.<name>`` and ``home.step.<name>.why``; a plan's are ``teach.plan.<name>`` with ``.goal``.
"""

from __future__ import annotations

from dataclasses import dataclass

from .chapters import COSTED_EXAMPLE, WORKED_EXAMPLE

__all__ = ["PATH", "PLANS", "Part", "Plan", "Step", "path_on", "plans_on"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to see, at an address that shows it."""

    name: str
    address: str

    @property
    def page(self) -> str:
        """The address without the state."""
        return self.address.partition("?")[0]


@dataclass(frozen=True, slots=True)
class Part:
    """Steps that belong together; ``first``: the number of the first of them on the whole path."""

    name: str
    steps: tuple[Step, ...]
    first: int = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """A lesson for a class: minutes, the steps to show, and the chapters whose questions to ask."""

    name: str
    minutes: int
    steps: tuple[Step, ...]
    questions: tuple[str, ...]


PATH = (
    Part(
        "layer",
        (
            Step("answer", "/softmax"),
            Step("beside", "/softmax?z=2,1,0,-1&chosen=1"),
            Step("shift", "/softmax?z=1.2,-0.6,2.4,0.3&sigmoid=0"),
            Step("pair", "/softmax?z=0.8,-0.4&chosen=1"),
            Step("triangle", "/softmax?z=1,0.2,-0.5&tab=triangle&chosen=1"),
            Step("article", f"/softmax?z={WORKED_EXAMPLE}&tab=numbers"),
            Step("overflow", "/softmax?z=1000,-1000,999,0&naive=1&tab=numbers&chosen=1"),
        ),
    ),
    Part(
        "why",
        (
            Step("cost", f"/cost?z={COSTED_EXAMPLE}"),
            Step("derivation", "/derivation?lesson=delta"),
            Step("network", "/network"),
        ),
    ),
    Part(
        "train",
        (
            Step("train", "/train"),
            Step("slip", "/train?rule=both"),
            Step("spiral", "/train?dataset=spiral"),
            Step("slow", "/race?to=300&at=150"),
            Step("four", "/race?mode=networks&log=1"),
            Step("hidden", "/race?mode=networks&hidden=10&out=1&log=1&layer=hidden"),
            Step("digits", "/digits"),
        ),
    ),
)
STEPS = {step.name: step for part in PATH for step in part.steps}


def plan(name: str, minutes: int, steps: str, questions: str) -> Plan:
    """A plan from the names of its steps and chapters."""
    return Plan(name, minutes, tuple(STEPS[step] for step in steps.split()), tuple(questions.split()))


PLANS = (
    plan("shares", 10, "answer beside shift", "softmax"),
    plan("limits", 10, "pair triangle overflow", "softmax"),
    plan("cost", 10, "article cost derivation", "cost derivation"),
    plan("learning", 10, "network train slip", "network train"),
    plan("slow", 10, "slow four hidden", "race"),
    plan("whole", 45, "answer beside shift article cost derivation network train slip slow four hidden",
         "softmax cost derivation network train race"),
)  # fmt: skip


def path_on(pages: frozenset[str]) -> tuple[Part, ...]:
    """The path over the pages that there are, its steps numbered through."""
    parts: list[Part] = []
    count = 1
    for part in PATH:
        steps = tuple(step for step in part.steps if step.page in pages)
        if steps:
            parts.append(Part(part.name, steps, count))
        count += len(steps)
    return tuple(parts)


def plans_on(pages: frozenset[str]) -> tuple[Plan, ...]:
    """The teachers' plans over the pages that there are."""
    return tuple(
        Plan(
            one.name,
            one.minutes,
            tuple(step for step in one.steps if step.page in pages),
            tuple(chapter for chapter in one.questions if f"/{chapter}" in pages),
        )
        for one in PLANS
    )
