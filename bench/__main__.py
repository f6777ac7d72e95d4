"""``make bench``: runs every section, prints the tables and writes them to ``docs/benchmarks.md``."""

from __future__ import annotations

import sys
from pathlib import Path

from . import crowd, digits, paced, screen, stack
from .report import to_markdown

PAGE = Path("docs/benchmarks.md")


def main() -> int:
    """Measure all; the exit status is 1 where a bar was missed.

    What is timed frame by frame comes first: the other sections heat both cores for minutes.
    """
    on_screen = screen.sections()
    sections = (stack.section(), digits.section(), crowd.section(), paced.section(), *on_screen)
    text = to_markdown(sections)
    print(text)
    PAGE.write_text(text, encoding="utf-8")
    return int(any(row.reached is False for section in sections for row in section.rows))


if __name__ == "__main__":
    sys.exit(main())
