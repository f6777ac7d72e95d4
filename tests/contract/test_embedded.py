"""The embedded engine keeps the engines' contract."""

from __future__ import annotations

import pytest

from app.engines.embedded.engine import EmbeddedEngine
from tests.contract.engine_suite import EngineSuite, MakeEngine


class TestEmbedded(EngineSuite):
    """With one worker, as on the smallest machine."""

    @pytest.fixture
    def make_engine(self) -> MakeEngine:
        """An engine of one worker process."""
        return lambda capacity: EmbeddedEngine(workers=1, capacity=capacity)
