"""Texts of progress messages, each made once for all the readers who are equally far."""

from __future__ import annotations

from collections import OrderedDict

from ..runs.events import Progress
from .wire import Include, encode, progress_message

__all__ = ["Encoder"]


class Encoder:
    """A memo of the newest texts, ``most`` at the most. Ranges of epochs of a run never change, so a text never
    does.
    """

    def __init__(self, most: int = 256) -> None:
        self.most = most
        self.texts: OrderedDict[tuple[str, int, int, frozenset[Include]], str] = OrderedDict()
        self.made = 0

    def progress(self, run_id: str, progress: Progress, include: frozenset[Include]) -> str:
        """The message for a range of epochs of a run."""
        key = (run_id, progress.first, progress.last, include)
        text = self.texts.get(key)
        if text is None:
            text = self.texts[key] = encode(progress_message(progress, include))
            self.made += 1
            if len(self.texts) > self.most:
                self.texts.popitem(last=False)
        return text
