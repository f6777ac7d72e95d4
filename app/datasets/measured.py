"""Data sets that somebody measured, read from the files beside this module (made by scripts/datasets.py)."""

from __future__ import annotations

import gzip
from importlib.resources import files

import numpy as np

__all__ = [
    "DIGIT_FEATURES",
    "IRIS_FEATURES",
    "MNIST_FEATURES",
    "MNIST_SAMPLES",
    "digits",
    "digits_apart",
    "has_mnist",
    "iris",
    "iris_pair",
    "mnist",
]

IRIS_FEATURES = ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)")
DIGIT_FEATURES = tuple(f"pixel {row},{column}" for row in range(1, 9) for column in range(1, 9))
MNIST_FEATURES = tuple(f"pixel {row},{column}" for row in range(1, 29) for column in range(1, 29))
INK, MNIST_INK = 16, 255
"""The darkest value of a digit's pixel in the files."""
EVERY = 5
"""Every fifth of the 8 × 8 digits is held out, from the first on."""
MNIST_FILE = "mnist-10k.gz"
MNIST_SAMPLES = (10_000, 2_000)
"""Those to learn from, and those held out."""

Measured = tuple[np.ndarray, np.ndarray]


def table(name: str) -> Measured:
    """The features (samples, inputs) and class indices (samples,) of a data file."""
    text = gzip.decompress((files(__package__) / "data" / f"{name}.csv.gz").read_bytes()).decode()
    values = np.array([line.split(",") for line in text.splitlines()], dtype=np.float64)
    return values[:, :-1], values[:, -1].astype(np.intp)


def iris() -> Measured:
    """150 flowers: setosa, versicolor, virginica; raw centimetres."""
    return table("iris")


def iris_pair() -> Measured:
    """The 100 flowers that are hard to tell apart, versicolor (0) and virginica (1); raw centimetres."""
    x, labels = iris()
    return x[labels > 0], labels[labels > 0] - 1


def digits() -> Measured:
    """1 797 handwritten digits of 8 × 8 pixels, 0 (paper) to 1 (ink)."""
    x, labels = table("digits-8x8")
    return x / INK, labels


def digits_apart() -> tuple[Measured, Measured]:
    """The same digits as 1 437 to learn from and 360 held out. The same people wrote both."""
    x, labels = digits()
    held_out = np.arange(len(x)) % EVERY == 0
    return (x[~held_out], labels[~held_out]), (x[held_out], labels[held_out])


def has_mnist() -> bool:
    """Whether scripts/mnist.mjs has made its file."""
    return (files(__package__) / "data" / MNIST_FILE).is_file()


def mnist() -> tuple[Measured, Measured]:
    """10 000 handwritten digits of 28 × 28 pixels, 0 (paper) to 1 (ink), and 2 000 held out, by other people.

    The file is a row of records: an image's label, then its pixels, a byte each. OSError where it is absent.
    """
    content = gzip.decompress((files(__package__) / "data" / MNIST_FILE).read_bytes())
    records = np.frombuffer(content, dtype=np.uint8).reshape(-1, 1 + len(MNIST_FEATURES))
    x, labels = records[:, 1:] / float(MNIST_INK), records[:, 0].astype(np.intp)
    training, _ = MNIST_SAMPLES
    return (x[:training], labels[:training]), (x[training:], labels[training:])
