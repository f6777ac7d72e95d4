"""How fast lost workers are replaced."""

from __future__ import annotations

from app.engines.workers.crew import LONGEST_DELAY, back_off


def test_one_loss_is_made_good_at_once_and_many_ever_later() -> None:
    delays = [back_off(died_young) for died_young in range(12)]
    assert delays[:2] == [0.0, 0.0]
    assert delays[2] > 0
    assert delays == sorted(delays)
    assert delays[-1] == LONGEST_DELAY
