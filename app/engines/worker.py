"""A worker process: trains the runs it is given, in turns, and reports through its pipe. Ends when the pipe closes."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from multiprocessing.connection import Connection

from ..datasets import resolve
from ..nn.kernel import Kernel
from ..nn.spec import RunSpec
from ..runs.commands import Command
from ..runs.driver import Driver
from ..runs.errors import Refused
from ..runs.events import Report
from ..runs.scheduler import Scheduler
from .messages import Answer, Order, Ping, Ready, Take, ToWorker

__all__ = ["ENVIRONMENT", "main"]

ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
"""One thread of linear algebra a worker: small products gain nothing from more, and workers would fight for cores."""


POLITENESS = 10
"""Training gives way to the web process, and to a browser on the same machine: what is late on a screen is seen."""


def main(pipe: Connection) -> None:
    """Serve until the other end of the pipe is gone."""
    scheduler = Scheduler(time.perf_counter)
    warm_up()
    pipe.send(Ready())
    while True:
        while pipe.poll(scheduler.wait()):
            obey(scheduler, pipe, pipe.recv())
        report = scheduler.turn()
        if report is not None:
            pipe.send(report)


def obey(scheduler: Scheduler, pipe: Connection, message: ToWorker) -> None:
    """Take a run in hand, hand a command to one, or show signs of life."""
    match message:
        case Take():
            take(scheduler, pipe, message)
        case Order(ticket, run_id, command):
            pipe.send(answer(scheduler, ticket, run_id, command))
        case Ping(ticket):
            pipe.send(Answer(ticket))


def take(scheduler: Scheduler, pipe: Connection, wish: Take) -> None:
    """Take a run in hand; one that cannot even begin fails at once and troubles no other."""
    try:
        scheduler.add(driver_for(wish))
    except (ArithmeticError, LookupError, MemoryError, TypeError, ValueError) as error:
        pipe.send(Report(wish.run_id, "failed", wish.pace, detail=f"the run could not begin: {error}"))


def driver_for(wish: Take) -> Driver:
    """What will train a run."""
    data = resolve(wish.spec.dataset).data if wish.data is None else wish.data
    return Driver(
        wish.run_id,
        wish.spec,
        Kernel(wish.spec, data),
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
    driver = driver_for(Take("warm-up", spec, None, None, "running", None, None))
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
