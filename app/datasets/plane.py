"""Points in the plane, made by a formula: XOR, heaps, and the arms of a spiral."""

from __future__ import annotations

import numpy as np

from .dataset import Entry, Samples

__all__ = ["BLOBS", "SPIRAL", "XOR"]

FEATURES = ("x1", "x2")


def xor() -> Samples:
    """The four corners of a square; class 1 where the two inputs differ."""
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float64)
    return x, (x.sum(axis=1) % 2).astype(np.intp)


def blobs() -> Samples:
    """Three round heaps of 40 points, their centres on a circle of radius 2, standard deviation 0.6."""
    random = np.random.RandomState(1)
    angles = np.pi / 2 + 2 * np.pi * np.arange(3) / 3
    centres = 2 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    x = np.concatenate([centre + 0.6 * random.standard_normal((40, 2)) for centre in centres])
    return np.round(x, 3), np.repeat(np.arange(3), 40)


def spiral() -> Samples:
    """Three arms of 50 points, each winding 220° outwards from radius 0.2 to 3, with a little noise in the angle."""
    random = np.random.RandomState(2)
    way = np.linspace(0, 1, 50)
    arms = []
    for arm in range(3):
        angle = 2 * np.pi * arm / 3 + np.deg2rad(220) * way + 0.08 * random.standard_normal(50)
        arms.append((0.2 + 2.8 * way)[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1))
    return np.round(np.concatenate(arms), 3), np.repeat(np.arange(3), 50)


XOR = Entry(
    name="xor",
    title={"en": "XOR", "zh": "异或"},
    features=FEATURES,
    classes=("same", "different"),
    samples=xor,
    chinese={"same": "相同", "different": "不同"},
)
BLOBS = Entry(
    name="blobs",
    title={"en": "Three blobs in the plane", "zh": "平面上的三团点"},
    features=FEATURES,
    classes=("A", "B", "C"),
    samples=blobs,
)
SPIRAL = Entry(
    name="spiral",
    title={"en": "Three arms of a spiral", "zh": "三臂螺线"},
    features=FEATURES,
    classes=("A", "B", "C"),
    samples=spiral,
)
