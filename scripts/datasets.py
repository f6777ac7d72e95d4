"""Writes the data files of app/datasets from scikit-learn's copies of the originals (a development dependency).

Iris: R. A. Fisher 1936, UCI Machine Learning Repository, CC BY 4.0. Digits: E. Alpaydin and C. Kaynak 1998, "Optical
Recognition of Handwritten Digits" (its test part), UCI Machine Learning Repository, CC BY 4.0.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits, load_iris

FOLDER = Path("app/datasets/data")


def write(name: str, x: np.ndarray, y: np.ndarray, form: str) -> None:
    """One gzipped CSV: the features of a sample, then its class; the same bytes every time."""
    lines = (",".join([*(form % value for value in row), str(label)]) for row, label in zip(x, y, strict=True))
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.csv.gz").write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))


if __name__ == "__main__":
    iris, digits = load_iris(), load_digits()
    write("iris", iris.data, iris.target, "%.1f")
    write("digits-8x8", digits.data, digits.target, "%d")
