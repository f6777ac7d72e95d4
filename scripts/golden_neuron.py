"""Writes tests/golden/neuron.json: one neuron's whole training worked out by mpmath with 60 digits, for node."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mpmath import exp, log, mp, mpf

mp.dps = 60
TARGET = Path("tests/golden/neuron.json")
SHOWN = (0, 1, 2, 10, 50, 100, 150, 200, 300)


def train(w: float, b: float, eta: float, epochs: int, cost: str) -> list[dict[str, mpf]]:
    """Every epoch's a, cost, gradient and a(1 − a) for the input 1 and the target 0."""
    z, rate = mpf(w) + mpf(b), mpf(eta)
    rows = []
    for _ in range(epochs + 1):
        a = 1 / (1 + exp(-z))
        factor = a * (1 - a)
        delta = a * factor if cost == "quadratic" else a
        value = a * a / 2 if cost == "quadratic" else -log(1 - a)
        rows.append({"a": a, "cost": value, "gradient": delta, "factor": factor})
        z -= 2 * rate * delta
    return rows


def case(w: float, b: float, eta: float, cost: str) -> dict[str, Any]:
    """One race with its figures at some epochs, and the first epoch at half the cost."""
    rows = train(w, b, eta, SHOWN[-1], cost)
    half = next((epoch for epoch, row in enumerate(rows) if 2 * row["cost"] <= rows[0]["cost"]), None)
    shown = [{"epoch": epoch, **{name: float(value) for name, value in rows[epoch].items()}} for epoch in SHOWN]
    return {"w": w, "b": b, "eta": eta, "cost": cost, "half": half, "shown": shown}


if __name__ == "__main__":
    cases = [
        case(w, b, eta, cost)
        for w, b, eta in ((0.6, 0.9, 0.15), (2.0, 2.0, 0.15), (-3.0, 1.0, 0.4), (12.0, 8.0, 0.15))
        for cost in ("quadratic", "cross-entropy")
    ]
    TARGET.write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")
