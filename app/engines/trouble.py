"""What is wrong with one part of an engine, in words: a line in the log when it comes, and one when it goes."""

from __future__ import annotations

import logging

__all__ = ["Trouble"]

logger = logging.getLogger(__name__)


class Trouble:
    """One part's. ``words``: what is wrong now; None: nothing."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.words: str | None = None

    def came(self, words: str, cause: BaseException | None = None) -> None:
        """Something is wrong. Said once, however often it is found again, with the traceback of what nobody foresaw."""
        if words != self.words:
            logger.error("%s: %s", self.part, words, exc_info=cause)
        self.words = words

    def went(self) -> None:
        """All is well."""
        if self.words is not None:
            logger.warning("%s: well again; it was: %s", self.part, self.words)
        self.words = None
