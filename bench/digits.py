"""How fast networks of digits train in mini-batches, and how many held-out digits they then know."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from app.datasets import absent, load
from app.nn.kernel import Kernel
from app.nn.network import forward
from app.nn.spec import RunSpec

from .report import Row, Section, median
from .textbook import Textbook, columns

__all__ = ["section"]

REPEATS = 5
ETA, BATCH = 0.5, 10
FORMS = (("digits-8x8-train", "64-30-10", 12), ("mnist-10k", "784-30-10", 9))
LONGEST = 60.0
"""Seconds that a network may learn before it is asked about the held-out digits."""


def section() -> Section:
    """Epochs by turns with the textbook's loop, medians; then whole trainings."""
    rows = [row for form in FORMS if absent(form[0]) is None for row in speed(*form)]
    rows.append(accuracy("digits-8x8-train", 30, 30, 0.96))
    if absent("mnist-10k") is None:
        rows.append(accuracy("mnist-10k", 30, 20, None))
        rows.append(accuracy("mnist-10k", 100, 20, 0.95))
    how = (
        f"Softmax, log-likelihood, mini-batches of {BATCH}, float64, one core; medians of {REPEATS} epochs by turns. "
        "An epoch with its cost includes the mean cost over all samples, as every epoch of a run does. The "
        "textbook's loop takes one sample after another. PyTorch is eager, float32, one thread."
    )
    if absent("mnist-10k") is not None:
        how += f" mnist-10k was left out: {absent('mnist-10k')}."
    return Section("Digits", how, tuple(rows))


def speed(name: str, sizes: str, bar: float) -> Iterator[Row]:
    """An epoch of ours beside the textbook's, with its cost and without, and beside PyTorch's."""
    data = load(name).data
    spec = RunSpec(dataset=name, hidden=(30,), initialisation="scaled", batch_size=BATCH, eta=ETA)
    kernel, samples = Kernel(spec, data), columns(data)
    textbook = Textbook(tuple(map(int, sizes.split("-"))), 0)
    state, _ = kernel.advance(kernel.start(), 1)
    ours, updates, theirs, their_updates = [], [], [], []
    for epoch in range(REPEATS):
        ours.append(seconds(lambda: kernel.advance(state, 1)))
        updates.append(seconds(lambda epoch=epoch: kernel.batches(epoch)))  # type: ignore[misc]
        their_updates.append(seconds(lambda: textbook.epoch(samples, BATCH, ETA)))
        theirs.append(their_updates[-1] + seconds(lambda: textbook.cost(samples)))
    what = f"{sizes}, {data.samples} samples"
    yield faster(f"{what}: an epoch with its cost", median(ours), median(theirs), bar)
    yield faster(f"{what}: its updates alone", median(updates), median(their_updates), None)
    torch = torch_seconds(name)
    if torch is None:
        yield Row(f"{what}: beside PyTorch", milliseconds(median(ours)), "PyTorch is not installed", "", "≥ 2 ×")
    else:
        yield faster(f"{what}: beside PyTorch, with its cost", median(ours), torch, 2)


def faster(what: str, ours: float, theirs: float, bar: float | None) -> Row:
    """A row of two times."""
    times = milliseconds(ours), milliseconds(theirs), f"{theirs / ours:.1f} × as fast"
    return Row(what, *times) if bar is None else Row(what, *times, f"≥ {bar:g} ×", theirs >= bar * ours)


def milliseconds(value: float) -> str:
    """Seconds as a table shows them."""
    return f"{1e3 * value:.1f} ms"


def torch_seconds(name: str) -> float | None:
    """An epoch of PyTorch's loop in a process of its own, which it does not share with our linear algebra."""
    if importlib.util.find_spec("torch") is None:
        return None
    command = [sys.executable, "-m", "bench.torch_loop", name]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def accuracy(name: str, units: int, epochs: int, bar: float | None) -> Row:
    """A whole training and the share of held-out digits that it knows in the end."""
    dataset = load(name)
    assert dataset.held_out is not None
    spec = RunSpec(dataset=name, hidden=(units,), initialisation="scaled", batch_size=BATCH, eta=ETA, epochs=epochs)
    kernel = Kernel(spec, dataset.data)
    begun = time.perf_counter()
    state, _ = kernel.advance(kernel.start(), epochs)
    spent = time.perf_counter() - begun
    a = forward(state.parameters, dataset.held_out.x, spec.output).a[-1]
    right = float((a.argmax(axis=1) == dataset.held_out.labels).mean())
    return Row(
        f"{name}, {units} hidden units: {dataset.held_out.samples} held-out digits known",
        f"{right:.1%} after {epochs} epochs",
        f"{spent:.1f} s on one core",
        "",
        f"≥ {bar:.0%} within {LONGEST:g} s" if bar else "",
        right >= bar and spent <= LONGEST if bar else None,
    )


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
