"""Messages out are exactly the contract's and valid JSON; messages in become commands or words, and nothing else."""

from __future__ import annotations

import json
from typing import Any, NoReturn

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.nn.errors import SpecError
from app.nn.network import Parameters
from app.nn.reading import as_document
from app.nn.spec import RunSpec
from app.runs.commands import Command, Pace, Pause, Resume, Step, Stop
from app.runs.errors import Refused
from app.runs.events import Ended, Progress, RunView, StatusChanged
from app.streaming.wire import (
    INCLUDES,
    VERSION,
    command_from,
    encode,
    end_message,
    error,
    finite,
    progress_message,
    run_text,
    status_message,
)

PARAMETERS = Parameters((np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0], [6.0]])), (np.zeros(2), np.ones(1)))
VIEW = RunView("id", "running", 3, 0.5, 0.75, None, None, RunSpec())


def forbidden(name: str) -> NoReturn:
    """Strict JSON has no NaN and no Infinity."""
    raise AssertionError(f"{name} is not JSON")


def strict(text: str) -> dict[str, Any]:
    """A text as a strict reader takes it."""
    document = json.loads(text, parse_constant=forbidden)
    assert isinstance(document, dict)
    return document


def progress(first: int, costs: list[float], outputs: float = 0.5) -> Progress:
    """Epochs from ``first`` on."""
    last = first + len(costs) - 1
    return Progress(first, last, np.array(costs), 0.9, np.full((2, 2), outputs), PARAMETERS)


def test_the_first_message_is_the_run_with_its_complete_spec() -> None:
    assert strict(run_text(VIEW)) == {
        "type": "run",
        "version": VERSION,
        "id": "id",
        "status": "running",
        "epoch": 3,
        "cost": 0.5,
        "accuracy": 0.75,
        "pace": None,
        "detail": None,
        "code": None,
        "spec": as_document(RunSpec()),
    }


def test_progress_is_as_the_contract_spells_it() -> None:
    assert strict(encode(progress_message(progress(7, [3.0, 2.0, 1.0]), INCLUDES))) == {
        "type": "progress",
        "from": 7,
        "to": 9,
        "epoch": [7, 8, 9],
        "cost": [3.0, 2.0, 1.0],
        "accuracy": 0.9,
        "outputs": [[0.5, 0.5], [0.5, 0.5]],
        "parameters": {"w": [[[1.0, 2.0], [3.0, 4.0]], [[5.0], [6.0]]], "b": [[0.0, 0.0], [1.0]]},
    }


def test_only_what_was_asked_for_is_included() -> None:
    message = strict(encode(progress_message(progress(0, [1.0]), {"outputs"})))
    assert "outputs" in message
    assert "parameters" not in message


def test_a_wide_range_is_thinned_but_holds_its_last_epoch() -> None:
    message = strict(encode(progress_message(progress(10, list(np.linspace(5, 1, 9000))), ())))
    assert (message["from"], message["to"], message["epoch"][-1]) == (10, 9009, 9009)
    assert len(message["epoch"]) == len(message["cost"]) <= 511


def test_every_thousandth_epoch_passes_through_the_thinning() -> None:
    """The table of every 1000 epochs shows exact costs; these are neither ends nor extremes of what they stand in."""
    costs = np.linspace(5, 1, 9000)
    message = strict(encode(progress_message(progress(10, list(costs)), ())))
    told = dict(zip(message["epoch"], message["cost"], strict=True))
    assert [told.get(epoch) for epoch in range(1000, 9001, 1000)] == [
        costs[epoch - 10] for epoch in range(1000, 9001, 1000)
    ]


def test_costs_travel_to_the_bit() -> None:
    costs = list(np.random.default_rng(0).normal(size=300) * 10.0 ** np.arange(-150, 150))
    assert strict(encode(progress_message(progress(0, costs), ())))["cost"] == costs


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_becomes_null(value: float) -> None:
    assert strict(encode(progress_message(progress(0, [1.0], value), INCLUDES)))["outputs"] == [[None, None]] * 2
    assert finite(np.array([[1.0, value]])) == [[1.0, None]]


def test_parameters_of_any_layout_can_be_sent() -> None:
    turned = Parameters(tuple(w.T for w in PARAMETERS.w), PARAMETERS.b)
    wide = Progress(0, 0, np.ones(1), 0.5, np.ones((4, 2))[::2], turned)
    assert strict(encode(progress_message(wide, INCLUDES)))["parameters"]["w"][0] == [[1.0, 3.0], [2.0, 4.0]]


def test_status_end_and_error_are_as_the_contract_spells_them() -> None:
    assert strict(encode(status_message(StatusChanged("paused", 4, 2.5, None)))) == {
        "type": "status",
        "status": "paused",
        "epoch": 4,
        "pace": 2.5,
        "detail": None,
        "code": None,
    }
    assert strict(encode(end_message(Ended("failed", 4, None, "words")))) == {
        "type": "end",
        "status": "failed",
        "epoch": 4,
        "cost": None,
        "detail": "words",
        "code": "lost",
    }
    refused = {"type": "error", "detail": "no", "code": "state"}
    assert strict(error(Refused("no"))) == refused


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ('{"type": "pause"}', Pause()),
        ('{"type": "resume"}', Resume()),
        ('{"type": "step"}', Step(1)),
        ('{"type": "step", "epochs": 25}', Step(25)),
        ('{"type": "pace", "epochs_per_second": 0.5}', Pace(0.5)),
        ('{"type": "pace", "epochs_per_second": null}', Pace(None)),
        ('{"type": "stop"}', Stop()),
    ],
)
def test_the_contracts_messages_are_commands(text: str, command: Command) -> None:
    assert command_from(text) == command


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the message"),
        ("{", "the message"),
        ("[]", "the message"),
        ("5", "the message"),
        ('{"type": "fly"}', "type is 'fly'; allowed: one of pause, resume, stop, step, pace"),
        ('{"type": null}', "type is null"),
        ('{"type": []}', "type is a list"),
        ('{"type": {}}', "type is an object"),
        ('{"epochs": 1}', "type"),
        ('{"type": "pause", "epochs": 1}', "unknown field"),
        ('{"type": "step", "epochs": 0}', "epochs is 0"),
        ('{"type": "step", "epochs": 1.5}', "epochs is 1.5"),
        ('{"type": "step", "epochs": true}', "epochs is true"),
        ('{"type": "step", "epochs": "1"}', "epochs is '1'"),
        ('{"type": "step", "epochs": 1e999}', ""),
        ('{"type": "pace"}', "epochs_per_second"),
        ('{"type": "pace", "epochs_per_second": 0}', "epochs_per_second is 0"),
        ('{"type": "pace", "epochs_per_second": NaN}', "the message"),
        ('{"type": "\\ud800"}', ""),
        ('{"type": "\ud800"}', "the message"),
        ("[" * 5000 + "]" * 5000, "the message"),
    ],
)
def test_anything_else_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(SpecError) as refused:
        command_from(text)
    assert words in str(refused.value)
    strict(error(refused.value))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
NEARLY = st.dictionaries(
    st.sampled_from(["type", "epochs", "epochs_per_second", "x"]),
    st.sampled_from(["pause", "resume", "step", "pace", "stop"]) | JSON,
)


@settings(max_examples=1500, deadline=None)
@given(st.text() | JSON.map(json.dumps) | NEARLY.map(json.dumps))
def test_no_message_whatever_is_anything_but_a_command_or_words(text: str) -> None:
    try:
        command = command_from(text)
    except SpecError as refused:
        strict(error(refused))
    else:
        assert isinstance(command, Command)
