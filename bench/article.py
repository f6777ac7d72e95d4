"""The study article's loop, ported to Python 3 line by line and otherwise left as it is: the yardstick for training."""

from __future__ import annotations

import numpy as np

__all__ = ["article_loop"]


def sigmoid(z: np.ndarray) -> np.ndarray:
    """As the article has it."""
    return np.asarray(1.0 / (1.0 + np.exp(-z)))


def softmax(z: np.ndarray) -> np.ndarray:
    """Row by row; the article's own form would overflow on centimetres, so the maximum is taken off."""
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def article_loop(x: np.ndarray, y: np.ndarray, epochs: int, seed: int, hidden: int = 5) -> list[float]:
    """Train the article's 4-5-2 network (hidden and outputs as given) and record the cost every 1000 epochs."""
    random = np.random.RandomState(seed)
    w2, b2 = random.rand(x.shape[1], hidden), random.rand(1, hidden)
    w3, b3 = random.rand(hidden, y.shape[1]), random.rand(1, y.shape[1])
    eta = 0.1
    costs = []
    for epoch in range(epochs):
        z2 = np.dot(x, w2) + b2
        a2 = sigmoid(z2)
        z3 = np.dot(a2, w3) + b3
        a3 = softmax(z3)
        if epoch % 1000 == 0:
            costs.append(float(-np.log((a3 * y).sum(axis=1)).mean()))
        delta3 = a3 - y
        w3 -= eta * np.dot(a2.T, delta3)
        b3 -= eta * np.mean(delta3, axis=0)
        delta2 = np.dot(delta3, w3.T) * a2 * (1 - a2)
        w2 -= eta * np.dot(x.T, delta2)
        b2 -= eta * np.mean(delta2, axis=0)
    return costs
