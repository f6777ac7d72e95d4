"""Named data sets as arrays with titles and units, and tables that a user made. Knows the mathematics alone."""

from __future__ import annotations

from .catalogue import Dataset, absent, catalogue, load, resolve

__all__ = ["Dataset", "absent", "catalogue", "load", "resolve"]
