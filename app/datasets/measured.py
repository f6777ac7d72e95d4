"""Data sets that somebody measured, read from the files beside this module (made by scripts/datasets.py)."""

from __future__ import annotations

import gzip
from importlib.resources import files

import numpy as np

__all__ = ["DIGIT_FEATURES", "IRIS_FEATURES", "digits", "iris", "iris_pair"]

IRIS_FEATURES = ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)")
DIGIT_FEATURES = tuple(f"pixel {row},{column}" for row in range(1, 9) for column in range(1, 9))
INK = 16
"""The darkest value of a digit's pixel in the file."""

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
