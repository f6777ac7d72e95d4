"""Data sets made by a formula: the truth tables of four bits, XOR, and points in the plane."""

from __future__ import annotations

import numpy as np

__all__ = ["blobs", "four_bit_majority", "four_bit_parity", "spiral", "xor"]

Made = tuple[np.ndarray, np.ndarray]


def four_bits() -> np.ndarray:
    """The rows 0000 … 1111, (16, 4)."""
    return np.array([[number >> place & 1 for place in (3, 2, 1, 0)] for number in range(16)], dtype=np.float64)


def four_bit_majority() -> Made:
    """Class 1 where more than two bits are set."""
    x = four_bits()
    return x, (x.sum(axis=1) > 2).astype(np.intp)


def four_bit_parity() -> Made:
    """Class 1 where the number of set bits is odd: the hardest function of four bits for a small network."""
    x = four_bits()
    return x, (x.sum(axis=1) % 2).astype(np.intp)


def xor() -> Made:
    """The four corners of a square; class 1 where the two inputs differ."""
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float64)
    return x, (x.sum(axis=1) % 2).astype(np.intp)


def blobs() -> Made:
    """Three round heaps of 40 points, their centres on a circle of radius 2, standard deviation 0.6."""
    random = np.random.RandomState(1)
    angles = np.pi / 2 + 2 * np.pi * np.arange(3) / 3
    centres = 2 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    x = np.concatenate([centre + 0.6 * random.standard_normal((40, 2)) for centre in centres])
    return np.round(x, 3), np.repeat(np.arange(3), 40)


def spiral() -> Made:
    """Three arms of 50 points, each winding 220° outwards from radius 0.2 to 3, with a little noise in the angle."""
    random = np.random.RandomState(2)
    way = np.linspace(0, 1, 50)
    arms = []
    for arm in range(3):
        angle = 2 * np.pi * arm / 3 + np.deg2rad(220) * way + 0.08 * random.standard_normal(50)
        arms.append((0.2 + 2.8 * way)[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1))
    return np.round(np.concatenate(arms), 3), np.repeat(np.arange(3), 50)
