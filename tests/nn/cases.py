"""Random networks and data for property tests: every output, cost, rule, depth and width, small enough to be quick."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from app.nn.data import Data, one_hot
from app.nn.spec import PAIRS, RunSpec

pairs = st.sampled_from([(output, cost) for output, costs in PAIRS.items() for cost in costs])


@st.composite
def problems(draw: st.DrawFn, *, mini_batches: bool = False) -> tuple[RunSpec, Data]:
    """A spec of a few epochs and 2 to 9 samples that it fits."""
    output, cost = draw(pairs)
    samples, inputs, classes = draw(st.integers(2, 9)), draw(st.integers(1, 4)), draw(st.integers(2, 5))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    data = Data(random.normal(size=(samples, inputs)), one_hot(random.integers(0, classes, samples), classes))
    batch_size = draw(st.none() | st.integers(1, samples)) if mini_batches else None
    spec = RunSpec(
        hidden=tuple(draw(st.lists(st.integers(1, 5), max_size=3))),
        output=output,
        cost=cost,
        rule=draw(st.sampled_from(("exact", "article"))),
        initialisation=draw(st.sampled_from(("article", "scaled"))),
        output_bias=draw(st.booleans()),
        epochs=20,
        eta=draw(st.sampled_from((0.01, 0.1, 0.7))),
        batch_size=batch_size,
        seed=draw(st.integers(0, 2**32 - 1)),
    )
    return spec, data
