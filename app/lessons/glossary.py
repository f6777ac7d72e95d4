"""The words and signs of the glossary, in the order they are met.

A term's words are ``glossary.term.<name>`` and ``glossary.mean.<name>``; a sign's meaning is ``glossary.sign.<name>``.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SIGNS", "TERMS", "Sign"]

TERMS = (
    "logits", "activation", "softmax", "sigmoid", "categorical", "bernoulli", "temperature", "class", "target",
    "cost", "log-likelihood", "cross-entropy", "quadratic", "delta", "jacobian", "backprop", "saturation", "eta",
    "epoch", "rule", "run", "initialisation", "check",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of the formulas: how the article writes it, how the code does, and the shape of its array."""

    name: str
    formula: str
    code: str
    shape: str


SIGNS = (
    Sign("z", "zᵢᴸ", "z3[:, i]", "n × k"),
    Sign("a", "aᵢᴸ", "a3[:, i]", "n × k"),
    Sign("y", "yᵢ", "y[:, i]", "n × k"),
    Sign("w", "wᵢⱼᴸ", "w3[j, i]", "m × k"),
    Sign("b", "bᵢᴸ", "b3[0, i]", "1 × k"),
    Sign("delta", "δᵢᴸ = ∂C/∂zᵢᴸ", "delta3[:, i]", "n × k"),
    Sign("cost", "C", "cost", "1"),
    Sign("eta", "η", "eta", "1"),
    Sign("temperature", "T", "temperature", "1"),
    Sign("jacobian", "∂aᵢ/∂zⱼ", "jacobian[i][j]", "k × k"),
)
