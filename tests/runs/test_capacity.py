"""Who may have how much, and who gives way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.runs.capacity import Capacity, Ending, Ledger
from app.runs.errors import Full
from app.runs.ports import Owner


def admit(ledger: Ledger, run_id: str, needed: int = 10, owner: str = "me", most: int = 250) -> None:
    """Ask for room."""
    ledger.admit(run_id, needed, Owner(owner, most))


def test_no_more_runs_in_all_than_there_is_room_for() -> None:
    ledger = Ledger(Capacity(runs=2))
    admit(ledger, "a", owner="one")
    admit(ledger, "b", owner="two")
    with pytest.raises(Full, match="2 runs are in hand") as full:
        admit(ledger, "c", owner="three")
    assert full.value.retry_after > 0
    ledger.end("a", Ending(1, 0.0))
    admit(ledger, "c", owner="three")


def test_no_more_runs_for_one_owner_than_it_may_have() -> None:
    ledger = Ledger(Capacity())
    admit(ledger, "a", most=1)
    with pytest.raises(Full, match="you have 1 runs in hand"):
        admit(ledger, "b", most=1)
    admit(ledger, "c", owner="other", most=1)


def test_no_more_runs_for_one_place_than_it_may_have_whoever_asks_from_there() -> None:
    ledger = Ledger(Capacity())
    for number in range(3):
        ledger.admit(str(number), 1, Owner(f"browser {number}", 250, "school", 3))
    with pytest.raises(Full, match="3 runs from your address") as full:
        ledger.admit("more", 1, Owner("a fresh browser", 250, "school", 3))
    assert full.value.code == "place-runs"
    ledger.admit("elsewhere", 1, Owner("browser 9", 250, "another school", 3))
    ledger.end("1", Ending(1, 0.0))
    ledger.admit("more", 1, Owner("a fresh browser", 250, "school", 3))
    for run_id in ("0", "2", "more", "elsewhere"):
        ledger.release(run_id)
    assert not ledger.owned and ledger.reserved == 0


def test_a_refused_run_takes_nothing() -> None:
    ledger = Ledger(Capacity(record_bytes=100))
    with pytest.raises(Full, match="memory"):
        admit(ledger, "a", needed=101)
    assert (ledger.reserved, ledger.in_hand, dict(ledger.owned)) == (0, {}, {})


@pytest.mark.parametrize(
    "capacity",
    [Capacity(kept_bytes=60), Capacity(kept_runs=2), Capacity(kept_seconds=15)],
    ids=["bytes", "runs", "age"],
)
def test_those_that_ended_longest_ago_give_way_first(capacity: Capacity) -> None:
    ledger = Ledger(capacity)
    for run_id in ("a", "b", "c", "d"):
        admit(ledger, run_id)
    assert ledger.end("c", Ending(30, 10.0)) == []
    assert ledger.end("a", Ending(30, 20.0)) == []
    assert ledger.end("b", Ending(30, 30.0)) == ["c"]
    assert list(ledger.ended) == ["a", "b"]
    assert list(ledger.in_hand) == ["d"]


def test_a_run_taken_in_hand_again_counts_whatever_the_limits_are_now() -> None:
    ledger = Ledger(Capacity(runs=1))
    ledger.take("a", 10, "me")
    ledger.take("b", 10, "me")
    with pytest.raises(Full, match="2 runs are in hand"):
        admit(ledger, "c")
    ledger.release("a")
    ledger.release("b")
    assert (ledger.reserved, ledger.in_hand, dict(ledger.owned)) == (0, {}, {})
    admit(ledger, "c")


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 60)), max_size=60))
def test_neither_memory_nor_store_is_exceeded_whatever_comes_and_goes(life: list[tuple[bool, int]]) -> None:
    ledger, begun, known = Ledger(Capacity(record_bytes=200, kept_bytes=100)), [], set()
    for number, (comes, size) in enumerate(life):
        dropped: list[str] = []
        if comes:
            try:
                admit(ledger, str(number), needed=size)
            except Full:
                continue
            begun.append((str(number), size))
            known.add(str(number))
        elif begun:
            run_id, needed = begun.pop(0)
            dropped = ledger.end(run_id, Ending(needed, number))
        known -= set(dropped)
        assert not {run_id for run_id, _ in begun} & set(dropped), "a run in hand never gives way"
        assert ledger.reserved == sum(needed for _, needed in begun) <= 200
        assert ledger.kept == sum(ending.size for ending in ledger.ended.values()) <= 100
        assert known == set(ledger.ended) | set(ledger.in_hand)
