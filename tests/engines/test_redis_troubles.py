"""What is wrong with Redis is told apart: a sentence for each trouble of a real server, when it comes and goes."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import re
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis

from app.engines.shared import foreman as foremen
from app.engines.shared import watching
from app.engines.shared.books import Books
from app.engines.shared.check import worker_is_alive
from app.engines.shared.engine import SharedEngine
from app.engines.shared.foreman import Foreman
from app.nn.spec import RunSpec
from app.runs.capacity import Capacity
from app.runs.commands import Stop
from app.runs.errors import Unavailable
from app.runs.events import Position
from tests.contract.engine_suite import DEADLINE, ENDLESS, SHORT, follow, submit, told
from tests.engines.test_records import until_true
from tests.ports import free_port
from tests.redis_server import RedisServer

PREFIXES = (f"troubles{number}:" for number in itertools.count())
PASSWORD = "secret"
USERS = (("deaf", "+@all", "-subscribe"), ("nopush", "+@all", "-rpush"), ("reader", "+@read"))
"""Who may do what."""
AGAIN = 0.02
CERTIFICATE = (
    "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost "
    "-addext subjectAltName=IP:127.0.0.1"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A Redis with a password, users that may not do all, and a certificate that nobody has signed."""
    folder = tmp_path_factory.mktemp("redis")
    subprocess.run(["openssl", *CERTIFICATE.split()], cwd=folder, check=True, capture_output=True)
    tls = {
        "tls-port": str(free_port()),
        "tls-cert-file": str(folder / "cert.pem"),
        "tls-key-file": str(folder / "key.pem"),
        "tls-ca-cert-file": str(folder / "cert.pem"),
        "tls-auth-clients": "no",
    }
    with RedisServer(folder, options={"requirepass": PASSWORD, **tls}) as running:
        with admin(running) as commands:
            for name, *rules in USERS:
                commands.acl_setuser(name, True, passwords=["+pw"], keys=["*"], channels=["*"], commands=rules)
            commands.acl_setuser("mute", True, passwords=["+pw"], keys=["*"], commands=["+@all"])
        yield running


@contextlib.contextmanager
def admin(server: RedisServer) -> Iterator[Redis]:
    """Commands of an operator."""
    with Redis(host=server.host, port=server.port, password=PASSWORD) as commands:
        yield commands


def url(server: RedisServer, who: str = f":{PASSWORD}", **other: str) -> str:
    """An address of the server."""
    parts = {"scheme": "redis", "port": str(server.port), **other}
    return f"{parts['scheme']}://{who}@{server.host}:{parts['port']}/{parts.get('database', '0')}"


