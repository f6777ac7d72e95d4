"""What the pages have to know of the server's facts, as an ES module: limits, defaults, messages, commands, refusals.

Each is declared once, in Python. ``scripts/declare.py`` writes the module, a test compares it.
"""

from __future__ import annotations

import json
from typing import Any

from ...nn.errors import ALLOWED, NAMES, UNITS
from ...nn.reading import as_document
from ...nn.spec import RunSpec
from ...runs.errors import CODES as RUN_CODES
from ...runs.events import ENDINGS, STATUSES
from ...runs.failures import FAILURES
from ...streaming.wire import FIELDS_OF, MESSAGES, VERSION
from ..api.basics import limits
from ..api.events import BEAT, CLOSES
from ..door.problems import CODES

__all__ = ["facts", "module"]

HEAD = "// @ts-check\n/** The server's facts, as Python declares them. Written by scripts/declare.py. */\n\n"


def facts() -> dict[str, Any]:
    """Every constant of the module by its name."""
    return {
        "DEFAULTS": as_document(RunSpec()),
        "LIMITS": limits(),
        "STATUSES": STATUSES,
        "ENDINGS": sorted(ENDINGS),
        "VERSION": VERSION,
        "MESSAGES": MESSAGES,
        "COMMANDS": dict(FIELDS_OF),
        "CLOSES": dict(CLOSES),
        "BEAT_SECONDS": BEAT,
        "ALLOWED": sorted(ALLOWED),
        "UNITS": sorted(UNITS),
        "NAMES": sorted(NAMES),
        "REFUSALS": sorted({*RUN_CODES, *CODES.values(), "no-state"}),
        "FAILURES": sorted(FAILURES),
    }


def module() -> str:
    """The module's text."""
    return HEAD + "".join(f"export const {name} = {json.dumps(value)};\n" for name, value in facts().items())
