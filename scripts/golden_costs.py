"""Writes tests/golden/costs.json: costs and their slopes by mpmath, and rounding as NumPy's small floats do it."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
from mpmath import exp, log, mp, mpf

# As many digits as 1 − a needs where a is 1 but for 10^−870.
mp.dps = 1200
TARGET = Path("tests/golden/costs.json")
PAIRS = [
    ("softmax", "log-likelihood"),
    ("softmax", "quadratic"),
    ("sigmoid", "cross-entropy"),
    ("sigmoid", "quadratic"),
]


def activations(z: list[mpf], output: str) -> list[mpf]:
    """a of exact inputs."""
    if output == "sigmoid":
        return [1 / (1 + exp(-value)) for value in z]
    powers = [exp(value) for value in z]
    return [power / sum(powers) for power in powers]


def terms(z: list[mpf], y: list[mpf], output: str, cost: str) -> list[mpf]:
    """What each class adds to the cost, written as the article writes it."""
    a = activations(z, output)
    if cost == "log-likelihood":
        return [-yi * log(ai) for ai, yi in zip(a, y, strict=True)]
    if cost == "cross-entropy":
        return [-(yi * log(ai) + (1 - yi) * log(1 - ai)) for ai, yi in zip(a, y, strict=True)]
    return [(ai - yi) ** 2 / 2 for ai, yi in zip(a, y, strict=True)]


def delta(z: list[mpf], y: list[mpf], output: str, cost: str) -> list[mpf]:
    """∂C/∂z by central differences of 1200 digits: nothing of the formulas that are to be checked."""
    step = mpf(10) ** -400
    slopes = []
    for i in range(len(z)):
        above, below = ([value + sign * step * (k == i) for k, value in enumerate(z)] for sign in (1, -1))
        rise = sum(terms(above, y, output, cost)) - sum(terms(below, y, output, cost))
        slopes.append(rise / (2 * step))
    return slopes


def cost_case(name: str, z: list[float], y: list[float], output: str, cost: str) -> dict[str, Any]:
    """One sample's cost, its terms and δ."""
    exact = [mpf(value) for value in z], [mpf(value) for value in y]
    parts = terms(*exact, output, cost)
    return {
        "name": name,
        "z": z,
        "y": y,
        "output": output,
        "cost": cost,
        "terms": [float(value) for value in parts],
        "value": float(sum(parts)),
        "delta": [float(value) for value in delta(*exact, output, cost)],
    }


def cost_cases() -> list[dict[str, Any]]:
    """Named cases and random ones, each under all four pairs of output and cost."""
    cases = [
        ("the article's worked example", [float(log(mpf(k) / 10)) for k in range(1, 5)], [0.0, 1.0, 0.0, 0.0]),
        ("soft", [1.2, -0.6, 2.4, 0.3], [0.05, 0.85, 0.05, 0.05]),
        ("multi-hot", [1.2, -0.6, 2.4, 0.3], [0.0, 1.0, 1.0, 0.0]),
        ("nothing is asked for", [1.2, -0.6], [0.0, 0.0]),
        ("the target underflows", [0.0, -746.0], [0.0, 1.0]),
        ("surely right", [37.5, 0.0], [1.0, 0.0]),
        ("surely wrong", [1000.0, -1000.0, 999.0], [0.0, 1.0, 0.0]),
    ]
    source = random.Random(4)
    for classes in (2, 3, 5, 12):
        z = [round(source.uniform(-8, 8), 3) for _ in range(classes)]
        chosen = source.randrange(classes)
        cases.append((f"random, {classes} classes", z, [float(i == chosen) for i in range(classes)]))
    return [cost_case(name, z, y, *pair) for name, z, y in cases for pair in PAIRS]


def roundings() -> list[dict[str, float | str]]:
    """What NumPy's float16 and float32 make of numbers: halfway cases, subnormals, the last finite one."""
    source = random.Random(7)
    edges = [0.0, 1.0, 1 / 3, 1 + 2**-11, 1 + 3 * 2**-11, 2049.0, 2051.0, 65503.0, 65519.999, 65520.0, 7e4]
    edges += [
        6.1e-5,
        2**-14,
        2**-14 - 2**-26,
        2**-24,
        2**-25,
        1.0000001 * 2**-25,
        3 * 2**-26,
        1e-8,
        1e-40,
        3.5e38,
        1e-46,
    ]
    edges += [source.uniform(1, 2) * 2.0 ** source.randint(-28, 17) for _ in range(60)]
    with np.errstate(over="ignore"):
        return [
            {"x": x, "float16": text(float(np.float16(x))), "float32": text(float(np.float32(x)))}
            for value in edges
            for x in (value, -value)
        ]


def text(value: float) -> str:
    """A float as text that JSON and JavaScript's Number both know."""
    return repr(value).replace("inf", "Infinity")


if __name__ == "__main__":
    document = {"costs": cost_cases(), "roundings": roundings()}
    parts = (f'"{part}": [\n' + ",\n".join(map(json.dumps, cases)) + "\n]" for part, cases in document.items())
    TARGET.write_text("{\n" + ",\n".join(parts) + "\n}\n")
