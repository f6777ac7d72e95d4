"""Errors of runs.

RunError
 ├─ UnknownRun   no run has this id, or its record has been dropped
 ├─ Refused      the run's status does not allow the command
 ├─ Full         no room for another run now; ``retry_after`` says in how many seconds to ask again
 └─ Unavailable  a part that the engine needs is away (a disk, a server); ``retry_after`` as above

NotStarted      the engine cannot begin its work at all; a RuntimeError, for who starts the program
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["CODES", "Full", "NotStarted", "Refused", "RunError", "Unavailable", "UnknownRun"]

CODES = (
    "state",
    "unknown-run",
    "full",
    "runs",
    "your-runs",
    "place-runs",
    "memory",
    "viewers",
    "connections",
    "place-connections",
    "away",
)
"""What the errors here may say, each worded in the pages' catalogues."""


class RunError(Exception):
    """Something that was asked of a run cannot be done; the text says why, ``code`` and ``facts`` say it as data."""

    code = "state"
    facts: Mapping[str, object] = {}

    def told(self) -> dict[str, Any]:
        """The refusal as JSON has it, beside its sentence."""
        return {"code": self.code, **self.facts}


class UnknownRun(RunError):
    """No run has this id."""

    code = "unknown-run"

    def __init__(self, run_id: str) -> None:
        super().__init__(f"there is no run {run_id!r}: it never was, or its record has been dropped to make room")
        self.run_id = run_id


class Refused(RunError):
    """The command does not fit the run's status; nothing was changed."""


class Full(RunError):
    """The engine takes no further run now. ``code``: one of ``CODES``, with ``high``, how many there may be."""

    def __init__(self, words: str, retry_after: int, code: str = "full", **facts: object) -> None:
        super().__init__(words)
        self.retry_after = retry_after
        self.code = code
        self.facts = {"seconds": retry_after, **facts}


class Unavailable(RunError):
    """The engine cannot do it now, through no fault of the one who asks; nothing was changed."""

    code = "away"

    def __init__(self, words: str, retry_after: int) -> None:
        super().__init__(words)
        self.retry_after = retry_after
        self.facts = {"seconds": retry_after}


class NotStarted(RuntimeError):
    """The engine cannot begin its work; the text says why, and what to do."""
