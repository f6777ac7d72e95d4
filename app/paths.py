"""Where templates and static files are: beside the package in a checkout, inside it when installed. Only here."""

from __future__ import annotations

from pathlib import Path

__all__ = ["STATIC", "TEMPLATES"]

PACKAGE = Path(__file__).resolve().parent


def beside_or_inside(name: str) -> Path:
    """The folder of an installed package, else the checkout's."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


STATIC = beside_or_inside("static")
TEMPLATES = beside_or_inside("templates")
