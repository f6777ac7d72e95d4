"""Softmax Playground: the softmax output layer, to be understood by touching it."""

import os
import platform

__version__ = "0.1.0"

PINNED = {"OPENBLAS_NUM_THREADS": "1"}
if platform.machine() in ("x86_64", "AMD64"):
    PINNED["OPENBLAS_CORETYPE"] = "Haswell"
"""What the environment of whoever trains must say before NumPy is loaded: with this core type, rows of a product that
come in eights are added up in one order, however many there are (docs/decisions/0040).
"""

for _name, _value in PINNED.items():
    os.environ.setdefault(_name, _value)
