"""Why a run failed: a code with the facts of its sentence. A record keeps both as one text; engines only carry it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

__all__ = ["FAILURES", "failed", "failure"]

FAILURES: Mapping[str, str] = MappingProxyType(
    {
        "diverged": "the cost stopped being a finite number at epoch {at}; try an eta smaller than {eta:g}",
        "arithmetic": "this run was begun on a machine whose arithmetic differs in the last bits, and only others are "
        "left to go on with it; start it again for costs that are all of one kind",
        "died": "{count} worker processes in a row died while they trained this run at epoch {at}",
        "stumbled": "the trainer stumbled at epoch {at}: {error}",
        "not-begun": "the run could not begin: {error}",
        "unreadable": "the run's record cannot be read: {error}",
        "lost": "{error}",
    }
)
"""Every reason by its code, with blanks for the facts."""


def failed(code: str, **facts: object) -> str:
    """The text that a record keeps: the reason as data, and in words."""
    return json.dumps({"code": code, **facts, "detail": FAILURES[code].format(**facts)}, ensure_ascii=False)


def failure(kept: str | None) -> dict[str, Any]:
    """The reason as messages have it: ``detail`` and ``code``, both None for a run that has not failed."""
    if kept is None:
        return {"detail": None, "code": None}
    try:
        reason = json.loads(kept)
        return {"detail": str(reason["detail"]), "code": str(reason["code"])}
    except (ValueError, TypeError, LookupError):
        return {"detail": kept, "code": "lost"}  # a record from before reasons were data
