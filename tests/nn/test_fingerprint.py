"""The fingerprint is the same in every process of one arithmetic, and another where the arithmetic is."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy
import pytest

from app.nn import fingerprint as module
from app.nn.data import Array
from app.nn.fingerprint import fingerprint


def test_another_process_has_the_same() -> None:
    program = "from app.nn.fingerprint import fingerprint; print(fingerprint())"
    asked = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ)
    assert asked.stdout.strip() == fingerprint() == fingerprint()


def test_the_last_bit_of_one_function_changes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint()

    class Other:
        """NumPy, with a tanh that rounds otherwise."""

        def __getattr__(self, name: str) -> object:
            return getattr(numpy, name)

        def tanh(self, x: Array) -> Array:
            return numpy.nextafter(numpy.tanh(x), 2.0)

    monkeypatch.setattr(module, "np", Other())
    assert fingerprint() != before