ADDRESSES: list[tuple[str, Callable[[RedisServer], str], str]] = [
    ("wrong password", lambda server: url(server, ":wrong"), "refuses the user name or the password"),
    ("wrong user", lambda server: url(server, "nobody:pw"), "refuses the user name or the password"),
    ("no password", lambda server: f"redis://{server.host}:{server.port}/0", "wants a password"),
    (
        "untrusted",
        lambda server: url(server, scheme="rediss", port=server.options["tls-port"]),
        "certificate that is not trusted here",
    ),
    ("nobody there", lambda _: "redis://127.0.0.1:1/0", "does not answer (connection refused)"),
    ("no such name", lambda _: "redis://no-such-machine.invalid:6379/0", "does not answer"),
    ("no such socket", lambda _: "unix:///no/such/socket", "does not answer (no such file or directory)"),
    ("database", lambda server: url(server, database="99"), "has no database of the number"),
    ("no channels", lambda server: url(server, "mute:pw"), "does not allow its user all that is needed"),
    ("no subscribe", lambda server: url(server, "deaf:pw"), "does not allow its user all that is needed"),
    ("no rpush", lambda server: url(server, "nopush:pw"), "does not allow its user all that is needed"),
    ("read only", lambda server: url(server, "reader:pw"), "does not allow its user all that is needed"),
]


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The errors in the log."""
    return [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]


async def words_about_redis(engine: SharedEngine, words: str | None) -> None:
    """Wait until the engine says this of Redis."""

    async def said() -> bool:
        found = (await engine.health())["redis"]
        return found is None if words is None else words in str(found)

    await until_true(said)


async def logged(caplog: pytest.LogCaptureFixture, words: str) -> None:
    """Wait until this is in the log."""

    async def there() -> bool:
        return words in caplog.text

    await until_true(there)


@pytest.mark.parametrize(("address", "words"), [row[1:] for row in ADDRESSES], ids=[row[0] for row in ADDRESSES])
async def test_every_trouble_has_its_sentence_once(
    server: RedisServer, address: Callable[[RedisServer], str], words: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with SharedEngine(Books(address(server), next(PREFIXES)), capacity=Capacity()) as engine:
        await words_about_redis(engine, words)
        said = errors(caplog)
        assert len(said) == 1 and said[0].startswith("redis: the Redis that keeps all runs ") and words in said[0]
        for secret in ("127.0.0.1", "wrong", "nobody", PASSWORD):
            assert secret not in said[0]
        for _ in range(3):
            await engine.health()
        assert len(errors(caplog)) == 1


@contextlib.contextmanager
def configured(server: RedisServer, **settings: str) -> Iterator[None]:
    """Have the server configured otherwise for a while."""
    with admin(server) as commands:
        before = {name: str(commands.config_get(name)[name]) for name in settings}
        for name, value in settings.items():
            commands.config_set(name, value)
        yield
        for name, value in before.items():
            commands.config_set(name, value)


@pytest.mark.parametrize(
    ("settings", "words", "refused"),
    [
        ({"maxmemory": "1mb"}, "has no memory left", True),
        ({"maxmemory-policy": "allkeys-lru"}, "maxmemory-policy is allkeys-lru: it has to be noeviction", False),
        ({"min-replicas-to-write": "3"}, "cannot do it now", True),
    ],
    ids=["out of memory", "evicting", "not enough replicas"],
)
async def test_trouble_that_comes_and_goes_is_told_both_times(
    server: RedisServer, settings: dict[str, str], words: str, refused: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async with SharedEngine(Books(url(server), next(PREFIXES)), capacity=Capacity()) as engine:
        await words_about_redis(engine, None)
        with configured(server, **settings):
            await words_about_redis(engine, words)
            if refused:
                with pytest.raises(Unavailable, match=words):
                    await submit(engine, SHORT)
                await words_about_redis(engine, words)
        await words_about_redis(engine, None)
    assert [words in line for line in errors(caplog)] == [True]
    assert "redis: well again; it was: the Redis that keeps all runs" in caplog.text


async def test_asking_after_redis_leaves_nothing_behind(server: RedisServer) -> None:
    prefix = next(PREFIXES)
    async with SharedEngine(Books(url(server), prefix), capacity=Capacity(runs=1)) as engine:
        for _ in range(5):
            assert (await engine.health())["redis"] is None
        with admin(server) as commands:
            assert commands.keys(prefix + "*") == [f"{prefix}totals".encode()]
            assert commands.hgetall(prefix + "totals") == {b"reserved": b"0", b"kept": b"0"}
        await submit(engine, SHORT)
        assert (await engine.health())["redis"] is None, "full is not broken"


async def test_a_user_who_may_not_publish_leaves_no_half_a_run(server: RedisServer) -> None:
    prefix = next(PREFIXES)
    async with SharedEngine(Books(url(server, "mute:pw"), prefix), capacity=Capacity()) as engine:
        with pytest.raises(Unavailable):
            await submit(engine, SHORT)
    with admin(server) as commands:
        assert commands.keys(prefix + "*") == [f"{prefix}totals".encode()]


@contextlib.asynccontextmanager
async def redis_6() -> AsyncIterator[str]:
    """A server that knows no functions; its address. It hears only what a client says first."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                count = int((await reader.readline())[1:])
                words = []
                for _ in range(count):
                    size = int((await reader.readline())[1:])
                    words.append((await reader.readexactly(size + 2))[:-2])
                known = words[0].upper() in (b"CLIENT", b"SELECT", b"SUBSCRIBE", b"PING")
                writer.write(
                    b"+OK\r\n" if known else b"-ERR unknown command `%s`, with args beginning with:\r\n" % words[0]
                )

    listening = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with listening:
        yield f"redis://127.0.0.1:{listening.sockets[0].getsockname()[1]}/0"
        listening.close()


async def test_a_redis_without_functions_is_named_and_its_words_are_not_repeated() -> None:
    async with redis_6() as address:
        books = Books(address)
        with pytest.raises(Unavailable, match="has no functions: it has to be Redis 7 or newer") as told:
            await books.check()
        assert "FCALL" not in str(told.value)
        await books.close()


