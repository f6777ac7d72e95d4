"""Builds the program from its settings: adapters, then the web app, then the server. The only module that builds."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from pathlib import Path
from typing import NoReturn

from .engines.embedded.engine import Capacity, EmbeddedEngine
from .paths import STATIC, state_folder
from .runs.ports import Engine
from .settings import Settings
from .web.door.visitors import Visitors
from .web.factory import create_app
from .web.operation.logs import logging_to_stderr
from .web.operation.metrics import Metrics
from .web.pages.assets import Assets
from .web.parts import Parts
from .web.server import addresses, listener, server

__all__ = ["build_engine", "build_parts", "serve", "work"]

ENDINGS = (signal.SIGTERM, signal.SIGINT)


def build_engine(settings: Settings) -> AbstractAsyncContextManager[Engine]:
    """The engine that the settings ask for, not yet started."""
    capacity = Capacity(
        runs=settings.max_runs,
        record_bytes=settings.record_megabytes * 1_000_000,
        kept_runs=settings.kept_runs,
        kept_bytes=settings.kept_megabytes * 1_000_000,
        kept_seconds=settings.kept_days * 86_400,
    )
    if settings.engine == "embedded":
        return EmbeddedEngine(workers=settings.workers, capacity=capacity, folder=records_folder(settings))
    from .engines.shared.books import Books
    from .engines.shared.engine import SharedEngine

    return SharedEngine(Books(settings.engine), capacity=capacity)


def records_folder(settings: Settings) -> Path | None:
    """Where the embedded engine keeps records: one folder a server; None for in memory."""
    if settings.data:
        return None if settings.data == "memory" else Path(settings.data)
    return state_folder() / f"port-{settings.port}" if settings.port else None


def build_parts(settings: Settings, engine: Engine, metrics: Metrics) -> Parts:
    """The web app's parts."""
    return Parts(settings, engine, Assets(STATIC, reload=settings.reload), Visitors(settings), metrics)


def serve(settings: Settings, announce: Callable[[list[str]], None]) -> None:
    """Serve until a signal ends it. ``announce`` is told the addresses once the server is ready.

    Raises OSError where the address or the port is not to be had.
    """
    signal.signal(signal.SIGTERM, end_in_order)
    with listener(settings) as listening, suppress(asyncio.CancelledError):
        host, port = listening.getsockname()[:2]
        asyncio.run(serving(settings, lambda: announce(addresses(host, port)), listening))


def end_in_order(*_: object) -> NoReturn:
    """On a SIGTERM that comes before anybody else handles it: leave with exit status 0."""
    raise SystemExit(0)


def work(settings: Settings, announce: Callable[[int], None]) -> None:
    """Be a worker until SIGTERM or Ctrl+C, then hand back all runs. ``announce`` is told how many processes are ready.

    Raises RuntimeError where no process can live.
    """
    with suppress(asyncio.CancelledError):
        asyncio.run(working(settings, announce))


async def working(settings: Settings, announce: Callable[[int], None]) -> None:
    """Start, then work until a signal."""
    from .engines.shared.books import Books
    from .engines.shared.foreman import Foreman

    cancelled_by_signals()
    with logging_to_stderr(Metrics()):
        foreman = Foreman(Books(settings.engine), processes=settings.workers)
        await foreman.start()
        await foreman.work(ready=lambda: announce(settings.workers))


async def serving(settings: Settings, ready: Callable[[], None], listening: socket.socket) -> None:
    """Logs first, then the engine, then the server; the other way round at the end."""
    ignore_signals, metrics = cancelled_by_signals(), Metrics()
    with logging_to_stderr(metrics):
        async with build_engine(settings) as engine:
            app = create_app(build_parts(settings, engine, metrics))
            lighten()
            ignore_signals()  # uvicorn heeds them: it tells viewers to return, then ends
            await server(app, settings, ready).serve(sockets=[listening])


def cancelled_by_signals() -> Callable[[], None]:
    """Have SIGTERM or Ctrl+C cancel this task, once. Returned is what has them ignored: whoever ends must not be
    disturbed in it.
    """
    loop, this = asyncio.get_running_loop(), asyncio.current_task()
    assert this is not None

    def ignore() -> None:
        for ending in ENDINGS:
            loop.add_signal_handler(ending, lambda: None)

    def end() -> None:
        ignore()
        this.cancel()

    for ending in ENDINGS:
        loop.add_signal_handler(ending, end)
    return ignore


def lighten() -> None:
    """Spare Python's collector what lives as long as the program: to look through it holds everybody up for 0.1 s."""
    gc.collect()
    gc.freeze()
