"""Handwritten digits of 28 × 28 pixels. They are not part of the program: set-up makes them (scripts/mnist.mjs)."""

from __future__ import annotations

import numpy as np

from .dataset import Entry, Samples
from .files import content, exists

__all__ = ["MNIST"]

FILE = "mnist-10k.gz"
FEATURES = tuple(f"pixel {row},{column}" for row in range(1, 29) for column in range(1, 29))
INK = 255
"""The darkest value of a pixel in the file."""
LEARNT, HELD_OUT = 10_000, 2_000
"""Those to learn from, and those held out, by other people."""


def records(wanted: slice) -> Samples:
    """Some of the digits, 0 (paper) to 1 (ink); OSError where set-up has not made the file.

    The file is a row of records: an image's label, then its pixels, a byte each.
    """
    found = np.frombuffer(content(FILE), dtype=np.uint8).reshape(-1, 1 + len(FEATURES))[wanted]
    return found[:, 1:] / float(INK), found[:, 0].astype(np.intp)


MNIST = Entry(
    name="mnist-10k",
    title={"en": "Handwritten digits, 28 × 28 (MNIST)", "zh": "手写数字 28 × 28 (MNIST)"},
    features=FEATURES,
    classes=tuple("0123456789"),
    samples=lambda: records(slice(LEARNT)),
    held_out=lambda: records(slice(LEARNT, None)),
    source="Y. LeCun, C. Cortes, C. Burges 1998; NIST's handwritten digits",
    sizes=(LEARNT, HELD_OUT),
    present=lambda: exists(FILE),
)
