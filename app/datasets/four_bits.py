"""The truth tables of four bits: more than two set, and an odd number set."""

from __future__ import annotations

import numpy as np

from .dataset import Entry, Samples

__all__ = ["MAJORITY", "PARITY"]

FEATURES = ("bit 8", "bit 4", "bit 2", "bit 1")
CHINESE = {
    "bit 8": "位 8",
    "bit 4": "位 4",
    "bit 2": "位 2",
    "bit 1": "位 1",
    "at most two": "至多两个",
    "more than two": "多于两个",
    "even": "偶数个",
    "odd": "奇数个",
}


def four_bits() -> np.ndarray:
    """The rows 0000 … 1111, (16, 4)."""
    return np.array([[number >> place & 1 for place in (3, 2, 1, 0)] for number in range(16)], dtype=np.float64)


def four_bit_majority() -> Samples:
    """Class 1 where more than two bits are set."""
    x = four_bits()
    return x, (x.sum(axis=1) > 2).astype(np.intp)


def four_bit_parity() -> Samples:
    """Class 1 where the number of set bits is odd: the hardest function of four bits for a small network."""
    x = four_bits()
    return x, (x.sum(axis=1) % 2).astype(np.intp)


MAJORITY = Entry(
    name="four-bit-majority",
    title={"en": "Four bits: more than two set?", "zh": "四位二进制：置位是否多于两个"},
    features=FEATURES,
    classes=("at most two", "more than two"),
    samples=four_bit_majority,
    chinese=CHINESE,
)
PARITY = Entry(
    name="four-bit-parity",
    title={"en": "Four bits: odd or even?", "zh": "四位二进制：奇偶校验"},
    features=FEATURES,
    classes=("even", "odd"),
    samples=four_bit_parity,
    chinese=CHINESE,
)
