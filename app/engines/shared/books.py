"""The way to Redis: calls of the functions in ``lua/``, alone or many at once, and a line that hears of news.

Whatever goes wrong on the way is ``Unavailable``. Every function may be called twice with the same effect as once, so a
call whose answer was lost is simply made again.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Any, NoReturn

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import NoPermissionError, RedisError, ResponseError

from ...runs.errors import Unavailable
from .reasons import evicting, reason

__all__ = ["RETURN", "Books", "Call"]

PREFIX = "playground:"
PATIENCE = 2.0
"""Seconds that Redis may take to answer; it needs less than a thousandth of that."""
SILENCE = 2.0
"""Seconds without news after which a line is tried."""
RETURN = 0.25
"""Seconds before a broken line is laid anew."""
CONNECTIONS = 64
MISSING = "Function not found"

Call = tuple[Any, ...]
"""A function's name and its arguments."""


class Books:
    """One Redis, by its URL. All keys begin with ``prefix``."""

    def __init__(self, url: str, prefix: str = PREFIX) -> None:
        self.prefix = prefix
        line: dict[str, Any] = {} if url.startswith("unix:") else {"socket_keepalive": True}
        self.pool = BlockingConnectionPool.from_url(
            url,
            max_connections=CONNECTIONS,
            timeout=PATIENCE,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            protocol=2,
            retry=Retry(NoBackoff(), 0),
            **line,
        )
        self.client: Any = Redis(connection_pool=self.pool)
        self.deaf: str | None = None
        """Why the line that hears of news is not open, in words."""

    async def close(self) -> None:
        """Let go of all connections."""
        await self.client.aclose()
        await self.pool.aclose()

    async def call(self, name: str, *arguments: str | bytes | int | float) -> Any:
        """Call one function. Raises Unavailable."""
        return (await self.calls([(name, *arguments)]))[0]

    async def calls(self, calls: Sequence[Call]) -> list[Any]:
        """Call functions, one after the other, on one way there and back. Raises Unavailable if any one fails."""
        try:
            answers = await self.executed(calls)
            if any(isinstance(answer, ResponseError) and MISSING in str(answer) for answer in answers):
                await self.load()
                answers = await self.executed(calls)
        except (RedisError, OSError, TimeoutError) as error:
            raise unavailable(error) from error
        for answer in answers:
            if isinstance(answer, Exception):
                raise unavailable(answer) from answer
        return answers

    async def executed(self, calls: Sequence[Call]) -> list[Any]:
        """Answers and errors as they come."""
        async with self.client.pipeline(transaction=False) as line:
            words: Any = line
            for name, *arguments in calls:
                words.execute_command("FCALL", f"playground_{name}", 1, self.prefix, *arguments)
            answers: list[Any] = await line.execute(raise_on_error=False)
            return answers

    async def load(self) -> None:
        """Teach Redis the functions. Raises Unavailable."""
        await self.asked("FUNCTION", "LOAD", "REPLACE", library())

    async def check(self) -> int:
        """Do all that a new run asks of Redis, and undo it; returns how many workers live. Raises Unavailable in words
        where a run would be refused or could be forgotten.
        """
        workers: int = await self.call("rehearse")
        policy = await self.policy()
        if policy not in (None, "noeviction"):
            raise Unavailable(evicting(str(policy)), 5)
        if self.deaf is not None:
            raise Unavailable(self.deaf, 5)
        return workers

    async def policy(self) -> str | None:
        """What Redis does when its memory is full; None where we may not ask."""
        try:
            found: str | None = (await self.client.info("memory")).get("maxmemory_policy")
        except NoPermissionError:
            return None
        except (RedisError, OSError, TimeoutError) as error:
            raise unavailable(error) from error
        return found

    async def outcomes(self, tickets: Sequence[str]) -> dict[str, str]:
        """Those of some orders that are answered, with the words of the refusal. Raises Unavailable."""
        if not tickets:
            return {}
        found = await self.asked("MGET", *(f"{self.prefix}answer:{ticket}" for ticket in tickets))
        return {ticket: words.decode() for ticket, words in zip(tickets, found, strict=True) if words is not None}

    async def asked(self, *words: str | bytes) -> Any:
        """The answer to one command. Raises Unavailable."""
        try:
            return await self.client.execute_command(*words)
        except (RedisError, OSError, TimeoutError) as error:
            raise unavailable(error) from error

    async def tell(self, channel: str, words: str) -> None:
        """Publish. Whoever does not hear it finds out by itself before long."""
        with contextlib.suppress(RedisError, OSError, TimeoutError):
            await self.client.execute_command("PUBLISH", self.prefix + channel, words)

    async def listen(
        self, channels: Sequence[str], heard: Callable[[str, str], None], opened: Callable[[], None]
    ) -> NoReturn:
        """Hear some channels for ever; ``deaf`` says why not. ``opened``: the line is new; earlier words are lost."""
        while True:
            line = self.pool.make_connection()  # type: ignore[no-untyped-call]
            try:
                await line.connect()
                await line.send_command("SUBSCRIBE", *(self.prefix + channel for channel in channels))
                opened()
                await self.hear(line, heard)
            except (RedisError, OSError, TimeoutError) as error:
                self.deaf = reason(error)
                await asyncio.sleep(RETURN)
            finally:
                with contextlib.suppress(RedisError, OSError):
                    await line.disconnect(nowait=True)

    async def hear(self, line: Any, heard: Callable[[str, str], None]) -> NoReturn:
        """Hand on every message; a line that is silent even when it is asked is broken."""
        asked = False
        while True:
            message = await line.read_response(timeout=SILENCE)
            if message is None:
                if asked:
                    raise TimeoutError("the line is dead")
                await line.send_command("PING")
            elif message[0] == b"subscribe":
                self.deaf = None
            elif message[0] == b"message":
                heard(message[1].decode().removeprefix(self.prefix), message[2].decode())
            asked = message is None


def library() -> bytes:
    """All functions as Redis takes them: one text."""
    parts = sorted((part for part in files(__package__).joinpath("lua").iterdir()), key=lambda part: part.name)
    return b"\n".join(part.read_bytes() for part in parts if part.name.endswith(".lua"))


def unavailable(error: BaseException) -> Unavailable:
    """The same in words."""
    return Unavailable(reason(error), 5)
