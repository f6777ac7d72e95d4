"""The time by which records grow old: that of the machine's clock, unless the clock has jumped.

A clock that is weeks ahead at a start must not cost every record its life, and one that is behind must not turn their
order round. So this time never goes back, goes on as the program lives, and at a start is at most a day later than what
was last recorded: records grow old while somebody could look at them.
"""

from __future__ import annotations

import time

__all__ = ["Calendar"]

DAY = 86_400.0


class Calendar:
    """Seconds since 1970, as far as they are believed."""

    def __init__(self) -> None:
        self.begin(None)

    def begin(self, last: float | None) -> None:
        """Go on from what is recorded, the end of the run that ended last; None: nothing is."""
        now = time.time()
        self.known = now if last is None else min(max(last, now), last + DAY)
        self.begun = time.monotonic()

    def now(self) -> float:
        """The time now."""
        return self.known + time.monotonic() - self.begun
