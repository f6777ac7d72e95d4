"""Every HTTP route of the contract, on a real server, with figures from elsewhere than the product."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from app.datasets import load
from tests.browser.serving import Server
from tests.nn import plain
from tests.web.asking import assert_problem, events, finished, submit, until

TABLE = {"x": [[1, 2], [3, 1]], "y": [0, 1], "classes": 2}


def test_the_server_lives_and_is_ready(client: httpx.Client) -> None:
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["parts"] == {"workers": "ok", "records": "ok"}
    assert "playground_sockets" in client.get("/metrics").text


def test_data_sets_are_listed_and_served_in_parts(client: httpx.Client) -> None:
    cards = {card["name"]: card for card in client.get("/api/datasets").json()}
    assert {"iris", "iris-versicolor-virginica", "xor", "spiral", "digits-8x8"} <= set(cards)
    card = cards["iris-versicolor-virginica"]
    assert (card["inputs"], card["classes"], card["samples"]) == (4, 2, 100)
    page = client.get("/api/datasets/digits-8x8", params={"start": 10, "stop": 12}).json()
    original = load("digits-8x8").data
    assert page["x"] == original.x[10:12].tolist()
    assert page["y"] == original.labels[10:12].tolist()
    assert_problem(client.get("/api/datasets/tulips"), words="'tulips'")
    assert_problem(client.get("/api/datasets/xor?start=-1"), words="start is -1")


def test_softmax_answers_values_jacobian_and_logarithm(client: httpx.Client) -> None:
    answer = client.post("/api/softmax", json={"z": [math.log(k) for k in (1, 2, 3, 4)]}).json()
    assert answer["a"] == pytest.approx([0.1, 0.2, 0.3, 0.4], rel=1e-14)
    assert answer["jacobian"][1][1] == pytest.approx(0.16, rel=1e-13)
    assert answer["jacobian"][0][3] == pytest.approx(-0.04, rel=1e-13)
    assert answer["log_a"][0] == pytest.approx(math.log(0.1), rel=1e-14)
    halved = client.post("/api/softmax", json={"z": [1, 0], "temperature": 2}).json()
    assert halved["jacobian"][0][0] == pytest.approx(halved["a"][0] * halved["a"][1] / 2, rel=1e-13)
    assert client.post("/api/softmax", json={"z": [1000, -1000]}).json()["log_a"] == [0, -2000]


def test_cost_answers_the_articles_example_and_soft_targets(client: httpx.Client) -> None:
    z = [math.log(k) for k in (1, 2, 3, 4)]
    answer = client.post("/api/cost", json={"z": z, "y": [0, 1, 0, 0]}).json()
    assert answer["cost"] == pytest.approx(1.6094379124341003, rel=1e-14)
    assert answer["delta"] == pytest.approx([0.1, -0.8, 0.3, 0.4], rel=1e-13)
    both = client.post("/api/cost", json={"z": [0, 0], "y": [1, 1]}).json()
    assert both["delta"] == [0, 0]
    assert_problem(client.post("/api/cost", json={"z": z, "y": [1, 0]}), words="as many numbers as z: 4")


def test_the_gradient_check_names_the_articles_fault(client: httpx.Client) -> None:
    spec = {"dataset": "four-bit-majority", "rule": "article"}
    check = client.post("/api/gradient-check", json=spec).json()
    assert check["relative_w"][0] == pytest.approx(0.78, abs=0.005)
    assert max(check["w"][1], *check["b"][1:]) < 1e-9
    assert check["times_w"][1] == pytest.approx(load("four-bit-majority").data.samples, rel=1e-6)
    assert max(check["turned_w"][1], *check["turned_b"][1:]) < 1e-6
    exact = client.post("/api/gradient-check", json={"dataset": "four-bit-majority"}).json()
    assert max(*exact["w"], *exact["b"]) < 1e-9


def test_a_runs_costs_are_those_of_an_independent_implementation(client: httpx.Client, playground: Server) -> None:
    run_id = finished(client, playground)
    data = load("iris-versicolor-virginica").data
    costs = client.get(f"/api/runs/{run_id}/costs").json()
    assert costs["start"] == 0
    np.testing.assert_allclose(costs["cost"], plain.train(data.x, data.y, epochs=10_000), rtol=1e-9)
    run = client.get(f"/api/runs/{run_id}").json()
    assert (run["status"], run["epoch"], run["accuracy"]) == ("finished", 10_000, 0.97)
    assert run["cost"] == costs["cost"][-1]
    part = client.get(f"/api/runs/{run_id}/costs?start=9&stop=12").json()
    assert part == {"start": 9, "cost": costs["cost"][9:12]}
    lines = client.get(f"/api/runs/{run_id}/costs.csv").text.splitlines()
    assert lines[0] == "epoch,cost"
    assert lines[10_001] == f"10000,{costs['cost'][-1]!r}"


def test_a_state_holds_the_parameters_before_that_update(client: httpx.Client, playground: Server) -> None:
    run_id = finished(client, playground, dataset="four-bit-majority", epochs=2000)
    start = client.get(f"/api/runs/{run_id}/state?epoch=0").json()
    random = np.random.RandomState(0)
    np.testing.assert_array_equal(start["w"][0], random.rand(4, 5))
    np.testing.assert_array_equal(start["b"][0], random.rand(5))
    assert len(start["a"]) == 16
    assert client.get(f"/api/runs/{run_id}/state?epoch=1000").json()["epoch"] == 1000
    seen = client.get(f"/api/runs/{run_id}/state?epoch=37").json()
    assert (seen["epoch"], [seen["cost"]]) == (37, client.get(f"/api/runs/{run_id}/costs?at=37").json()["cost"])
    labels = load("four-bit-majority").data.labels
    right = [max(range(2), key=row.__getitem__) == label for row, label in zip(seen["a"], labels, strict=True)]
    assert seen["accuracy"] == sum(right) / 16
    assert client.get(f"/api/runs/{run_id}/state").json()["epoch"] == 2000
    assert_problem(client.get(f"/api/runs/{run_id}/state?epoch=-1"), words="epoch is -1")


def test_two_runs_of_one_spec_are_equal_to_the_bit(client: httpx.Client, playground: Server) -> None:
    spec = {
        "dataset": "spiral",
        "hidden": [8, 4],
        "initialisation": "scaled",
        "batch_size": 20,
        "epochs": 60,
        "seed": 3,
    }
    first, second = (finished(client, playground, **spec) for _ in range(2))
    costs = [client.get(f"/api/runs/{run_id}/costs").json()["cost"] for run_id in (first, second)]
    assert costs[0] == costs[1]
    assert len(costs[0]) == 61


@pytest.mark.parametrize(
    "spec",
    [
        {"dataset": "four-bit-majority", "rule": "article", "epochs": 1200},
        {
            "dataset": {"x": [[1, 2], [3, 1]], "y": [0, 1], "classes": 2},
            "output": "sigmoid",
            "cost": "quadratic",
            "epochs": 50,
        },
        {"dataset": "xor", "output": "sigmoid", "cost": "cross-entropy", "hidden": [3, 2], "epochs": 50},
        {"dataset": "blobs", "cost": "quadratic", "batch_size": 32, "initialisation": "scaled", "epochs": 20},
        {"dataset": "xor", "hidden": [], "output_bias": False, "epochs": 20},
    ],
)
def test_the_script_repeats_the_run(
    client: httpx.Client, playground: Server, tmp_path: Path, spec: dict[str, Any]
) -> None:
    run_id = finished(client, playground, **spec)
    script = tmp_path / "run.py"
    script.write_text(client.get(f"/api/runs/{run_id}/script").text + "print(json.dumps([float(c) for c in costs]))\n")
    printed = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True).stdout
    costs = client.get(f"/api/runs/{run_id}/costs").json()["cost"]
    np.testing.assert_allclose(json.loads(printed.splitlines()[-1]), costs, rtol=1e-9)


def test_a_run_obeys_patches(client: httpx.Client, playground: Server) -> None:
    run_id = submit(client, epochs=1_000_000)
    paused = client.patch(f"/api/runs/{run_id}", json={"status": "paused", "pace": 10}).json()
    assert (paused["status"], paused["pace"]) == ("paused", 10)
    assert client.get(f"/api/runs/{run_id}").json()["epoch"] == paused["epoch"]
    assert client.patch(f"/api/runs/{run_id}", json={"status": "running"}).json()["status"] == "running"
    assert client.patch(f"/api/runs/{run_id}", json={"status": "stopped"}).json()["status"] == "stopped"
    refused = client.patch(f"/api/runs/{run_id}", json={"status": "paused"})
    assert refused.status_code == 409
    assert_problem(refused, words="stopped")
    assert_problem(client.patch(f"/api/runs/{run_id}", json={}), words="status, pace, or both")
    assert_problem(client.patch(f"/api/runs/{run_id}", json={"status": "queued"}), words="status is 'queued'")


def test_a_run_may_begin_held_with_the_pace_that_was_asked_for(client: httpx.Client, playground: Server) -> None:
    begun = client.post("/api/runs", json={"dataset": "xor", "pace": 20, "status": "paused"})
    assert begun.status_code == 201, begun.text
    run = begun.json()
    assert (run["status"], run["epoch"], run["pace"], run["spec"]["pace"]) == ("paused", 0, 20, 20)
    assert "status" not in run["spec"]
    with events(playground, run["id"]) as viewer:
        first = until(viewer, "progress")
        assert [entry["to"] for entry in first if entry["type"] == "progress"] == [0]
        viewer.send('{"type": "stop"}')
        until(viewer, "end")
    plain_start = client.post("/api/runs", json={"epochs": 1, "status": "running"})
    assert plain_start.json()["status"] == "queued"
    for wrong in ("stopped", "queued", None, 1):
        refused = client.post("/api/runs", json={"epochs": 1, "status": wrong})
        assert_problem(refused, words="allowed: one of running, paused")
    assert_problem(client.post("/api/gradient-check", json={"status": "paused"}), words="'status'")


def test_the_costs_of_single_epochs_come_in_one_answer(client: httpx.Client, playground: Server) -> None:
    run_id = finished(client, playground, epochs=120)
    address = f"/api/runs/{run_id}/costs"
    whole = client.get(address).json()["cost"]
    asked = client.get(address, params={"at": "120,0,7,121,1000000"}).json()
    assert asked == {"at": [120, 0, 7], "cost": [whole[120], whole[0], whole[7]]}
    assert client.get(address, params={"at": "9999"}).json() == {"at": [], "cost": []}
    for wrong in ("", "1,", "1.5", "-1", "a", "1000001", "٣", ",".join(["1"] * 201)):
        refused = client.get(address, params={"at": wrong})
        assert_problem(refused, words="1 to 200 whole numbers from 0 to 1 000 000")
    assert_problem(client.get(address, params={"at": "1", "start": 1}), words="without start and stop")
    assert client.get("/api/runs/no-such-run/costs?at=1").status_code == 404


def test_the_wildest_numbers_that_are_allowed_leave_a_readable_record(client: httpx.Client, playground: Server) -> None:
    spec = {
        "dataset": {"x": [[1e6], [-1e6]], "y": [0, 1], "classes": 2}, "hidden": [], "rule": "article", "eta": 1000,
        "epochs": 5000, "initialisation": {"w": [[[-1e6, 1e6]]], "b": [[0, 0]]},
    }  # fmt: skip
    run_id = submit(client, **spec)
    with events(playground, run_id) as viewer:
        end = until(viewer, "end")[-1]
    run = client.get(f"/api/runs/{run_id}").json()
    costs = client.get(f"/api/runs/{run_id}/costs").json()["cost"]
    assert end["status"] == run["status"] == "finished"
    assert costs[0] == pytest.approx(2e12)
    assert all(math.isfinite(cost) for cost in costs)
    assert len(costs) == run["epoch"] + 1


def test_a_run_that_diverges_fails_in_words_and_its_record_stays(client: httpx.Client, playground: Server) -> None:
    run_id = submit(client, eta=1e308)
    with events(playground, run_id) as viewer:
        assert until(viewer, "end")[-1]["status"] == "failed"
    run = client.get(f"/api/runs/{run_id}").json()
    assert (run["status"], run["epoch"]) == ("failed", 0)
    assert "stopped being a finite number at epoch 1; try an eta smaller than 1e+308" in run["detail"]
    assert client.get(f"/api/runs/{run_id}/costs").json()["cost"] == [run["cost"]]
    assert client.get(f"/api/runs/{run_id}/state").json()["epoch"] == 0
    assert client.get(f"/api/runs/{run_id}/costs.csv").text.count("\n") == 2


def test_the_openapi_document_describes_every_route(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for path in (
        "/api/softmax",
        "/api/cost",
        "/api/gradient-check",
        "/api/runs",
        "/api/runs/{run_id}/state",
        "/readyz",
    ):
        assert path in paths
