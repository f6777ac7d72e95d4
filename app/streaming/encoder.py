"""Texts of progress messages, each made once for all the readers who are equally far."""

from __future__ import annotations

from collections import OrderedDict

from ..runs.events import Progress
from .wire import Include, encode, progress_message

__all__ = ["Encoder"]


class Encoder:
    """A memo of the texts used last, ``most`` characters in all. A run's epochs never change, so a text never does."""

    def __init__(self, most: int = 16_000_000) -> None:
        self.most = most
        self.texts: OrderedDict[tuple[str, int, int, frozenset[Include]], str] = OrderedDict()
        self.characters = 0
        self.made = 0

    def progress(self, run_id: str, progress: Progress, include: frozenset[Include]) -> str:
        """The message for a range of epochs of a run."""
        key = (run_id, progress.first, progress.last, include)
        text = self.texts.get(key)
        if text is not None:
            self.texts.move_to_end(key)
            return text
        text = self.texts[key] = encode(progress_message(progress, include))
        self.made += 1
        self.characters += len(text)
        while self.characters > self.most:
            self.characters -= len(self.texts.popitem(last=False)[1])
        return text
