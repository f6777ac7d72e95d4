"""Who may have how much, and who gives way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.runs.errors import Full
from app.runs.room import Ledger, Room


def admit(ledger: Ledger, run_id: str, needed: int = 10, owner: str = "me", most: int = 250) -> list[str]:
    """Ask for room."""
    return ledger.admit(run_id, needed, owner=owner, most_owned=most)


def test_no_more_runs_in_all_than_there_is_room_for() -> None:
    ledger = Ledger(Room(runs=2))
    admit(ledger, "a", owner="one")
    admit(ledger, "b", owner="two")
    with pytest.raises(Full, match="2 runs are in hand") as full:
        admit(ledger, "c", owner="three")
    assert full.value.retry_after > 0
    ledger.end("a", 1)
    admit(ledger, "c", owner="three")


def test_no_more_runs_for_one_owner_than_it_may_have() -> None:
    ledger = Ledger(Room())
    admit(ledger, "a", most=1)
    with pytest.raises(Full, match="you have 1 runs in hand"):
        admit(ledger, "b", most=1)
    admit(ledger, "c", owner="other", most=1)


def test_a_refused_run_takes_nothing() -> None:
    ledger = Ledger(Room(record_bytes=100))
    with pytest.raises(Full, match="memory"):
        admit(ledger, "a", needed=101)
    assert (ledger.reserved, ledger.in_hand, dict(ledger.owned)) == (0, {}, {})


def test_those_that_ended_longest_ago_give_way_first() -> None:
    ledger = Ledger(Room(record_bytes=100))
    for run_id in ("a", "b", "c"):
        admit(ledger, run_id, needed=30)
    for run_id in ("c", "a"):
        assert ledger.end(run_id, 30) == []
    assert admit(ledger, "d", needed=30) == ["c"]
    assert admit(ledger, "e", needed=40) == ["a"]


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 60)), max_size=60))
def test_memory_is_never_exceeded_whatever_comes_and_goes(life: list[tuple[bool, int]]) -> None:
    ledger, begun, known = Ledger(Room(record_bytes=200)), [], set()
    for number, (comes, size) in enumerate(life):
        dropped: list[str] = []
        if comes:
            try:
                dropped = admit(ledger, str(number), needed=size)
            except Full:
                continue
            begun.append((str(number), size))
            known.add(str(number))
        elif begun:
            run_id, needed = begun.pop(0)
            dropped = ledger.end(run_id, needed)
        known -= set(dropped)
        assert not {run_id for run_id, _ in begun} & set(dropped), "a run in hand never gives way"
        assert ledger.reserved == sum(needed for _, needed in begun)
        assert ledger.reserved + ledger.kept <= 200
        assert known == set(ledger.ended) | set(ledger.in_hand)
