"""The script of a run, executed as its reader would, gives the run's costs."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from app.datasets import resolve
from app.nn.kernel import Kernel
from app.nn.spec import Given, RunSpec, Table
from app.runs.script import script

GIVEN = Given(w=(((0.1, -0.2), (0.3, 0.4)),), b=((0.0, 0.5),))
TABLE = Table(x=((0.0, 1.0), (1.0, 0.0), (1.0, 1.0)), y=(0, 1, 1), classes=2)
SPECS = {
    "the article's experiment": RunSpec(epochs=60),
    "the article's rule, three layers": RunSpec(epochs=60, rule="article", hidden=(5, 4), dataset="iris", eta=0.01),
    "sigmoid with cross-entropy": RunSpec(epochs=60, output="sigmoid", cost="cross-entropy", batch_size=7),
    "quadratic cost, no output bias": RunSpec(epochs=60, cost="quadratic", output_bias=False, initialisation="scaled"),
    "sigmoid with quadratic cost": RunSpec(epochs=60, output="sigmoid", cost="quadratic", dataset="xor"),
    "a table and a start by hand": RunSpec(epochs=60, dataset=TABLE, hidden=(), initialisation=GIVEN),
}


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS.keys())
def test_the_script_repeats_the_run(spec: RunSpec) -> None:
    dataset = resolve(spec.dataset)
    kernel = Kernel(spec, dataset.data)
    state, costs = kernel.advance(kernel.start(), spec.epochs)
    program = script(spec, dataset) + "\nprint(json.dumps(costs))\n"
    told = subprocess.run(
        [sys.executable, "-W", "error", "-"], input=program, capture_output=True, text=True, check=True
    )
    printed = np.array(json.loads(told.stdout.splitlines()[-1]))
    np.testing.assert_allclose(printed, [*costs, kernel.observe(state).cost], rtol=1e-9)
