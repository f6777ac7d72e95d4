"""Work that takes a moment: who waits for it, how many, and in which order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from app.web.door.problems import Problem
from app.web.door.turns import MOST_OF_ONE, MOST_OF_PLACE, MOST_WAITING, Turns
from app.web.door.visitors import Visitor
from tests.browser.serving import serving
from tests.web.asking import assert_problem


class Desk:
    """Turns whose first piece of work takes until it is let go; ``done`` tells the order of the others."""

    def __init__(self, patience: float = 20.0) -> None:
        self.turns, self.let_go, self.done = Turns(patience), asyncio.Event(), list[str]()
        self.first = asyncio.create_task(self.turns.take(at("holder"), self.hold))
        self.asked: list[asyncio.Task[None]] = []

    async def hold(self) -> None:
        await self.let_go.wait()

    def work(self, name: str) -> Callable[[], Awaitable[None]]:
        """A piece of work that notes its turn."""

        async def noted() -> None:
            self.done.append(name)

        return noted

    async def ask(self, *names: str, place: str = "a") -> None:
        """Have browsers of a place ask, one after another; the task of each is kept."""
        for name in names:
            self.asked.append(asyncio.create_task(self.turns.take(at(place, name), self.work(name))))
            await asyncio.sleep(0)

    async def finish(self) -> list[object]:
        """Let the first go; what became of each that asked."""
        self.let_go.set()
        await self.first
        return list(await asyncio.gather(*self.asked, return_exceptions=True))


def at(place: str, name: str = "") -> Visitor:
    """A browser at a place; without a name one that has no cookie."""
    return Visitor(name or f"address {place}", place, bool(name))


async def test_turns_go_round_among_places_and_in_order_within_one() -> None:
    desk = Desk()
    await desk.ask("a1", "a2", "a3", "a4")
    await desk.ask("b1", "b2", place="b")
    await desk.ask("c1", place="c")
    await desk.finish()
    assert desk.done == ["a1", "b1", "c1", "a2", "b2", "a3", "a4"]
    assert not desk.turns.taken and not desk.turns.waiting


async def test_one_browser_one_address_and_all_together_wait_in_bounded_numbers() -> None:
    desk = Desk()
    await desk.ask(*["greedy"] * (MOST_OF_ONE + 3))
    await desk.ask(*(f"a{number}" for number in range(MOST_OF_PLACE)))
    await desk.ask(*(f"b{number}" for number in range(MOST_WAITING)), place="b")
    outcomes = await desk.finish()
    refused = [outcome for outcome in outcomes if isinstance(outcome, Problem)]
    assert {(one.status, one.headers is not None and "retry-after" in one.headers) for one in refused} == {(503, True)}
    assert desk.done.count("greedy") == MOST_OF_ONE
    assert sum(name.startswith(("greedy", "a")) for name in desk.done) == MOST_OF_PLACE
    assert len(desk.done) == MOST_WAITING
    assert len(outcomes) == len(desk.done) + len(refused)


async def test_whoever_goes_away_gives_up_the_place_in_the_queue() -> None:
    desk = Desk()
    await desk.ask("a1", "a2")
    await desk.ask("b1", place="b")
    desk.asked[0].cancel()
    await desk.finish()
    assert desk.done == ["a2", "b1"]
    assert not desk.turns.taken and not desk.turns.waiting


async def test_a_turn_given_to_one_who_leaves_in_the_same_moment_is_passed_on() -> None:
    desk = Desk()
    await desk.ask("a1", "a2")
    desk.let_go.set()
    desk.first.add_done_callback(lambda _: desk.asked[0].cancel())
    await desk.first
    await asyncio.gather(*desk.asked, return_exceptions=True)
    assert desk.done[-1] == "a2"
    assert not desk.turns.taken and not desk.turns.waiting


async def test_a_turn_that_does_not_come_in_time_is_refused() -> None:
    desk = Desk(patience=0.0)
    await desk.ask("a1")
    with pytest.raises(Problem) as late:
        await desk.asked[0]
    assert late.value.status == 503
    await desk.ask("a2")
    await desk.finish()
    assert not desk.turns.taken and not desk.turns.waiting


async def test_work_that_fails_passes_the_turn_on() -> None:
    turns = Turns()

    async def fails() -> None:
        raise ValueError("x")

    for _ in range(2):
        with pytest.raises(ValueError, match="x"):
            await turns.take(at("a"), fails)
    assert await turns.in_thread(at("a"), max, 3, 5) == 5


def test_every_route_that_works_for_a_moment_is_counted(tmp_path: Path) -> None:
    settings = {"PLAYGROUND_SUBMITS_PER_MINUTE_PER_ADDRESS": "5", "PLAYGROUND_WORKERS": "1"}
    asked: dict[str, dict[str, int]] = {
        "start": {},
        "gradient-check": {},
        "walk": {},
        "clinic": {"case": 1},
        "runs": {},
    }
    with serving(tmp_path / "log", settings=settings) as server, httpx.Client(base_url=server.address) as client:
        for route, body in asked.items():
            assert client.post(f"/api/{route}", json=body).is_success
        for route, body in asked.items():
            refused = client.post(f"/api/{route}", json=body)
            assert refused.status_code == 429 and refused.json()["code"] == "often"
            assert_problem(refused, words="too many")
