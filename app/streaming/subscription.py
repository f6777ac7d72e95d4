"""One reader of one run: how far it is, what it wants to see, and how many messages it may be sent."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..nn.errors import SpecError
from ..nn.spec import LIMITS, Range
from ..runs.events import Position, Update
from .encoder import Encoder
from .wire import INCLUDES, Include, encode, end_message, status_message

__all__ = ["VIEWER_BURST", "VIEWER_RATE", "Allowance", "Subscription", "read_after", "read_beats", "read_include"]

VIEWER_RATE, VIEWER_BURST = 25.0, 3
"""A viewer's allowance. An update is sent whole, two messages beyond the allowance at the most: 30 in any second."""
AFTER = Range(-1, LIMITS["epochs"].high)


@dataclass(slots=True)
class Subscription:
    """A reader's place. ``position`` and ``ended`` change with every update that is taken."""

    run_id: str
    include: frozenset[Include]
    position: Position
    ended: bool = field(default=False)

    def take(self, update: Update, encoder: Encoder) -> list[str]:
        """The texts to send for an update, in order; moves the reader's place behind it."""
        texts = []
        if update.progress is not None:
            texts.append(encoder.progress(self.run_id, update.progress, self.include))
        if update.status is not None:
            texts.append(encode(status_message(update.status)))
        if update.ended is not None:
            texts.append(encode(end_message(update.ended)))
            self.ended = True
        self.position = update.position
        return texts


class Allowance:
    """At most ``rate`` messages a second, of which ``burst`` may come at once. Time is an argument, in seconds."""

    def __init__(self, rate: float, burst: int, now: float) -> None:
        self.rate = rate
        self.burst = burst
        self.left = float(burst)
        self.at = now

    def wait(self, now: float) -> float:
        """Seconds until another message may be sent."""
        self.refill(now)
        return max(0.0, (1.0 - self.left) / self.rate)

    def spend(self, now: float, count: int = 1) -> bool:
        """Note that messages were sent or received; False where that was more than allowed."""
        self.refill(now)
        self.left -= count
        return self.left >= 0.0

    def refill(self, now: float) -> None:
        """What has come in since the last time."""
        self.left = min(float(self.burst), self.left + (now - self.at) * self.rate)
        self.at = now


def read_after(text: str | None) -> int:
    """The last epoch that a reader knows: a whole number from −1 (none); raises SpecError."""
    if text is None:
        return -1
    digits = text.removeprefix("-")
    if not digits.isascii() or not digits.isdigit() or len(text) > 8 or not AFTER.holds(int(text)):
        raise AFTER.refusal("after", text)
    return int(text)


def read_beats(text: str | None) -> bool:
    """Whether a reader wants beats: 1, or nothing; raises SpecError."""
    if text not in (None, "1"):
        raise SpecError("beats", text, "beats")
    return text is not None


def read_include(text: str | None) -> frozenset[Include]:
    """The parts of a progress message that a reader wants: names with commas between; raises SpecError."""
    wanted = [name for name in (text or "").split(",") if name]
    chosen = frozenset(name for name in INCLUDES if name in wanted)
    for name in wanted:
        if name not in INCLUDES:
            raise SpecError("include", name, "include", options=INCLUDES)
    return chosen
