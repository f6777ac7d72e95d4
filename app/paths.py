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
    """The user's folder for what a program keeps from one start to the next (XDG base directory specification).

    Raises RuntimeError, in words, where the user has no home.
    """
    given = Path(os.environ.get("XDG_STATE_HOME", ""))
    return (given if given.is_absolute() else home() / ".local" / "state") / "softmax-playground"


def home() -> Path:
    """The user's home; raises RuntimeError where it cannot be found."""
    try:
        found = Path.home()
    except RuntimeError:
        found = Path()
    if not found.is_absolute():
        raise RuntimeError(
            "This user has no home folder to keep the records of runs in: name a folder in PLAYGROUND_DATA, or let "
            "them end with the program (PLAYGROUND_DATA=memory)."
        )
    return found
