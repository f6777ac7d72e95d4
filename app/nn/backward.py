"""Back-propagation: δ layer by layer, and the gradient of the mean cost (rows D1 to D3 and D7)."""

from __future__ import annotations

import numpy as np

from .costs import delta_of
from .data import Array, Data
from .layers import sigmoid_vjp
from .network import Parameters, Trace
from .spec import RunSpec

__all__ = ["deltas", "gradient"]


def deltas(spec: RunSpec, parameters: Parameters, trace: Trace, y: Array) -> tuple[Array, ...]:
    """δ of every layer after the inputs, (samples, units) each.

    The output layer's comes from the cost (``costs.delta_of``); below it δ^l = (δ^{l+1} · wᵀ) ∘ a(1 − a). Only the
    first of them knows which output layer it is (row D8).
    """
    found = [delta_of(trace.z[-1], y, spec.output, spec.cost)]
    for layer in range(len(parameters.w) - 1, 0, -1):
        found.append(sigmoid_vjp(found[-1] @ parameters.w[layer].T, trace.a[layer]))
    return tuple(reversed(found))


def gradient(spec: RunSpec, parameters: Parameters, trace: Trace, data: Data) -> Parameters:
    """∂C/∂w = aᵀ·δ / n and ∂C/∂b = mean δ, where C is the mean cost over the n samples; shaped like the parameters.

    Without an output bias its gradient is 0.
    """
    found = deltas(spec, parameters, trace, data.y)
    w = tuple(np.asarray(a.T @ delta / data.samples) for a, delta in zip(trace.a, found, strict=False))
    b = [np.asarray(delta.mean(axis=0)) for delta in found]
    if not spec.output_bias:
        b[-1] = np.zeros_like(b[-1])
    return Parameters(w, tuple(b))
