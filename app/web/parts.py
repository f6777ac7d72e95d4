"""What the web app is built from; bootstrap makes it, tests make their own."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..runs.ports import Engine
from ..settings import Settings
from ..streaming.encoder import Encoder
from .door.visitors import Visitors
from .operation.metrics import Metrics
from .pages.assets import Assets

__all__ = ["Parts"]


@dataclass(frozen=True, slots=True)
class Parts:
    """The settings, the engine, and what belongs to one web process alone."""

    settings: Settings
    engine: Engine
    assets: Assets
    visitors: Visitors
    metrics: Metrics = field(default_factory=Metrics)
    encoder: Encoder = field(default_factory=Encoder)
