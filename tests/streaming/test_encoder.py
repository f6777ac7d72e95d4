"""A text is made once for all who are equally far, and not kept for ever."""

from __future__ import annotations

import json

import numpy as np

from app.nn.network import Parameters
from app.runs.events import Progress
from app.streaming.encoder import Encoder
from app.streaming.wire import INCLUDES

ALL = frozenset(INCLUDES)
PARAMETERS = Parameters((np.ones((2, 2)),), (np.ones(2),))


def progress(first: int, last: int) -> Progress:
    """A range of epochs."""
    return Progress(first, last, np.ones(last - first + 1), 1.0, np.ones((1, 2)), PARAMETERS)


def test_a_thousand_viewers_cost_one_encoding() -> None:
    encoder = Encoder()
    texts = {encoder.progress("run", progress(0, 9), ALL) for _ in range(1000)}
    assert (len(texts), encoder.made) == (1, 1)


def test_other_runs_ranges_and_parts_are_other_texts() -> None:
    encoder = Encoder()
    for run_id, first, last, include in [
        ("a", 0, 9, ALL),
        ("b", 0, 9, ALL),
        ("a", 5, 9, ALL),
        ("a", 0, 9, frozenset()),
    ]:
        text = json.loads(encoder.progress(run_id, progress(first, last), include))
        assert (text["from"], text["to"], "outputs" in text) == (first, last, include == ALL)
    assert encoder.made == 4


def test_the_memo_is_bounded_and_forgets_what_was_used_longest_ago() -> None:
    encoder = Encoder(most=2000)
    encoder.progress("run", progress(0, 0), ALL)
    for epoch in range(1, 200):
        encoder.progress("run", progress(epoch, epoch), ALL)
        encoder.progress("run", progress(0, 0), ALL)
        assert encoder.characters == sum(map(len, encoder.texts.values())) <= 2000
    assert encoder.made == 200, "the first text was in use all the time, so it was never made again"
