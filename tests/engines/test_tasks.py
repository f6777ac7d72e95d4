"""Background tasks: one that dies is heard of, and begun again."""

from __future__ import annotations

import asyncio
import logging

import pytest

from app.engines import tasks
from app.engines.tasks import Tasks

DEADLINE = 30.0


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits."""
    monkeypatch.setattr(tasks, "RESTART", 0.0)
    monkeypatch.setattr(tasks, "PROVEN", 0.0)


class Work:
    """Ends in a new way each time, then goes on for ever; ``lives`` counts its beginnings."""

    def __init__(self, *ends: str) -> None:
        self.ends = list(ends)
        self.lives = 0
        self.begun = asyncio.Event()

    async def __call__(self) -> None:
        self.lives += 1
        if not self.ends:
            self.begun.set()
            await asyncio.Event().wait()
        end = self.ends.pop(0)
        if end == "cancelled":
            raise asyncio.CancelledError
        if end:
            raise OSError(end)


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("no memory", "reading the post has failed: OSError: no memory"),
        ("cancelled", "reading the post has failed: it was cancelled"),
        ("", "reading the post has failed: it ended by itself"),
    ],
)
async def test_a_task_that_ends_is_an_error_and_is_begun_again(
    end: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    owner, work = Tasks("the post"), Work(end)
    owner.begin("reading the post", work)
    async with asyncio.timeout(DEADLINE):
        await work.begun.wait()
    assert work.lives == 2
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [record.getMessage() for record in errors] == [f"the post: {words}"]
    async with asyncio.timeout(DEADLINE):
        while owner.words is not None:
            assert owner.words == words
            await asyncio.sleep(0)
    assert "well again" in caplog.records[-1].getMessage()
    await owner.close()
    assert not owner.running and work.lives == 2


async def test_until_it_has_proved_itself_the_part_is_in_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "PROVEN", 3600.0)
    owner, work = Tasks("the post"), Work("first", "second")
    owner.begin("reading", work)
    async with asyncio.timeout(DEADLINE):
        await work.begun.wait()
    assert owner.words == "reading has failed: OSError: second"
    await owner.close()


async def test_closing_begins_nothing_again_and_tells_of_a_death_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    owner, release = Tasks("the post"), asyncio.Event()

    async def writing() -> None:
        await release.wait()
        raise OSError("the last one")

    owner.begin("writing", writing)
    await asyncio.sleep(0)
    owner.finish()
    release.set()
    await owner.close(cancel=False)
    assert not owner.running
    assert "the post: writing has failed: OSError: the last one" in caplog.text
