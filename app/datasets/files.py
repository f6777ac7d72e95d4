"""Reads the data files beside this module; scripts/datasets.py and, for MNIST, scripts/mnist.mjs have made them."""

from __future__ import annotations

import gzip
from importlib.resources import files

import numpy as np

from .dataset import Samples

__all__ = ["content", "exists", "table"]


def exists(name: str) -> bool:
    """Whether a data file is there."""
    return (files(__package__) / "data" / name).is_file()


def content(name: str) -> bytes:
    """A data file, unpacked; OSError where it is absent."""
    return gzip.decompress((files(__package__) / "data" / name).read_bytes())


def table(name: str) -> Samples:
    """The features and class indices of a data file, which has a sample in each line and its class last."""
    values = np.array([line.split(",") for line in content(f"{name}.csv.gz").decode().splitlines()], dtype=np.float64)
    return values[:, :-1], values[:, -1].astype(np.intp)
