"""Trains the networks that /digits begins with, and writes them and held-out images to static/made. Takes seconds.

starter-8x8.bin, starter-28x28.bin: little-endian; uint32 how many layers, uint32 the units of each, then per layer
above the inputs float32 w[j][i] (unit in, unit out) by rows and float32 b. Hidden units are sigmoid, outputs softmax,
inputs 0 (paper) to 1 (ink). held-out-8x8.bin, held-out-28x28.bin: records of a byte for the label and a byte for every
pixel, 0 to 16 or 0 to 255. Without the data set mnist-10k the files of 28 × 28 are left out.
"""

from __future__ import annotations

import struct
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from app.datasets import absent, load
from app.nn.data import Data
from app.nn.kernel import Kernel
from app.nn.network import Parameters
from app.nn.spec import RunSpec, layer_sizes

TARGET = Path("static/made")
SHOWN = 100
"""Held-out images that the page can lay on its canvas."""


def trained(spec: RunSpec, data: Data) -> Parameters:
    """The network at the end of a run."""
    kernel = Kernel(spec, data)
    state, _ = kernel.advance(kernel.start(), spec.epochs)
    return state.parameters


def as_bytes(sizes: tuple[int, ...], parameters: Parameters) -> bytes:
    """A network in the page's form."""
    arrays = [array for layer in zip(parameters.w, parameters.b, strict=True) for array in layer]
    head = struct.pack(f"<{1 + len(sizes)}I", len(sizes), *sizes)
    return head + b"".join(array.astype("<f4").tobytes() for array in arrays)


def images(data: Data, ink: int) -> bytes:
    """The first images of a data set as records."""
    pixels = (data.x[:SHOWN] * ink).round().astype("u1")
    return b"".join(bytes([label]) + row.tobytes() for label, row in zip(data.labels, pixels, strict=False))


def make(form: str, ink: int, spec: RunSpec) -> None:
    """The two files of one data set."""
    assert isinstance(spec.dataset, str)
    if absent(spec.dataset) is not None:
        print(f"starter-{form}: left out: {spec.dataset} is {absent(spec.dataset)}")
        return
    dataset = load(spec.dataset)
    assert dataset.held_out is not None
    network = as_bytes(layer_sizes(spec, dataset.data), trained(spec, dataset.data))
    (TARGET / f"starter-{form}.bin").write_bytes(network)
    (TARGET / f"held-out-{form}.bin").write_bytes(images(dataset.held_out, ink))


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    begin = RunSpec(hidden=(30,), initialisation="scaled", batch_size=10, eta=0.5)
    make("8x8", 16, replace(begin, dataset="digits-8x8-train", epochs=30))
    make("28x28", 255, replace(begin, dataset="mnist-10k", epochs=15))
