"""The walk through one epoch, as the API gives it."""

from __future__ import annotations

from typing import Any

import httpx
import numpy as np
import pytest


def walked(client: httpx.Client, **wish: Any) -> dict[str, Any]:
    """An answer that is no refusal."""
    answer = client.post("/api/walk", json=wish)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_articles_network_is_walked_in_fourteen_lines(client: httpx.Client) -> None:
    found = walked(client)
    assert len(found["lines"]) == 14
    assert found["lines"][6] == {"kind": "error", "layer": 3, "code": "delta3 = a3 - y"}
    assert (found["sizes"], found["samples"], found["epoch"]) == ([4, 5, 2], 100, 0)
    assert np.shape(found["a"][1]) == np.shape(found["delta"][0]) == (100, 5)


def test_the_gradient_is_that_of_central_differences(client: httpx.Client) -> None:
    found = walked(client, spec={"dataset": "iris", "hidden": [3, 4]}, epoch=5)
    for name in "wb":
        for mine, measured in zip(found["gradient"][name], found["differences"][name], strict=True):
            np.testing.assert_allclose(mine, measured, rtol=1e-5, atol=1e-9)


def test_epochs_walked_one_by_one_are_those_walked_at_once(client: httpx.Client) -> None:
    second = walked(client, spec={"dataset": "four-bit-majority"}, epoch=1)
    assert walked(client, spec={"dataset": "four-bit-majority"})["after"] == second["parameters"]


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"spec": {"rule": "article"}}, "rule"),
        ({"spec": {"batch_size": 10}}, "batch_size"),
        ({"epoch": 1001}, "epoch"),
        ({"epoch": -1}, "epoch"),
        ({"epoch": 1.5}, "epoch"),
        ({"epoch": True}, "epoch"),
        ({"spec": {"dataset": "digits-8x8", "hidden": [30]}}, "the network"),
        ({"spec": {"dataset": "iris", "hidden": [10, 10]}, "epoch": 1000}, "epoch"),
        ({"spec": 5}, "the run spec"),
        ({"line": 3}, "line"),
        ([], "the body"),
    ],
)
def test_what_the_listing_does_not_show_is_refused_in_words(client: httpx.Client, wish: Any, words: str) -> None:
    answer = client.post("/api/walk", json=wish)
    assert answer.status_code == 422
    assert words in answer.json()["detail"]
