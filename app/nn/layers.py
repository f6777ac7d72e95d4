"""The two output layers: value, logarithm, Jacobian, and the product that back-propagation needs.

Softmax is a layer, not an elementwise function: every a depends on every z (row B5 of the article), so its derivative
is a full matrix. All functions work on the last axis, are stable for every finite z, and know no epsilon.
"""

from __future__ import annotations

import numpy as np

from .data import Array

__all__ = [
    "log_sigmoid",
    "log_softmax",
    "sigmoid",
    "sigmoid_jacobian",
    "sigmoid_vjp",
    "softmax",
    "softmax_jacobian",
    "softmax_vjp",
]

SPLITTER = 134217729.0
"""2²⁷ + 1: Dekker's constant, which cuts a float64 into two halves of 26 bits."""

LARGEST_SPLIT = 1e290
"""Beyond this Dekker's split would overflow; below its inverse the products of the halves would underflow."""

FARTHEST = 800.0
"""Beyond this many nats below the maximum e^gap is 0 in float64, and a gap needs no more digits than it has."""


def softmax(z: Array, temperature: float = 1.0) -> Array:
    """a_i = e^{z_i / T} / Σ_k e^{z_k / T} (row B1), computed from z − max z, which changes nothing but the overflow.

    ``z``: (..., classes), finite. Returns the same shape; every row sums to 1.
    """
    powers, _ = shifted_powers(z, temperature)
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def log_softmax(z: Array, temperature: float = 1.0) -> Array:
    """ln a_i = (z_i − max z)/T − ln Σ_k e^{(z_k − max z)/T}: finite where a_i itself underflows to 0 (row C3).

    ``z``: (..., classes), finite. Returns the same shape, in nats. The sum is taken as 1 + the others, so that a class
    with a nearly 1 keeps the digits of its small logarithm.
    """
    powers, gaps = shifted_powers(z, temperature)
    np.put_along_axis(powers, np.argmax(z, axis=-1, keepdims=True), 0.0, axis=-1)
    return np.asarray(gaps - np.log1p(powers.sum(axis=-1, keepdims=True)))


def shifted_powers(z: Array, temperature: float) -> tuple[Array, Array]:
    """e^{(z − max z)/T} and (z − max z)/T, the former to a few units in the last place.

    A rounding error of x·2⁻⁵³ in an exponent x is one of the same size in the power, and x may be −700. So what
    the subtraction and the division round away is computed too (Dekker 1971) and put back as a factor 1 + rest.
    """
    with np.errstate(over="ignore"):
        highest = z.max(axis=-1, keepdims=True)
        difference = z - highest
        gaps = np.asarray(difference / temperature)
    if not 1 / LARGEST_SPLIT < temperature < LARGEST_SPLIT:
        return np.exp(gaps), gaps
    near = (np.abs(gaps) <= FARTHEST) & (np.abs(z) < LARGEST_SPLIT)
    z_near = np.where(near, z, highest)
    quotient = np.where(near, gaps, 0.0)
    rest = np.where(near, division_rest(z_near, highest, np.where(near, difference, 0.0), quotient, temperature), 0.0)
    return np.exp(gaps) * (1.0 + rest), gaps


def division_rest(z: Array, highest: Array, difference: Array, quotient: Array, temperature: float) -> Array:
    """What (z − highest)/T lost to rounding, given its rounded difference and quotient: about 2⁻⁵² of the quotient."""
    back = difference + highest
    lost = np.where(difference == 0.0, 0.0, (z - back) - (highest - (back - difference)))
    product = quotient * temperature
    quotient_high, quotient_low = halves(quotient)
    high, low = halves(np.float64(temperature))
    product_error = quotient_low * low - (
        ((product - quotient_high * high) - quotient_low * high) - quotient_high * low
    )
    return np.asarray((((difference - product) - product_error) + lost) / temperature)


def halves(value: Array | np.float64) -> tuple[Array, Array]:
    """A float64 as the exact sum of two numbers of 26 bits each (Dekker's split)."""
    scaled = SPLITTER * value
    high = scaled - (scaled - value)
    return np.asarray(high), np.asarray(value - high)


def softmax_jacobian(a: Array, temperature: float = 1.0) -> Array:
    """∂a_i/∂z_j: a_i (1 − a_i)/T on the diagonal (row D4), −a_i a_j/T off it (row D5).

    ``a``: (..., classes), rows that sum to 1. Returns (..., classes, classes), rows are outputs i. 1 − a_i is taken as
    the sum of the others, which is the same and keeps its digits where a_i is nearly 1. Rows and columns sum to 0.
    """
    jacobian = -a[..., :, None] * a[..., None, :] / temperature
    diagonal = np.arange(a.shape[-1])
    jacobian[..., diagonal, diagonal] = 0.0
    jacobian[..., diagonal, diagonal] = -jacobian.sum(axis=-1)
    return np.asarray(jacobian)


def softmax_vjp(gradient: Array, a: Array) -> Array:
    """Σ_i gradient_i ∂a_i/∂z_j = a_j (gradient_j − Σ_i gradient_i a_i), at T = 1.

    ``gradient``, ``a``: (..., classes). Returns the same shape.
    """
    return np.asarray(a * (gradient - (gradient * a).sum(axis=-1, keepdims=True)))


def sigmoid(z: Array) -> Array:
    """a = 1 / (1 + e^{−z}), each unit for itself (row A4). Any shape; only e^{−|z|} is formed, so nothing overflows."""
    power = np.exp(-np.abs(z))
    return np.asarray(np.where(z >= 0, 1.0, power) / (1.0 + power))


def log_sigmoid(z: Array) -> Array:
    """ln σ(z) = min(z, 0) − ln(1 + e^{−|z|}), in nats; ln(1 − σ(z)) is ``log_sigmoid(-z)``."""
    return np.asarray(np.minimum(z, 0.0) - np.log1p(np.exp(-np.abs(z))))


def sigmoid_jacobian(a: Array) -> Array:
    """∂a_i/∂z_j of sigmoid outputs: a_i (1 − a_i) on the diagonal, 0 elsewhere. (..., units) → (..., units, units)."""
    return np.asarray((a * (1.0 - a))[..., :, None] * np.eye(a.shape[-1]))


def sigmoid_vjp(gradient: Array, a: Array) -> Array:
    """gradient · ∂a/∂z = gradient ∘ a (1 − a): the factor that stalls a saturated unit (row A1)."""
    return np.asarray(gradient * a * (1.0 - a))
