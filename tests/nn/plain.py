"""An independent implementation of the article's experiment in the plainest NumPy, sharing nothing with the product."""

from __future__ import annotations

from itertools import pairwise

import numpy as np


def sigmoid(z: np.ndarray) -> np.ndarray:
    """1 / (1 + e^{−z})."""
    with np.errstate(over="ignore"):
        return np.asarray(1 / (1 + np.exp(-z)))


def softmax(z: np.ndarray) -> np.ndarray:
    """Row by row."""
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def mean_cost(z: np.ndarray, y: np.ndarray, output: str, cost: str) -> float:
    """The mean cost over the rows."""
    a = softmax(z) if output == "softmax" else sigmoid(z)
    if cost == "log-likelihood":
        shifted = z - z.max(axis=1, keepdims=True)
        return float(-(y * (shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))).sum(axis=1).mean())
    if cost == "cross-entropy":
        return float((np.logaddexp(0, z) - y * z).sum(axis=1).mean())
    return float(0.5 * ((a - y) ** 2).sum(axis=1).mean())


def output_delta(z: np.ndarray, y: np.ndarray, output: str, cost: str) -> np.ndarray:
    """∂C/∂z row by row, through the whole Jacobian of each row."""
    a = softmax(z) if output == "softmax" else sigmoid(z)
    if cost != "quadratic":
        return np.asarray(a - y)
    delta = np.empty_like(a)
    for row in range(len(a)):
        full = np.diag(a[row]) - np.outer(a[row], a[row])
        jacobian = full if output == "softmax" else np.diag(a[row] * (1 - a[row]))
        delta[row] = jacobian.T @ (a[row] - y[row])
    return delta


def train(
    x: np.ndarray,
    y: np.ndarray,
    hidden: tuple[int, ...] = (5,),
    *,
    epochs: int,
    output: str = "softmax",
    cost: str = "log-likelihood",
    rule: str = "exact",
    eta: float = 0.1,
    seed: int = 0,
    output_bias: bool = True,
) -> list[float]:
    """The costs before every update, and the final one; full batch, the article's initialisation."""
    random = np.random.RandomState(seed)
    sizes = [x.shape[1], *hidden, y.shape[1]]
    w, b = [], []
    for units_in, units_out in pairwise(sizes):
        w.append(random.rand(units_in, units_out))
        b.append(random.rand(1, units_out))
    if not output_bias:
        b[-1] = np.zeros_like(b[-1])
    costs = []
    for _ in range(epochs):
        a = [x]
        for k in range(len(hidden)):
            a.append(sigmoid(a[-1] @ w[k] + b[k]))
        z = a[-1] @ w[-1] + b[-1]
        costs.append(mean_cost(z, y, output, cost))
        delta = output_delta(z, y, output, cost)
        for k in reversed(range(len(w))):
            old = w[k]
            share = len(x) if rule == "exact" else 1
            w[k] = old - eta * (a[k].T @ delta) / share
            if output_bias or k < len(w) - 1:
                b[k] = b[k] - eta * delta.mean(axis=0, keepdims=True)
            through = old if rule == "exact" else w[k]
            delta = (delta @ through.T) * a[k] * (1 - a[k])
    a_last = x
    for k in range(len(hidden)):
        a_last = sigmoid(a_last @ w[k] + b[k])
    costs.append(mean_cost(a_last @ w[-1] + b[-1], y, output, cost))
    return costs
