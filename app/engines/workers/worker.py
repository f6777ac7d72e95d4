"""A worker process: trains the runs it is given, in turns, and reports through its pipe. Ends when the pipe closes."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Hashable
from multiprocessing.connection import Connection

from ... import PINNED
from ...datasets import resolve
from ...nn.data import Data
from ...nn.single import Single, trainer
from ...nn.spec import RunSpec
from ...runs.commands import Command
from ...runs.driver import Driver
from ...runs.errors import Refused
from ...runs.events import Report
from ...runs.failures import failed
from ...runs.scheduler import Scheduler
from .messages import Answer, Order, Ping, Ready, Take, ToEngine, ToWorker
from .post import Post

__all__ = ["ENVIRONMENT", "main"]

ENVIRONMENT = {**PINNED, "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""One thread of linear algebra a worker, and one order of additions: the same spec gives the same bits in any."""

POLITENESS = 10
"""Training gives way to the web process, and to a browser on the same machine: what is late on a screen is seen."""


def main(pipe: Connection) -> None:
    """Serve until the other end of the pipe is gone."""
    scheduler = Scheduler(time.perf_counter)
    warm_up()
    # Training goes on while the other end takes in what the last turn gave, and no further: reports must not pile up.
    post: Post[ToEngine] = Post(pipe, most=1)
    post.send([Ready()])
    while True:
        while pipe.poll(scheduler.wait()):
            for message in pipe.recv():
                post.send(obey(scheduler, message))
        post.send(scheduler.turn())


def obey(scheduler: Scheduler, message: ToWorker) -> list[ToEngine]:
    """Take a run in hand, hand a command to one, or show signs of life; what is to be said to that."""
    match message:
        case Take():
            return take(scheduler, message)
        case Order(ticket, run_id, command):
            return [answer(scheduler, ticket, run_id, command)]
        case Ping(ticket):
            return [Answer(ticket)]


def take(scheduler: Scheduler, wish: Take) -> list[ToEngine]:
    """Take a run in hand; one that cannot even begin fails at once and troubles no other."""
    try:
        data = resolve(wish.spec.dataset).data if wish.data is None else wish.data
        driver = driver_for(wish, data)
        scheduler.add(driver, shape_of(driver), data)
    except (ArithmeticError, LookupError, MemoryError, TypeError, ValueError) as error:
        return [Report(wish.run_id, "failed", wish.pace, detail=failed("not-begun", error=str(error)))]
    return []


def shape_of(driver: Driver) -> Hashable | None:
    """What runs have in common that are trained side by side; None for a run that is trained by itself."""
    spec = driver.spec
    if not isinstance(driver.trainer, Single):
        return None
    return spec.dataset, spec.hidden, spec.output, spec.cost, spec.rule, spec.output_bias


def driver_for(wish: Take, data: Data) -> Driver:
    """What will train a run."""
    return Driver(
        wish.run_id,
        wish.spec,
        trainer(wish.spec, data),
        time.perf_counter,
        resume=wish.resume,
        status=wish.status,
        pace=wish.pace,
        pause_at=wish.pause_at,
    )


def answer(scheduler: Scheduler, ticket: int, run_id: str, command: Command) -> Answer:
    """The outcome of a command; a run that ended in the meantime is no longer in hand."""
    try:
        return Answer(ticket, scheduler.handle(run_id, command))
    except Refused as refusal:
        return Answer(ticket, refusal=str(refusal))
    except KeyError:
        return Answer(ticket, refusal="the run has ended in the meantime")


def warm_up() -> None:
    """Train a short run of the default kind, so that the first user does not wait for files and lazy imports."""
    spec = RunSpec(epochs=3)
    wish = Take("warm-up", spec, None, None, "running", None, None)
    driver = driver_for(wish, resolve(spec.dataset).data)
    while not driver.run.over:
        driver.turn(0.001)


def run(descriptor: int) -> None:
    """The process's entry. Signals are the web process's business, which then closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.nice(POLITENESS)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        main(Connection(descriptor))
    os._exit(0)


if __name__ == "__main__":
    run(int(sys.argv[1]))
