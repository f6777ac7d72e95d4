"""Named data sets as arrays with titles and units, and tables that a user made. Knows the mathematics alone."""

from __future__ import annotations

from .catalogue import absent, catalogue, load, outline, resolve
from .dataset import Dataset, Outline

__all__ = ["Dataset", "Outline", "absent", "catalogue", "load", "outline", "resolve"]
