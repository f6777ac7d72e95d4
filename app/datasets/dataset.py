"""What a data set is: a record of the catalogue, what a list says of it, and its samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from ..nn.data import Data

__all__ = ["Dataset", "Entry", "Outline", "Samples"]

Samples = tuple[np.ndarray, np.ndarray]
"""Features (samples, inputs) and class indices (samples,)."""


def here() -> bool:
    """A part of the program is always here."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A data set of the catalogue: its names, where it comes from, how its samples are made or read.

    - ``title``: by language; ``chinese``: the features and classes that have a name of their own in Chinese.
    - ``held_out``: samples of the same kind that no run learns from.
    - ``source``: whose it is; empty for data made by a formula.
    - ``sizes``: samples, and those held out, where they take too long to read for being listed.
    - ``present``: whether it is here, for what set-up has to make.
    """

    name: str
    title: Mapping[str, str]
    features: tuple[str, ...]
    classes: tuple[str, ...]
    samples: Callable[[], Samples]
    held_out: Callable[[], Samples] | None = None
    chinese: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    sizes: tuple[int, int] | None = None
    present: Callable[[], bool] = here


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Samples with their names. ``title``: by language. ``source`` is empty for data made by a formula.

    ``held_out``: samples of the same kind that no run learns from, where some are set apart.
    """

    name: str
    title: Mapping[str, str]
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]
    data: Data
    source: str = ""
    held_out: Data | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """What there is to say about a data set of the catalogue without its samples, of which it has the numbers."""

    entry: Entry
    samples: int
    held_out: int

    @property
    def name(self) -> str:
        """What the catalogue calls it."""
        return self.entry.name

    @property
    def title(self) -> Mapping[str, str]:
        """Its title, by language."""
        return self.entry.title

    @property
    def source(self) -> str:
        """Whose it is; empty for data made by a formula."""
        return self.entry.source

    @property
    def feature_names(self) -> tuple[str, ...]:
        """The features' names in English."""
        return self.entry.features

    @property
    def class_names(self) -> tuple[str, ...]:
        """The classes' names in English."""
        return self.entry.classes

    @property
    def inputs(self) -> int:
        """Features of a sample."""
        return len(self.entry.features)

    @property
    def classes(self) -> int:
        """Classes that a sample may have."""
        return len(self.entry.classes)

    def features_in(self, language: str) -> list[str]:
        """The features' names in a language."""
        return [self.called(name, language) for name in self.entry.features]

    def classes_in(self, language: str) -> list[str]:
        """The classes' names in a language."""
        return [self.called(name, language) for name in self.entry.classes]

    def called(self, name: str, language: str) -> str:
        """A feature's or class's name in a language."""
        return self.entry.chinese.get(name, name) if language == "zh" else name
