"""Where templates and static files are (beside the package in a checkout, inside it when installed), and where what the
program writes goes. Only here."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["STATIC", "TEMPLATES", "state_folder"]

PACKAGE = Path(__file__).resolve().parent


def beside_or_inside(name: str) -> Path:
    """The folder of an installed package, else the checkout's."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


STATIC = beside_or_inside("static")
TEMPLATES = beside_or_inside("templates")


def state_folder() -> Path:
    """The user's folder for what a program keeps from one start to the next (XDG base directory specification)."""
    given = Path(os.environ.get("XDG_STATE_HOME", ""))
    home = given if given.is_absolute() else Path.home() / ".local" / "state"
    return home / "softmax-playground"
