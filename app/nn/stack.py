"""Many runs as one array program: runs of one shape lie side by side as *lanes*, and one list of calls trains them all.

Layout: activations (units + 1, lanes, samples), weights of the first layer (units, lanes, inputs + 1), of a later one
(units in + 1, units, lanes): lanes and samples are contiguous, so the tiny products of one run become long vector
operations. A lane's bits depend on the lane alone. Elementwise operations see to that by themselves; sums over units or
samples are products with a matrix of ones, or are taken row by row; and products come in eights of rows, which BLAS
adds in one order with the core type that ``app.PINNED`` names (``docs/decisions/0040``).

Constants cost nothing: a layer of tanh units holds half its weights (σ(z) = (1 + tanh(z/2))/2), and activations are
held doubled, which the weights above make good. These are powers of two, so no bit is lost. Softmax of two classes is
one tanh unit of the logits' difference: a₂ − a₁ = tanh((z₂ − z₁)/2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .costs_of_logits import EIGHT, FEW_SAMPLES, MeanCosts
from .data import Array, Data
from .network import Parameters
from .pairs import pair_of
from .passes import ONE, Call, play
from .rows import Rows, row_of
from .spec import RunSpec, layer_sizes

__all__ = ["Lane", "Stack", "fits"]

MOST_SAMPLES, MOST_INPUTS, MOST_PRODUCTS = 200, 64, 1500
"""Beyond these a run gains nothing from neighbours; within them BLAS adds a row in one piece."""
WIDE = 256
"""From so many numbers in a row on, adding up rows is quicker than a product with ones; the bits are the same."""
TOGETHER, NUMBERS_TOGETHER = 128, 16_384
"""Costs are worked out for so many epochs at once, or for as many as have so many logits."""

Places = NDArray[np.intp]
NOTHING: Mapping[int, Places] = {}


def fits(spec: RunSpec, data: Data) -> bool:
    """Whether runs of this spec are trained in stacks. Depends on the spec and its data alone, never on the load."""
    units = units_of(spec, data)
    products = sum((below + 1) * above for below, above in pairwise(units))
    return (
        spec.batch_size is None
        and 2 <= data.samples <= MOST_SAMPLES
        and data.inputs <= MOST_INPUTS
        and products * data.samples <= MOST_PRODUCTS
    )


def units_of(spec: RunSpec, data: Data) -> tuple[int, ...]:
    """The units of every layer; softmax of two classes is one unit."""
    sizes = layer_sizes(spec, data)
    return (*sizes[1:-1], 1 if spec.output == "softmax" and data.classes == 2 else sizes[-1])


@dataclass(frozen=True, slots=True, eq=False)
class Lane:
    """One run in a stack: its parameters, its learning rate, and the parameters it began with."""

    parameters: Parameters
    eta: float
    start: Parameters


class Stack:
    """Buffers for ``lanes`` runs of one shape: ``hold`` states, ``advance``, read the ``rows`` of parameters.

    ``spec`` says everything but eta and seed, which each lane has for itself. An idle lane has eta 0.
    """

    def __init__(self, spec: RunSpec, data: Data, lanes: int) -> None:
        pair_of(spec.output, spec.cost)
        sizes = layer_sizes(spec, data)
        self.spec, self.data = spec, data
        self.paired = spec.output == "softmax" and data.classes == 2
        self.sizes = sizes
        self.units = units_of(spec, data)
        self.lanes = lanes
        self.small = data.samples <= FEW_SAMPLES
        self.scales = list(self.stored_scales())
        self.layout = Rows(sizes)
        self.allocate()
        self.forward = list(self.forward_calls())
        self.update = list(self.update_calls())
        self.together = max(1, min(TOGETHER, NUMBERS_TOGETHER // self.p.size))
        self.costs = MeanCosts(spec, self.target, self.together, tanh=self.scales_are_halved, paired=self.paired)

    # ------------------------------------------------------------------ buffers

    def stored_scales(self) -> Iterator[float]:
        """What a layer's weights are multiplied with where they are held: a power of two."""
        for layer, _ in enumerate(self.units):
            tanh = layer < len(self.units) - 1 or self.paired or self.spec.output == "sigmoid"
            yield (0.5 if tanh else 1.0) * (0.5 if layer > 0 else 1.0)

    def allocate(self) -> None:
        """All arrays. They never move: the lists of calls hold views of them."""
        lanes, samples, inputs = self.lanes, self.data.samples, self.data.inputs
        last = self.units[-1]
        self.x = np.hstack([self.data.x, np.ones((samples, 1))])
        self.x_down = np.ascontiguousarray(self.x.T)
        self.first_rows, self.first = in_eights((self.units[0], lanes), inputs + 1)
        self.first_slope = np.empty_like(self.first_rows)
        self.first_z, first_z = in_eights((self.units[0], lanes), samples)
        self.first_delta, first_delta = in_eights((self.units[0], lanes), samples)
        self.upper = [
            np.zeros((below + 1, units, lanes, samples if self.small else 1)) for below, units in pairwise(self.units)
        ]
        self.tanh = [np.ones((units + 1, lanes, samples)) for units in self.units[:-1]]
        self.doubled = [np.full((units + 1, lanes, samples), 2.0) for units in self.units[:-1]]
        self.slack = [np.empty((units, lanes, samples)) for units in self.units[:-1]]
        self.deltas = [first_delta, *(np.empty((units, lanes, samples)) for units in self.units[1:])]
        products = [in_eights(weights.shape[:3], samples) for weights in self.upper]
        self.product_rows, self.products = [rows for rows, _ in products], [view for _, view in products]
        sums = [in_eights(weights.shape[:3], weights.shape[3]) for weights in self.upper]
        self.sum_rows, self.sums = [rows for rows, _ in sums], [view for _, view in sums]
        last_weights = self.upper[-1] if self.upper else self.first
        self.own, self.common = np.zeros(last_weights.shape), np.zeros(last_weights.shape)
        self.p_twice = np.empty((2, last * lanes * samples))
        self.p = self.p_twice[0].reshape((last, lanes, samples)) if self.upper else first_z
        self.hidden_z = first_z
        self.rate = np.zeros((last, lanes, samples))  # of δ's own shape: a call that broadcasts takes twice as long
        y = self.data.y.T[:, None, :]
        self.target = np.empty((last, lanes, samples))
        self.target[:] = 2.0 * (y[1:] if self.paired else y) - 1.0 if self.scales_are_halved else y
        self.spare = np.empty((last, lanes, samples))
        self.row = np.empty((lanes, samples))

    @property
    def scales_are_halved(self) -> bool:
        """Whether the output layer is of tanh units, whose target is −1 or 1."""
        return self.paired or self.spec.output == "sigmoid"

    # -------------------------------------------------------------------- calls

    def forward_calls(self) -> Iterator[Call]:
        """From the samples to ``p``: the logits, halved where the output units are tanh."""
        yield np.dot, (self.first_rows, self.x_down, self.first_z)
        z = self.hidden_z
        for layer, weights in enumerate(self.upper):
            hidden, twice = self.tanh[layer][:-1], self.doubled[layer]
            products = self.products[layer]
            yield np.tanh, (z, hidden)
            yield np.add, (hidden, ONE, twice[:-1])
            yield np.multiply, (twice[:, None], weights, products)
            rows = products.reshape(len(products), -1)
            if layer < len(self.upper) - 1:
                z = self.tanh[layer + 1][:-1]
                yield np.add.reduce, (rows, 0, None, z.reshape(-1))
            elif len(rows) < EIGHT and rows.shape[1] < WIDE:
                yield np.dot, (np.ones((2, len(rows))), rows, self.p_twice)
            else:
                yield np.add.reduce, (rows, 0, None, self.p_twice[0])

    def update_calls(self) -> Iterator[Call]:
        """From ``p`` to new weights: δ of the output, then the spec's rule from the last layer down."""
        yield from self.output_delta()
        gain = self.output_gain()
        for layer in range(len(self.units) - 1, 0, -1):
            learn = list(self.learn(layer, self.step(layer) / gain))
            down = list(self.pass_down(layer))
            yield from (*learn, *down) if self.spec.rule == "article" else (*down, *learn)
            gain *= 4.0 * self.scales[layer] * (2.0 if self.paired and layer == len(self.units) - 1 else 1.0)
        yield from self.learn_first(self.step(0) / gain)

    def step(self, layer: int) -> float:
        """How much of Σ δ·a (a held doubled above the samples) a held weight moves by, for a rate of 1."""
        return self.scales[layer] * (0.5 if layer > 0 else 1.0)

    def output_gain(self) -> float:
        """By what the held δ of the output is larger than δ times the rate, as ``output_delta`` leaves it."""
        return self.step(len(self.units) - 1)

    def output_delta(self) -> Iterator[Call]:
        """δ of the output layer, times the lane's rate and the output's gain."""
        delta, p, spare = self.deltas[-1], self.p, self.spare
        if self.scales_are_halved:
            yield np.tanh, (p, delta)
            if self.spec.cost == "quadratic":
                yield np.multiply, (delta, delta, spare)
                yield np.subtract, (ONE, spare, spare)
            yield np.subtract, (delta, self.target, delta)
            if self.spec.cost == "quadratic":
                yield np.multiply, (delta, spare, delta)
        else:
            yield from self.softmax()
            yield np.subtract, (delta, self.target, delta)
            if self.spec.cost == "quadratic":
                yield from self.through_softmax()
        yield np.multiply, (delta, self.rate, delta)

    def softmax(self) -> Iterator[Call]:
        """a of every class into the last δ, for more than two classes; a copy of it stays in ``spare``."""
        delta, row = self.deltas[-1], self.row
        yield np.maximum.reduce, (self.p, 0, None, row)
        yield np.subtract, (self.p, row, delta)
        yield np.exp, (delta, delta)
        yield np.add.reduce, (delta, 0, None, row)
        yield np.divide, (delta, row, delta)
        if self.spec.cost == "quadratic":
            yield np.copyto, (self.spare, delta)

    def through_softmax(self) -> Iterator[Call]:
        """δ = a ∘ (g − Σ a g) with g = a − y."""
        delta, a, row = self.deltas[-1], self.spare, self.row
        weighted = np.empty_like(a)
        yield np.multiply, (delta, a, weighted)
        yield np.add.reduce, (weighted, 0, None, row)
        yield np.subtract, (delta, row, delta)
        yield np.multiply, (delta, a, delta)

    def delta_scale(self) -> float:
        """What δ·rate·gain is multiplied with in ``rate``, for what ``output_delta`` leaves out."""
        if not self.scales_are_halved:
            return 1.0
        # t − target is twice a − y; of two classes both weights move, so their difference moves by twice δ.
        factor = 1.0 if self.paired else 0.5
        if self.spec.cost == "quadratic":
            factor *= 0.5 if self.paired else 0.25
        return factor

    def learn(self, layer: int, factor: float) -> Iterator[Call]:
        """w ← w − Σ over the samples of δ·a, for a layer above the first."""
        weights, below, sums = self.upper[layer - 1], self.doubled[layer - 1], self.sums[layer - 1]
        products = self.products[layer - 1]
        yield np.multiply, (below[:, None], self.deltas[layer][None], products)
        if self.small:
            ones = np.full((self.data.samples, self.data.samples), factor)
            yield np.dot, (self.product_rows[layer - 1], ones, self.sum_rows[layer - 1])
        else:
            yield np.add.reduce, (products, 3, None, sums, True)
            if factor != 1.0:
                yield np.multiply, (sums, np.array(factor), sums)
        rates = self.rates(layer)
        if rates is not None:
            yield np.multiply, (sums, rates[:, None, None, None], sums)
        yield from self.move(layer, weights, sums)

    def move(self, layer: int, weights: Array, sums: Array) -> Iterator[Call]:
        """Take the sums off the weights; off the second class's own, where the layer is a pair of classes."""
        if not (self.paired and layer == len(self.units) - 1):
            yield np.subtract, (weights, sums, weights)
            return
        yield np.subtract, (self.own, sums, self.own)
        yield np.subtract, (self.own, self.common, weights)

    def rates(self, layer: int) -> Array | None:
        """What the rows of a layer's slope are multiplied with, the bias last; None where all are 1."""
        inputs = self.sizes[layer]
        rates = np.ones(inputs + 1)
        if self.spec.rule == "article":
            rates[:-1] = self.data.samples
        if layer == len(self.units) - 1 and not self.spec.output_bias:
            rates[-1] = 0.0
        return None if (rates == 1.0).all() else rates

    def pass_down(self, layer: int) -> Iterator[Call]:
        """δ of the layer below: Σ w·δ ∘ (1 − tanh²).

        The forward pass has left w·(1 + tanh) behind, which the rule ``article`` has moved on from: it learns first.
        """
        weights, below = self.upper[layer - 1][:-1], self.tanh[layer - 1][:-1]
        delta, slack, products = self.deltas[layer - 1], self.slack[layer - 1], self.products[layer - 1][:-1]
        if self.spec.rule == "article":
            yield np.multiply, (weights, self.doubled[layer - 1][:-1, None], products)
        if self.units[layer] == 1:
            yield np.multiply, (products[:, 0], self.deltas[layer], delta)
        else:
            yield np.multiply, (products, self.deltas[layer][None], products)
            yield np.add.reduce, (products, 1, None, delta)
        yield np.subtract, (ONE, below, slack)
        yield np.multiply, (delta, slack, delta)

    def learn_first(self, factor: float) -> Iterator[Call]:
        """w ← w − δ·x for the first layer; the factor and the rates of the rows are in the samples."""
        rates = self.rates(0)
        x = self.x * factor if rates is None else self.x * factor * rates
        yield np.dot, (self.first_delta, x, self.first_slope)
        slope = self.first_slope[: self.units[0] * self.lanes].reshape(self.first.shape)
        yield from self.move(0, self.first, slope)

    # ------------------------------------------------------------------- states

    def hold(self, lanes: Sequence[Lane]) -> None:
        """Take these lanes; the others idle."""
        full, begun, factor = np.zeros((self.lanes, self.layout.length)), None, self.delta_scale() * self.output_gain()
        for place, lane in enumerate(lanes):
            full[place] = row_of(lane.parameters)
        if self.paired:
            begun = np.zeros_like(full)
            for place, lane in enumerate(lanes):
                begun[place] = row_of(lane.start)
        self.rate[:] = 0.0
        self.rate[:, : len(lanes)] = np.array([[lane.eta * factor / self.data.samples] for lane in lanes])
        for layer, joined in enumerate(self.layout.joined(full)):
            if begun is not None and layer == len(self.units) - 1:
                self.hold_pair(joined, self.layout.joined(begun)[layer])
            else:
                self.place(layer, joined * self.scales[layer])

    def hold_pair(self, joined: Array, begun: Array) -> None:
        """Take a layer of two classes. Their weights move by as much in opposite ways, so that their sum is always what
        it was at the start: the second class's weight and that sum say all, to the bit, whenever a run is taken up.
        """
        scale, last = self.scales[-1], len(self.units) - 1
        self.place(last, 2.0 * scale * joined[:, :, 1:], self.own)
        self.place(last, scale * (begun[:, :, :1] + begun[:, :, 1:]), self.common)
        np.subtract(self.own, self.common, self.upper[-1] if self.upper else self.first)

    def place(self, layer: int, joined: Array, where: Array | None = None) -> None:
        """Put (lanes, units in + 1, units) into a layer's array."""
        if layer == 0:
            (self.first if where is None else where)[:] = joined.transpose(2, 0, 1)
        else:
            (self.upper[layer - 1] if where is None else where)[:] = joined.transpose(1, 2, 0)[..., None]

    def rows(self, lanes: slice | Places) -> Array:
        """The parameters of some lanes, (lanes, parameters), laid out as ``Rows`` says."""
        held = [self.first[:, lanes].transpose(1, 2, 0)]
        held += [weights[:, :, lanes, 0].transpose(2, 0, 1) for weights in self.upper]
        full = np.empty((held[0].shape[0], self.layout.length))
        weights, biases = self.layout.split(full)
        for layer, joined in enumerate(held):
            is_pair = self.paired and layer == len(self.units) - 1
            values = self.pair(lanes) if is_pair else joined / self.scales[layer]
            weights[layer][:], biases[layer][:] = values[:, :-1], values[:, -1]
        return full

    def pair(self, lanes: slice | Places) -> Array:
        """The weights of both classes, (lanes, units in + 1, 2)."""
        scale = self.scales[-1]
        if self.upper:
            own, common = (array[:, 0, lanes, 0].T for array in (self.own, self.common))
        else:
            own, common = (array[0, lanes] for array in (self.own, self.common))
        second = own / (2.0 * scale)
        return np.stack([common / scale - second, second], axis=2)

    # ----------------------------------------------------------------- training

    def advance(self, epochs: int, wanted: Mapping[int, Places] = NOTHING) -> tuple[Array, dict[int, Array]]:
        """Do ``epochs`` epochs, at most ``together``: the costs before each, (epochs, lanes), and the wanted rows.

        ``wanted[e]`` names the lanes whose parameters after ``e + 1`` epochs are wanted, which are given back under the
        same number, (lanes, parameters).
        """
        kept: dict[int, Array] = {}
        with np.errstate(all="ignore"):
            for index, before in enumerate(self.costs.logits[:epochs]):
                for function, arguments in self.forward:
                    function(*arguments)
                np.copyto(before, self.p)
                for function, arguments in self.update:
                    function(*arguments)
                if index in wanted:
                    kept[index] = self.rows(wanted[index])
            return self.costs.of(epochs), kept

    def look(self) -> tuple[Array, Array]:
        """The mean cost of every lane, (lanes,), and a of all samples, (lanes, samples, classes)."""
        with np.errstate(all="ignore"):
            play(self.forward)
            np.copyto(self.costs.logits[0], self.p)
            return self.costs.of(1)[0], self.outputs()

    def outputs(self) -> Array:
        """a of every lane, sample and class from ``p``, (lanes, samples, classes)."""
        if self.scales_are_halved:
            a = 0.5 * np.tanh(self.p) + 0.5
            if self.paired:
                a = np.concatenate([0.5 * np.tanh(-self.p) + 0.5, a])
        else:
            powers = np.exp(self.p - self.p.max(axis=0))
            a = powers / powers.sum(axis=0)
        return np.ascontiguousarray(a.transpose(1, 2, 0))


def in_eights(rows: tuple[int, ...], columns: int) -> tuple[Array, Array]:
    """Zeros of so many rows, filled up to a multiple of eight, and the rows asked for as a view with their own axes."""
    count = int(np.prod(rows))
    whole = np.zeros((-(-count // EIGHT) * EIGHT, columns))
    return whole, whole[:count].reshape(*rows, columns)
