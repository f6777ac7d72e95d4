"""What is set aside for a run covers what its record comes to hold."""

from __future__ import annotations

import dataclasses
import tracemalloc

import pytest

from app.datasets import resolve
from app.nn.kernel import Kernel
from app.nn.spec import RunSpec, Table
from app.runs.commands import Pause, Resume
from app.runs.driver import Driver
from app.runs.footprint import footprint
from app.runs.record import Record
from tests.runs.hand import HandClock

TABLE = Table(x=tuple((float(row), 1.0) for row in range(50)), y=tuple(row % 2 for row in range(50)), classes=2)


@pytest.mark.parametrize(
    "spec",
    [
        RunSpec(epochs=1),
        RunSpec(epochs=700),
        RunSpec(epochs=60, hidden=(100, 100, 100)),
        RunSpec(dataset=TABLE, epochs=50),
    ],
    ids=["one epoch", "small", "large", "table"],
)
def test_a_record_never_outgrows_its_footprint(spec: RunSpec) -> None:
    dataset, clock = resolve(spec.dataset), HandClock()
    record = Record("run", spec, dataset)
    driver = Driver("run", spec, Kernel(spec, dataset.data), clock)
    while not driver.run.over:
        record.apply(driver.turn(0.0))
        for command in (Pause(), Resume()):
            report = None if driver.run.over else driver.handle(command)
            if report is not None:
                record.apply(report)
    assert record.over
    assert record.size() <= footprint(spec, dataset.data)


DIGITS = RunSpec(dataset="digits-8x8-train", hidden=(30,))


@pytest.mark.parametrize(
    "spec",
    [RunSpec(), DIGITS, dataclasses.replace(DIGITS, batch_size=10), RunSpec(dataset="digits-8x8", hidden=())],
    ids=["the default", "full batch", "mini-batches", "no hidden layer"],
)
def test_what_trains_a_run_never_outgrows_its_footprint(spec: RunSpec) -> None:
    data = resolve(spec.dataset).data
    Kernel(spec, data)
    tracemalloc.start()
    kernel = Kernel(spec, data)
    kernel.advance(kernel.start(), 2)
    kernel.observe(kernel.start())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak <= footprint(dataclasses.replace(spec, epochs=2), data)


def test_more_epochs_units_and_samples_need_more() -> None:
    spec = RunSpec()
    data, digits = resolve("iris").data, resolve("digits-8x8").data
    assert footprint(dataclasses.replace(spec, epochs=20_000), data) > footprint(spec, data)
    assert footprint(dataclasses.replace(spec, hidden=(50,)), data) > footprint(spec, data)
    assert footprint(spec, digits) > footprint(spec, data)