async def test_a_worker_says_what_it_waits_for_and_is_ready_when_redis_is(
    server: RedisServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(foremen, "BEAT", AGAIN)
    monkeypatch.setattr(foremen, "LOOK", AGAIN)
    own, ready = RedisServer(tmp_path), asyncio.Event()
    foreman = Foreman(Books(own.url, next(PREFIXES)), processes=0)
    await foreman.start()
    working = asyncio.create_task(foreman.work(ready.set))
    try:
        await logged(caplog, "waiting for redis: the Redis that keeps all runs does not answer")
        assert not ready.is_set()
        assert len(errors(caplog)) == 1
        with own:
            async with asyncio.timeout(DEADLINE):
                await ready.wait()
            await logged(caplog, "waiting for redis: well again")
    finally:
        working.cancel()
        await asyncio.wait([working])


async def test_one_record_that_cannot_be_read_is_said_to_its_viewers_and_nobody_elses_news_stop(
    server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    prefix = next(PREFIXES)
    foreman = Foreman(Books(url(server), prefix), processes=1)
    await foreman.start()
    working = asyncio.create_task(foreman.work())
    async with SharedEngine(Books(url(server), prefix), capacity=Capacity()) as engine:
        damaged = await submit(engine, RunSpec(dataset="xor", epochs=1_000_000, pace=0.1))
        sound = await submit(engine, SHORT)
        async with asyncio.timeout(DEADLINE):
            position = (await engine.next(damaged, Position())).position
            with admin(server) as commands:
                commands.hset(f"{prefix}run:{damaged}", mapping={"newest": b"noise", "change": 10**6})
                commands.append(f"{prefix}costs:{damaged}", bytes(8))
            with pytest.raises(Unavailable, match=f"the record of the run {damaged} is damaged"):
                while True:
                    position = (await engine.next(damaged, position)).position
            with pytest.raises(Unavailable, match="damaged"):
                await engine.view(damaged)
            assert len(told(await follow(engine, sound))) == 301
        assert len([line for line in errors(caplog) if "is damaged" in line]) == 1
    working.cancel()
    await asyncio.wait([working])


async def test_a_task_of_the_shared_engine_that_dies_is_named_and_begun_again(
    server: RedisServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failed = False
    keep_up = watching.Watching.keep_up

    async def fail_once(self: watching.Watching) -> None:
        nonlocal failed
        if not failed:
            failed = True
            raise ZeroDivisionError("nobody foresaw this")
        await keep_up(self)

    monkeypatch.setattr(watching.Watching, "keep_up", fail_once)
    async with SharedEngine(Books(url(server), next(PREFIXES)), capacity=Capacity()) as engine:
        await words_about_redis(engine, "keeping up with runs has failed: ZeroDivisionError: nobody foresaw this")
        assert [task.get_name() for task in engine.tasks.running]
    assert "ZeroDivisionError" in caplog.text


async def test_a_worker_of_this_machine_is_found_while_it_has_a_lease(server: RedisServer) -> None:
    prefix = next(PREFIXES)
    assert await worker_is_alive(url(server), prefix) == "no worker of this machine has a lease"
    foreman, ready = Foreman(Books(url(server), prefix), processes=0), asyncio.Event()
    await foreman.start()
    working = asyncio.create_task(foreman.work(ready.set))
    async with asyncio.timeout(DEADLINE):
        await ready.wait()
    assert await worker_is_alive(url(server), prefix) is None
    working.cancel()
    await asyncio.wait([working])
    assert await worker_is_alive(url(server), prefix) == "no worker of this machine has a lease"
    assert "does not answer" in str(await worker_is_alive("redis://127.0.0.1:1/0"))


async def test_the_user_that_the_document_describes_may_do_all_that_is_needed(server: RedisServer, root: Path) -> None:
    (rule,) = re.findall(r"^ACL SETUSER playground (.*)$", (root / "docs/engine.md").read_text(), re.MULTILINE)
    with admin(server) as commands:
        command: Callable[..., object] = commands.execute_command
        command("ACL", "SETUSER", "playground", *rule.split())
    address = url(server, "playground:password")
    foreman = Foreman(Books(address), processes=1)
    await foreman.start()
    working = asyncio.create_task(foreman.work())
    async with SharedEngine(Books(address), capacity=Capacity()) as engine:
        await words_about_redis(engine, None)
        assert len(told(await follow(engine, await submit(engine, SHORT)))) == 301
        run_id = await submit(engine, ENDLESS)
        assert (await engine.command(run_id, Stop())).status == "stopped"
        assert (await engine.health()) == {"redis": None, "workers": None}
    working.cancel()
    await asyncio.wait([working])


async def test_a_certificate_is_trusted_when_the_address_names_it(server: RedisServer) -> None:
    books = Books(
        f"{url(server, scheme='rediss', port=server.options['tls-port'])}?ssl_ca_certs={server.folder}/cert.pem"
    )
    assert await books.check() == 0
    await books.close()
