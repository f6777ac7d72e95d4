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
from redis.exceptions import RedisError, ResponseError

from ...runs.errors import Unavailable

__all__ = ["RETURN", "Books", "Call", "ended"]

PREFIX = "playground:"
PATIENCE = 2.0
"""Seconds that Redis may take to answer; it needs less than a thousandth of that."""
SILENCE = 2.0
"""Seconds without news after which a line is tried."""
AGAIN = 0.05
"""Seconds until a task that goes on all the same is cancelled again."""
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
        self.pool = BlockingConnectionPool.from_url(
            url,
            max_connections=CONNECTIONS,
            timeout=PATIENCE,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            socket_keepalive=True,
            protocol=2,
            retry=Retry(NoBackoff(), 0),
        )
        self.client: Any = Redis(connection_pool=self.pool)

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
        """Hear some channels for ever. ``opened``: the line is new, and what was said before is lost."""
        while True:
            line = self.pool.make_connection()  # type: ignore[no-untyped-call]
            try:
                await line.connect()
                await line.send_command("SUBSCRIBE", *(self.prefix + channel for channel in channels))
                opened()
                await self.hear(line, heard)
            except (RedisError, OSError, TimeoutError):
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
            elif message[0] == b"message":
                heard(message[1].decode().removeprefix(self.prefix), message[2].decode())
            asked = message is None


async def ended(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Cancel tasks until they have ended: a cancellation that comes just when Redis answers, the client may swallow."""
    while pending := [task for task in tasks if not task.done()]:
        for task in pending:
            task.cancel()
        await asyncio.wait(pending, timeout=AGAIN)
    await asyncio.gather(*tasks, return_exceptions=True)


def library() -> bytes:
    """All functions as Redis takes them: one text."""
    parts = sorted((part for part in files(__package__).joinpath("lua").iterdir()), key=lambda part: part.name)
    return b"\n".join(part.read_bytes() for part in parts if part.name.endswith(".lua"))


def unavailable(error: BaseException) -> Unavailable:
    """The same in words for those who asked; they are not told where the server is."""
    if isinstance(error, ResponseError):
        reason = str(error).splitlines()[0][:200]
        if "OOM" in reason:
            reason = "its memory is full"
        return Unavailable(f"the Redis that keeps all runs cannot do it now: {reason}", 5)
    return Unavailable("the Redis that keeps all runs does not answer; what is recorded is safe", 5)
