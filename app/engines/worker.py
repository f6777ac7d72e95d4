"""A worker process: trains the runs it is given, in turns, and reports through its pipe. Ends when the pipe closes."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from multiprocessing.connection import Connection

from ..nn.data import Data, one_hot
from ..nn.spec import RunSpec
from ..runs.driver import Driver
from ..runs.errors import Refused
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
        case Take(run_id, spec, data, resume, status, pace):
            clock = time.perf_counter
            scheduler.add(Driver(run_id, spec, data, clock, resume=resume, status=status, pace=pace))
        case Order(ticket, run_id, command):
            pipe.send(answer(scheduler, ticket, run_id, command=command))


def answer(scheduler: Scheduler, ticket: int, run_id: str, *, command: object) -> Answer:
    """The outcome of a command; a run that ended in the meantime is no longer in hand."""
    try:
        return Answer(ticket, scheduler.handle(run_id, command), None)  # type: ignore[arg-type]
    except Refused as refusal:
        return Answer(ticket, None, str(refusal))
    except KeyError:
        return Answer(ticket, None, "the run has ended in the meantime")


def warm_up() -> None:
    """Train a tiny run once, so that the first user does not wait for lazy imports."""
    data = Data(one_hot([0, 1], 2), one_hot([1, 0], 2))
    Driver("warm-up", RunSpec(hidden=(2,), epochs=3), data, time.perf_counter).turn(0.001)


def run(descriptor: int) -> None:
    """The process's entry: Ctrl+C in the terminal is the web process's business, which then closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        main(Connection(descriptor))
    os._exit(0)


if __name__ == "__main__":
    run(int(sys.argv[1]))
