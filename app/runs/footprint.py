"""How much memory a run may come to need: what an engine sets aside for it. Estimates, on the high side."""

from __future__ import annotations

from itertools import pairwise

from ..nn.data import Data
from ..nn.spec import Given, RunSpec, Table, layer_sizes
from .keeping import Keeping

__all__ = ["footprint", "table_bytes"]

PASSES = 14
"""Arrays as large as the outputs that a pass over all samples and its costs take."""
OBJECTS = 8_000
"""Bytes of the objects around a run's arrays."""
PYTHON_NUMBER = 40
"""Bytes of a number in a tuple."""


def footprint(spec: RunSpec, data: Data) -> int:
    """Bytes of a run's whole record and of the worker that trains it."""
    sizes = layer_sizes(spec, data)
    parameters = sum((units_in + 1) * units_out for units_in, units_out in pairwise(sizes))
    record = 8 * (spec.epochs + 1) + 8 * parameters * Keeping.plan(spec.epochs, parameters).most
    units = sum(above + 1 for above in sizes[1:])
    # Runs in mini-batches share their samples with all others on the same data.
    own_inputs = 0 if spec.batch_size and isinstance(spec.dataset, str) else data.inputs + 1
    training = 8 * (data.samples * (own_inputs + 3 * units + PASSES * data.classes) + 6 * parameters)
    return record + training + 2 * table_bytes(spec, data)


def table_bytes(spec: RunSpec, data: Data) -> int:
    """Bytes of what a run has for itself: its objects, and a data set or an initialisation by hand."""
    own = OBJECTS
    if isinstance(spec.dataset, Table):
        own += PYTHON_NUMBER * data.samples * (data.inputs + 1) + data.x.nbytes + data.y.nbytes
    if isinstance(spec.initialisation, Given):
        own += PYTHON_NUMBER * sum(
            units_out * (units_in + 1) for units_in, units_out in pairwise(layer_sizes(spec, data))
        )
    return own
