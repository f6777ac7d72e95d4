"""One reader: contiguous ranges whatever its speed and however often it leaves, and never too many messages."""

from __future__ import annotations

import json
import random
from bisect import bisect_left
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.datasets import resolve
from app.nn.errors import SpecError
from app.nn.spec import RunSpec
from app.runs.commands import Command, Pace, Pause, Resume, Step
from app.runs.driver import Driver
from app.runs.events import Position
from app.runs.record import Record
from app.streaming.encoder import Encoder
from app.streaming.subscription import (
    VIEWER_BURST,
    VIEWER_RATE,
    Allowance,
    Subscription,
    read_after,
    read_include,
)
from tests.runs.hand import HandClock, driver

SPEC = RunSpec(epochs=1000)
DATASET = resolve(SPEC.dataset)


class Reader:
    """A client: knows what it was sent, comes back with ``after``."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.messages: list[dict[str, Any]] = []
        self.subscription: Subscription | None = None

    @property
    def last(self) -> int:
        """The last epoch it was told."""
        return next((message["to"] for message in reversed(self.messages) if message["type"] == "progress"), -1)

    @property
    def ended(self) -> bool:
        """Whether it was told the end."""
        return bool(self.messages) and self.messages[-1]["type"] == "end"

    def read(self, record: Record) -> None:
        """Connect where that is needed, and take what there is."""
        if self.subscription is None:
            self.subscription = Subscription("run", frozenset(), Position(self.last, record.view().change))
        update = record.update(self.subscription.position)
        if update is not None:
            self.messages += map(json.loads, self.subscription.take(update, self.encoder))

    def leave(self) -> None:
        """Lose the connection; all that was sent has arrived."""
        self.subscription = None


def assert_no_gap(messages: list[dict[str, Any]], last: int) -> None:
    """The epochs 0 … last, each once and in order, and every message holds its ``to``."""
    expected = 0
    for message in messages:
        if message["type"] == "progress":
            assert message["from"] == expected
            assert message["epoch"][-1] == message["to"]
            assert message["from"] <= message["epoch"][0]
            expected = message["to"] + 1
    assert expected == last + 1


def train_a_little(runner: Driver, clock: HandClock, record: Record, chance: random.Random) -> None:
    """A command now and then, a turn, and sometimes a publication."""
    commands: list[Command] = [Pause(), Resume(), Step(30), Pace(None), Pace(2000.0)]
    if not runner.run.over and chance.random() < 0.2:
        report = runner.handle(chance.choice(commands))
        if report is not None:
            record.apply(report)
    elif runner.run.status == "paused":
        runner.handle(Resume())
    clock.turn(chance.uniform(0, 0.1))
    if runner.due() == 0.0:
        record.apply(runner.turn(chance.uniform(0.001, 0.3)))
    if runner.run.over or chance.random() < 0.6:
        record.publish()


@pytest.mark.parametrize("seed", range(200))
def test_2000_readers_of_random_speed_are_told_every_epoch_once_in_order(seed: int) -> None:
    """Ten readers of 200 runs; a slow one reads seldom, each loses its connection now and then."""
    chance, clock, encoder = random.Random(seed), HandClock(), Encoder()
    runner, record = driver(clock), Record("run", SPEC, DATASET)
    readers = [(Reader(encoder), chance.uniform(0.02, 1.0)) for _ in range(10)]
    while not all(reader.ended for reader, _ in readers):
        train_a_little(runner, clock, record, chance)
        for reader, speed in readers:
            if not reader.ended and chance.random() < speed:
                reader.read(record)
                if chance.random() < 0.1:
                    reader.leave()
    for reader, _ in readers:
        assert_no_gap(reader.messages, 1000)
        assert [message["type"] for message in reader.messages].count("end") >= 1


def test_readers_who_keep_up_share_every_text() -> None:
    clock, encoder = HandClock(), Encoder()
    runner, record = driver(clock), Record("run", SPEC, DATASET)
    readers = [Reader(encoder) for _ in range(50)]
    publications = 0
    while not runner.run.over:
        record.apply(runner.turn(0.02))
        record.publish()
        publications += 1
        for reader in readers:
            reader.read(record)
    assert encoder.made == publications


def test_a_slow_reader_gets_wider_messages_never_a_gap() -> None:
    clock = HandClock()
    runner, record = driver(clock), Record("run", SPEC, DATASET)
    quick, slow = Reader(Encoder()), Reader(Encoder())
    for turn in range(1000):
        if runner.run.over:
            break
        record.apply(runner.turn(0.02))
        record.publish()
        quick.read(record)
        if turn % 10 == 0:
            slow.read(record)
    slow.read(record)
    assert_no_gap(quick.messages, 1000)
    assert_no_gap(slow.messages, 1000)
    assert len(slow.messages) < len(quick.messages) / 5


def test_after_is_where_a_reader_goes_on() -> None:
    runner, record = driver(HandClock()), Record("run", SPEC, DATASET)
    while not runner.run.over:
        record.apply(runner.turn(0.02))
    record.publish()
    subscription = Subscription("run", frozenset(), Position(700, record.view().change))
    update = record.update(subscription.position)
    assert update is not None
    kinds = [json.loads(text) for text in subscription.take(update, Encoder())]
    assert [message["type"] for message in kinds] == ["progress", "end"]
    assert (kinds[0]["from"], kinds[0]["to"]) == (701, 1000)
    assert subscription.ended


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from([0.0, 0.0, 0.02, 0.5])), min_size=60, max_size=200))
def test_a_viewer_is_never_sent_more_than_30_messages_in_any_second(updates: list[tuple[int, float]]) -> None:
    """Updates of one to three messages, now at once and now after a while; the socket takes everything at once."""
    now, allowance, sent = 50.0, Allowance(VIEWER_RATE, VIEWER_BURST, 50.0), list[float]()
    for width, idle in updates:
        now += idle
        now += allowance.wait(now)
        for _ in range(width):
            allowance.spend(now)
            sent.append(now)
    for first, begun in enumerate(sent):
        assert bisect_left(sent, begun + 1.0 - 1e-9) - first <= 30


def test_a_viewer_that_keeps_up_gets_every_publication() -> None:
    now, allowance = 0.0, Allowance(VIEWER_RATE, VIEWER_BURST, 0.0)
    for _ in range(500):
        assert allowance.wait(now) < 1e-9
        allowance.spend(now)
        now += 0.04


def test_a_client_that_sends_too_much_is_noticed() -> None:
    allowance = Allowance(50, 100, 0.0)
    assert all(allowance.spend(0.0) for _ in range(100))
    assert not allowance.spend(0.0)
    assert allowance.spend(1.0)


@pytest.mark.parametrize(("text", "after"), [(None, -1), ("-1", -1), ("0", 0), ("1000000", 1_000_000), ("007", 7)])
def test_after_is_a_whole_number(text: str | None, after: int) -> None:
    assert read_after(text) == after


@pytest.mark.parametrize("text", ["", "-2", "1.0", "1e3", "--1", "+1", " 1", "٣", "1000001", "9" * 400, "nan", "-"])
def test_any_other_after_is_refused_in_words(text: str) -> None:
    with pytest.raises(SpecError, match="after is"):
        read_after(text)


def test_include_names_parts_and_nothing_else() -> None:
    assert read_include(None) == read_include("") == frozenset()
    assert read_include("parameters,outputs") == {"outputs", "parameters"}
    with pytest.raises(SpecError, match="include is 'all'"):
        read_include("outputs,all")
