"""Writes tests/golden/layers.json: inputs and results worked out by mpmath with 50 digits, for pytest and node."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from pathlib import Path
from typing import Any

from mpmath import exp, log, mp, mpf

mp.dps = 50
TARGET = Path("tests/golden/layers.json")


def softmax(z: list[float], temperature: float) -> list[mpf]:
    """a_i of exact inputs."""
    powers = [exp(mpf(value) / mpf(temperature)) for value in z]
    return [power / sum(powers) for power in powers]


def sigmoid(z: mpf) -> mpf:
    """σ(z)."""
    return 1 / (1 + exp(-z))


def layer_case(name: str, z: list[float], temperature: float = 1.0) -> dict[str, Any]:
    """One case of the softmax layer."""
    a = softmax(z, temperature)
    jacobian = [
        [(ai * (1 - ai) if i == j else -ai * aj) / mpf(temperature) for j, aj in enumerate(a)] for i, ai in enumerate(a)
    ]
    return {
        "name": name,
        "z": z,
        "temperature": temperature,
        "a": [float(value) for value in a],
        "log_a": [float(log(value)) for value in a],
        "jacobian": [[float(value) for value in row] for row in jacobian],
    }


def sigmoid_case(z: float) -> dict[str, Any]:
    """One case of the sigmoid; ln(1 − σ(−z)) would need the digits of a float's whole negative exponent."""
    with mp.workdps(700):
        a = sigmoid(mpf(z))
        return {"z": z, "a": float(a), "log_a": float(log(a))}


def forward_case(name: str, sizes: list[int], seed: int, output: str) -> dict[str, Any]:
    """One sample through a network of random parameters."""
    source = random.Random(seed)
    w = [[[round(source.uniform(0, 1), 6) for _ in range(o)] for _ in range(i)] for i, o in pairwise(sizes)]
    b = [[round(source.uniform(0, 1), 6) for _ in range(o)] for o in sizes[1:]]
    x = [round(source.uniform(0, 2), 3) for _ in range(sizes[0])]
    a, zs, activations = [mpf(value) for value in x], [], []
    for layer, (matrix, bias) in enumerate(zip(w, b, strict=True)):
        z = [sum(a[j] * mpf(matrix[j][i]) for j in range(len(a))) + mpf(bias[i]) for i in range(len(bias))]
        last = layer == len(w) - 1
        if last and output == "softmax":
            powers = [exp(value) for value in z]
            a = [power / sum(powers) for power in powers]
        else:
            a = [sigmoid(value) for value in z]
        zs.append([float(value) for value in z])
        activations.append([float(value) for value in a])
    return {"name": name, "output": output, "x": x, "w": w, "b": b, "z": zs, "a": activations}


def layer_cases() -> list[dict[str, Any]]:
    """Named cases, then random ones of every size from 2 to 12 at several temperatures."""
    mp.dps = 1200
    cases = [
        layer_case("the article's a by z = ln a", [float(log(mpf(k) / 10)) for k in range(1, 5)]),
        layer_case("ties", [0.7, 0.7, 0.7]),
        layer_case("ties at the top", [3.0, 3.0, -1.0, 3.0]),
        layer_case("one winner", [0.0, 0.0, 9.0, 0.0]),
        layer_case("plus and minus 1000", [1000.0, -1000.0]),
        layer_case("plus and minus 1000, four classes", [1000.0, -1000.0, 999.5, 0.0]),
        layer_case("all at 1000", [1000.0, 1000.0, 1000.0]),
        layer_case("all at -1000", [-1000.0, -1000.0]),
        layer_case("far below the maximum", [700.3, 0.1, 33.3]),
        layer_case("just before underflow", [0.0, -700.123]),
        layer_case("nearly certain", [0.0, -37.5]),
        layer_case("cold", [1.2, -0.6, 2.4, 0.3], 0.05),
        layer_case("cold, wide", [3.1, -12.7, 30.2], 0.05),
        layer_case("cold, 1000", [1000.0, 999.9, -1000.0], 0.05),
        layer_case("hot", [1.2, -0.6, 2.4, 0.3], 7.3),
        layer_case("hot, 1000", [1000.0, -1000.0, 0.3], 7.3),
        layer_case("a gap that is rounded, the lower z the larger", [1605.3, 1605.3, -2099.5], 7.3),
        layer_case("a gap that is rounded, the higher z the larger", [2099.5, -1605.3], 7.3),
        layer_case("cold, a small logarithm", [0.1, -14.7, -13.3, -14.3], 0.05),
    ]
    source = random.Random(1)
    for classes in range(2, 13):
        for temperature in (1.0, 0.05, 7.3):
            for width in (source.choice((1.0, 5.0, 30.0)), 300.0 * temperature):
                z = [source.uniform(-width, width) for _ in range(classes)]
                cases.append(layer_case(f"random, {classes} classes, within {width:g}", z, temperature))
    return cases


if __name__ == "__main__":
    document = {
        "layers": layer_cases(),
        "sigmoids": [
            sigmoid_case(z) for z in (0.0, 1.0, -1.0, 0.3, -12.34, 36.9, -36.9, 700.1, -700.1, 1000.0, -1000.0)
        ],
        "forwards": [
            forward_case("the article's 4-5-2", [4, 5, 2], 1, "softmax"),
            forward_case("two hidden layers", [3, 6, 4, 3], 2, "softmax"),
            forward_case("softmax regression", [2, 5], 3, "softmax"),
            forward_case("sigmoid outputs", [4, 5, 3], 4, "sigmoid"),
        ],
    }
    TARGET.parent.mkdir(exist_ok=True)
    parts = (f'"{part}": [\n' + ",\n".join(map(json.dumps, cases)) + "\n]" for part, cases in document.items())
    TARGET.write_text("{\n" + ",\n".join(parts) + "\n}\n")
