"""A worker process: trains the runs it is given, in turns, and reports through its pipe. Ends when the pipe closes."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from multiprocessing.connection import Connection

from ..nn.data import Data, one_hot
from ..nn.kernel import Kernel
from ..nn.spec import RunSpec
from ..runs.commands import Command
from ..runs.driver import Driver
from ..runs.errors import Refused
from ..runs.events import Report
from ..runs.scheduler import Scheduler
from .messages import Answer, Order, Ready, Take, ToWorker

__all__ = ["ENVIRONMENT", "main"]

ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
"""One thread of linear algebra a worker: small products gain nothing from more, and workers would fight for the
cores.
"""


def main(pipe: Connection) -> None:
    """Serve until the other end of the pipe is gone."""
    scheduler = Scheduler(time.perf_counter)
    warm_up()
    pipe.send(Ready())
    while True:
        while pipe.poll(patience(scheduler)):
            obey(scheduler, pipe, pipe.recv())
        report = scheduler.turn()
        if report is not None:
            pipe.send(report)


def patience(scheduler: Scheduler) -> float | None:
    """Seconds to wait for a message: until the next turn is due; None: for ever."""
    return scheduler.wait()


def obey(scheduler: Scheduler, pipe: Connection, message: ToWorker) -> None:
    """Take a run in hand, or hand a command to one."""
    match message:
        case Take():
            take(scheduler, pipe, message)
        case Order(ticket, run_id, command):
            pipe.send(answer(scheduler, ticket, run_id, command))


def take(scheduler: Scheduler, pipe: Connection, wish: Take) -> None:
    """Take a run in hand; one that cannot even begin fails at once and troubles no other."""
    try:
        driver = Driver(
            wish.run_id,
            wish.spec,
            Kernel(wish.spec, wish.data),
            time.perf_counter,
            resume=wish.resume,
            status=wish.status,
            pace=wish.pace,
            pause_at=wish.pause_at,
        )
    except (ArithmeticError, LookupError, MemoryError, TypeError, ValueError) as error:
        pipe.send(Report(wish.run_id, "failed", wish.pace, detail=f"the run could not begin: {error}"))
    else:
        scheduler.add(driver)


def answer(scheduler: Scheduler, ticket: int, run_id: str, command: Command) -> Answer:
    """The outcome of a command; a run that ended in the meantime is no longer in hand."""
    try:
        return Answer(ticket, scheduler.handle(run_id, command), None)
    except Refused as refusal:
        return Answer(ticket, None, str(refusal))
    except KeyError:
        return Answer(ticket, None, "the run has ended in the meantime")


def warm_up() -> None:
    """Train a tiny run once, so that the first user does not wait for lazy imports."""
    data = Data(one_hot([0, 1], 2), one_hot([1, 0], 2))
    spec = RunSpec(hidden=(2,), epochs=3)
    driver = Driver("warm-up", spec, Kernel(spec, data), time.perf_counter)
    while not driver.run.over:
        driver.turn(0.001)


def run(descriptor: int) -> None:
    """The process's entry: Ctrl+C in the terminal is the web process's business, which then closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        main(Connection(descriptor))
    os._exit(0)


if __name__ == "__main__":
    run(int(sys.argv[1]))
