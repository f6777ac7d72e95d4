"""Which epochs' states are worth keeping: the beginning densely, then every so many, within a budget of bytes."""

from __future__ import annotations

from dataclasses import dataclass

from ..nn.network import Parameters

__all__ = ["Keeping", "size_of"]

BYTES = 4_000_000
MOST = 200
FIRST = 100
STRIDES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Epochs 0 … ``first`` − 1 and every multiple of ``stride``."""

    first: int
    stride: int

    @classmethod
    def plan(cls, epochs: int, parameters: Parameters) -> Keeping:
        """A plan for a run of so many epochs. Strides of up to 1000 divide 1000, so the thousand-marks are kept."""
        affordable = max(2, BYTES // size_of(parameters))
        first = min(FIRST, affordable // 2)
        rest = min(MOST, affordable - first)
        stride = next((stride for stride in STRIDES if epochs // stride <= rest), 1_000_000)
        return cls(first, stride)

    def keeps(self, epoch: int) -> bool:
        """Whether the state of an epoch is worth keeping."""
        return epoch < self.first or epoch % self.stride == 0

    def after(self, epoch: int) -> int:
        """The next epoch worth keeping."""
        return epoch + 1 if epoch + 1 < self.first else (epoch // self.stride + 1) * self.stride


def size_of(parameters: Parameters) -> int:
    """Bytes of a kept state."""
    return sum(array.nbytes for array in (*parameters.w, *parameters.b))
