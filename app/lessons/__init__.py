"""The chapters as data: what is told, in which order, and what makes it true. The words stand in the catalogues."""

from .derivations import Derivation, Step, as_document, derivations

__all__ = ["Derivation", "Step", "as_document", "derivations"]
