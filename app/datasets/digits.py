"""Handwritten digits of 8 × 8 pixels: all of them, and the same with a fifth held out."""

from __future__ import annotations

import numpy as np

from .dataset import Entry, Samples
from .files import table

__all__ = ["DIGITS", "DIGITS_APART"]

FEATURES = tuple(f"pixel {row},{column}" for row in range(1, 9) for column in range(1, 9))
CLASSES = tuple("0123456789")
SOURCE = "E. Alpaydin, C. Kaynak 1998; UCI Machine Learning Repository, CC BY 4.0"
INK = 16
"""The darkest value of a pixel in the file."""
EVERY = 5
"""Every fifth is held out, from the first on."""


def digits() -> Samples:
    """1 797 digits, 0 (paper) to 1 (ink)."""
    x, labels = table("digits-8x8")
    return x / INK, labels


def apart(*, held_out: bool) -> Samples:
    """The 360 digits that are held out, or the 1 437 others. The same people wrote both."""
    x, labels = digits()
    wanted = (np.arange(len(x)) % EVERY == 0) == held_out
    return x[wanted], labels[wanted]


DIGITS = Entry(
    name="digits-8x8",
    title={"en": "Handwritten digits, 8 × 8", "zh": "手写数字 8 × 8"},
    features=FEATURES,
    classes=CLASSES,
    samples=digits,
    source=SOURCE,
)
DIGITS_APART = Entry(
    name="digits-8x8-train",
    title={"en": "Handwritten digits, 8 × 8, a fifth held out", "zh": "手写数字 8 × 8，留出五分之一"},
    features=FEATURES,
    classes=CLASSES,
    samples=lambda: apart(held_out=False),
    held_out=lambda: apart(held_out=True),
    source=SOURCE,
)
