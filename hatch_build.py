"""Refuses to build a package without its pages' parts: what set-up copies and trains is in no commit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MADE = ("starter-8x8.bin", "held-out-8x8.bin")


class WholePages(BuildHookInterface):
    """Looks whether charts, formulas and starter networks are there."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before a build. An editable install is the checkout itself, which may be set up afterwards."""
        if version == "editable":
            return
        absent = [name for name in needed(Path(self.root)) if not (Path(self.root) / name).is_file()]
        if absent:
            raise SystemExit(
                f"{len(absent)} files that the pages need are not here, the first is {absent[0]}: the charts, the "
                "formulas and the starter networks are made by `make setup` (Node and the network are needed, once); "
                "then build again"
            )


def needed(root: Path) -> list[str]:
    """Files that are in no commit and without which pages are hollow."""
    copied = json.loads((root / "scripts/vendor.json").read_text())
    return [*(f"static/vendor/{name}" for name in copied), *(f"static/made/{name}" for name in MADE)]
