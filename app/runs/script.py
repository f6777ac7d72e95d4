"""A run as a stand-alone NumPy program that anybody can read, keep and run: the same spec, the same costs."""

from __future__ import annotations

import json

from ..datasets import Dataset
from ..nn.pairs import pair_of
from ..nn.reading import as_document
from ..nn.spec import Given, RunSpec

__all__ = ["script"]

HEAD = '''"""{title}: a run of Softmax Playground, to be repeated with NumPy alone.

Every 1000 epochs it prints epoch and mean cost with the parameters before that update, and at the end the final cost.
"""

import json

import numpy as np

spec = json.loads("""{spec}""")
x = np.array(json.loads("""{x}"""))
labels = np.array(json.loads("""{labels}"""))
y = np.eye({classes})[labels]
sizes = {sizes}
eta, seed = spec["eta"], spec["seed"]


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def log_softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))

'''

START = {
    "article": """
random = np.random.RandomState(seed)
w, b = [], []
for units_in, units_out in zip(sizes, sizes[1:]):
    w.append(random.rand(units_in, units_out))
    b.append(random.rand(units_out))
""",
    "scaled": """
random = np.random.RandomState(seed)
w, b = [], []
for units_in, units_out in zip(sizes, sizes[1:]):
    w.append(random.standard_normal((units_in, units_out)) / np.sqrt(units_in))
    b.append(random.standard_normal(units_out))
""",
    "given": """
w = [np.array(layer) for layer in spec["initialisation"]["w"]]
b = [np.array(layer) for layer in spec["initialisation"]["b"]]
""",
}

FUNCTIONS = '''

def forward(x):
    """The inputs of every layer, and the output layer's z."""
    inputs = [x]
    for k in range(len(w) - 1):
        inputs.append(sigmoid(inputs[-1] @ w[k] + b[k]))
    return inputs, inputs[-1] @ w[-1] + b[-1]


def cost(z, y):
    {cost}


def output_delta(z, y):
    {delta}


def update(x, y):
    inputs, z = forward(x)
    delta = output_delta(z, y)
    for k in reversed(range(len(w))):
        gradient_w, gradient_b = {gradient}, delta.mean(axis=0)
        if k < len(w) - 1 or {output_bias}:
            b[k] = b[k] - eta * gradient_b
{order}

'''

EXACT = """        below = delta @ w[k].T
        w[k] = w[k] - eta * gradient_w
        delta = below * inputs[k] * (1 - inputs[k])"""

ARTICLE = """        w[k] = w[k] - eta * gradient_w
        below = delta @ w[k].T  # the article takes the weights that have just changed
        delta = below * inputs[k] * (1 - inputs[k])"""

LOOP = """
costs = []
for epoch in range(spec["epochs"]):
    costs.append(cost(forward(x)[1], y))
    if epoch % 1000 == 0:
        print(epoch, costs[-1])
{batches}
costs.append(cost(forward(x)[1], y))
print(spec["epochs"], costs[-1])
"""

FULL = "    update(x, y)"
MINI = """    order = np.random.default_rng([seed, epoch]).permutation(len(x))
    for first in range(0, len(x), spec["batch_size"]):
        chosen = order[first : first + spec["batch_size"]]
        update(x[chosen], y[chosen])"""


def script(spec: RunSpec, dataset: Dataset) -> str:
    """The program's text. It keeps the costs in ``costs``, one for each epoch and the final one."""
    data = dataset.data
    document = as_document(spec)
    if not isinstance(document["dataset"], str):
        document["dataset"] = dataset.name
    cost, delta = pair_of(spec.output, spec.cost).program
    exact = spec.rule == "exact"
    start = START["given" if isinstance(spec.initialisation, Given) else spec.initialisation]
    return "".join(
        (
            HEAD.format(
                title=dataset.title["en"],
                spec=json.dumps(document, indent=1),
                x=json.dumps(data.x.tolist()),
                labels=json.dumps(data.labels.tolist()),
                classes=data.classes,
                sizes=[data.inputs, *spec.hidden, data.classes],
            ),
            start,
            "" if spec.output_bias else "b[-1] = np.zeros_like(b[-1])\n",
            FUNCTIONS.format(
                cost=cost,
                delta=delta,
                gradient="inputs[k].T @ delta / len(x)" if exact else "inputs[k].T @ delta",
                output_bias=spec.output_bias,
                order=EXACT if exact else ARTICLE,
            ),
            LOOP.format(batches=FULL if spec.batch_size is None else MINI),
        )
    )
