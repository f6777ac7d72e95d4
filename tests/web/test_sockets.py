"""The WebSocket of a run: ranges, returning, wishes, limits, and every way to close."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx
import numpy as np
import pytest
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from app.settings import Settings
from app.web.api.events import Viewer
from app.web.operation.metrics import Metrics
from tests.browser.serving import Server, serving
from tests.web.asking import assert_contiguous, events, finished, message, submit, until


def closing_code(viewer: object) -> int:
    """Read to the end; the close code, 1006 where the other side hung up without one."""
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            viewer.recv(timeout=20)  # type: ignore[attr-defined]
    return closed.value.rcvd.code if closed.value.rcvd else 1006


def test_a_run_is_told_from_its_first_epoch_to_its_end(client: httpx.Client, playground: Server) -> None:
    run_id = submit(client)
    with events(playground, run_id, "?include=outputs,parameters") as viewer:
        messages = until(viewer, "end")
        assert closing_code(viewer) == 1000
    assert messages[0]["type"] == "run"
    assert messages[0]["spec"]["epochs"] == 10_000
    assert assert_contiguous(messages) == 10_000
    last = [entry for entry in messages if entry["type"] == "progress"][-1]
    assert len(last["outputs"]) == 16
    assert len(last["parameters"]["w"][0]) == 4
    state = client.get(f"/api/runs/{run_id}/state").json()
    assert last["parameters"] == {"w": state["w"], "b": state["b"]}
    np.testing.assert_allclose(last["outputs"], state["a"][:16], rtol=1e-12)
    assert messages[-1]["status"] == "finished"
    assert messages[-1]["cost"] == last["cost"][-1]


def test_a_curve_is_thinned_but_keeps_its_extremes(client: httpx.Client, playground: Server) -> None:
    run_id = finished(client, playground, rule="article", epochs=5000)
    costs = client.get(f"/api/runs/{run_id}/costs").json()["cost"]
    with events(playground, run_id) as viewer:
        progress = until(viewer, "progress")[-1]
    assert (progress["from"], progress["to"]) == (0, 5000)
    assert len(progress["cost"]) <= 520
    assert max(progress["cost"]) == max(costs)
    assert min(progress["cost"]) == min(costs)
    assert all(costs[epoch] == cost for epoch, cost in zip(progress["epoch"], progress["cost"], strict=True))


def test_a_viewer_returns_with_after_and_misses_nothing(client: httpx.Client, playground: Server) -> None:
    run_id = submit(client, epochs=30_000)
    last = -1
    for _ in range(4):
        with events(playground, run_id, f"?after={last}") as viewer:
            assert message(viewer)["type"] == "run"
            progress = until(viewer, "progress")
            last = assert_contiguous(progress, last + 1)
    with events(playground, run_id, f"?after={last}") as viewer:
        assert assert_contiguous(until(viewer, "end"), last + 1) == 30_000


def test_wishes_are_obeyed_in_order(client: httpx.Client, playground: Server) -> None:
    run_id = submit(client, epochs=1_000_000, pace=20)
    with events(playground, run_id) as viewer:
        until(viewer, "progress")
        viewer.send('{"type": "pause"}')
        paused = until_status(viewer, "paused")
        viewer.send('{"type": "pace", "epochs_per_second": null}')
        viewer.send('{"type": "step", "epochs": 7}')
        while (now := message(viewer)).get("to", now.get("epoch")) != paused + 7:
            pass
        viewer.send('{"type": "resume"}')
        assert until_status(viewer, "running") >= paused + 7
        viewer.send('{"type": "stop"}')
        assert until(viewer, "end")[-1]["status"] == "stopped"
        assert closing_code(viewer) == 1000


def until_status(viewer: object, status: str) -> int:
    """Read up to a status; the epoch it came at."""
    while True:
        entry = message(viewer)  # type: ignore[arg-type]
        if entry["type"] == "status" and entry["status"] == status:
            return int(entry["epoch"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nonsense", "allowed: a JSON object"),
        ("[]", "the message is a list of 0"),
        ("{}", "the message.type is null"),
        ('{"type": "fly"}', "type is 'fly'; allowed: one of pause, resume, stop, step, pace"),
        ('{"type": ["pause"]}', "type is a list of 1"),
        ('{"type": "step", "epochs": 0}', "epochs is 0; allowed: a whole number from 1"),
        ('{"type": "step", "epochs": 1e999}', "a JSON object"),
        ('{"type": "pace", "epochs_per_second": -1}', "epochs_per_second is -1"),
        ('{"type": "pace", "epochs_per_second": "fast"}', "epochs_per_second is 'fast'"),
        ('{"type": "pause", "epochs": 3}', "an unknown field is 'epochs'"),
        ('{"type": "pause", "colour": 3}', "an unknown field is 'colour'"),
        ('{"type": "\\ud800"}', "the message"),
        ("[" * 5000, "the message"),
    ],
)
def test_a_wrong_message_is_answered_in_words_and_the_connection_lives_on(
    client: httpx.Client, playground: Server, text: str, words: str
) -> None:
    run_id = submit(client, epochs=1_000_000, pace=1)
    with events(playground, run_id) as viewer:
        viewer.send(text)
        assert words in until(viewer, "error")[-1]["detail"]
        viewer.send('{"type": "stop"}')
        assert until(viewer, "end")[-1]["status"] == "stopped"


def test_a_command_after_the_end_is_refused(client: httpx.Client, playground: Server) -> None:
    run_id = finished(client, playground, epochs=5)
    answer = client.patch(f"/api/runs/{run_id}", json={"status": "running"})
    assert answer.status_code == 409


def test_an_unknown_run_is_said_and_closed_for_good(playground: Server) -> None:
    with events(playground, "nobody") as viewer:
        assert "there is no run 'nobody'" in message(viewer)["detail"]
        assert closing_code(viewer) == 4404


@pytest.mark.parametrize(
    "query", ["?after=x", "?after=-2", "?after=1e3", "?after=99999999999", "?include=secrets", "?beats=2"]
)
def test_a_wrong_question_is_said_and_closed_for_good(client: httpx.Client, playground: Server, query: str) -> None:
    run_id = finished(client, playground, epochs=5)
    with events(playground, run_id, query) as viewer:
        assert "allowed" in message(viewer)["detail"]
        assert closing_code(viewer) == 4400


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "http://x@127.0.0.1"])
def test_a_page_of_another_origin_is_turned_away_before_it_is_let_in(playground: Server, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refusal, events(playground, "any", additional_headers={"Origin": origin}):
        pass
    assert refusal.value.response.status_code == 403


def test_our_own_page_is_let_in(client: httpx.Client, playground: Server) -> None:
    run_id = finished(client, playground, epochs=5)
    with events(playground, run_id, additional_headers={"Origin": playground.address}) as viewer:
        assert message(viewer)["type"] == "run"


def test_who_wants_it_hears_that_the_line_is_alive_and_what_was_dealt_with(
    client: httpx.Client, playground: Server
) -> None:
    run_id = client.post("/api/runs", json={"epochs": 1_000_000, "pace": 0.1, "status": "paused"}).json()["id"]
    with events(playground, run_id, "?beats=1") as viewer:
        assert until(viewer, "beat")[-1]["heard"] == 0
        for text in ('{"type": "pause"}', '{"type": "nonsense"}', '{"type": "resume"}'):
            viewer.send(text)
        heard = [until(viewer, "beat")[-1]["heard"]]
        while heard[-1] < 3:
            heard.append(until(viewer, "beat")[-1]["heard"])
        assert heard == sorted(heard)
        viewer.send('{"type": "stop"}')
        until(viewer, "end")


def test_who_does_not_want_beats_gets_none(client: httpx.Client, playground: Server) -> None:
    run_id = client.post("/api/runs", json={"epochs": 50, "status": "paused"}).json()["id"]
    with events(playground, run_id) as viewer, events(playground, run_id, "?beats=1") as other:
        until(other, "beat")
        viewer.send('{"type": "resume"}')
        assert "beat" not in {entry["type"] for entry in until(viewer, "end")}


def test_why_a_socket_does_not_open_is_said_over_http(client: httpx.Client, playground: Server) -> None:
    run_id = finished(client, playground, epochs=5)
    address = f"/api/runs/{run_id}/events"
    for query in ("", f"?origin={playground.address}"):
        upgrade = client.get(address + query)
        assert (upgrade.status_code, upgrade.headers["upgrade"]) == (426, "websocket")
        assert "Upgrade" in upgrade.json()["detail"]
    refused = client.get(address, params={"origin": "https://elsewhere.example"})
    assert refused.status_code == 403
    assert "https://elsewhere.example" in refused.json()["detail"]
    assert client.get("/api/runs/nobody/events").status_code == 404


def test_one_socket_too_many_is_named_over_http_and_counts_for_nothing(tmp_path: Path) -> None:
    settings = {"PLAYGROUND_MAX_SOCKETS_PER_ADDRESS": "1", "PLAYGROUND_WORKERS": "1"}
    with serving(tmp_path / "log", settings=settings) as server, httpx.Client(base_url=server.address) as client:
        run_id = submit(client, epochs=1_000_000, pace=1)
        for _ in range(3):
            assert client.get(f"/api/runs/{run_id}/events").status_code == 426
        with events(server, run_id) as viewer:
            until(viewer, "progress")
            full = client.get(f"/api/runs/{run_id}/events")
            assert (full.status_code, full.headers["retry-after"]) == (429, "10")
            assert "1 connections open" in full.json()["detail"]


def test_a_flood_of_messages_is_closed_for_breaking_a_rule(client: httpx.Client, playground: Server) -> None:
    run_id = submit(client, epochs=1_000_000, pace=1)
    with events(playground, run_id) as viewer:
        with pytest.raises(ConnectionClosed):
            for _ in range(5000):
                viewer.send("")
        assert closing_code(viewer) in (1006, 1008)


def test_a_flood_of_pings_is_closed_for_breaking_a_rule(client: httpx.Client, playground: Server) -> None:
    run_id = submit(client, epochs=1_000_000, pace=1)
    with events(playground, run_id) as viewer:
        with pytest.raises(ConnectionClosed):
            for number in range(5000):
                viewer.ping(str(number))
        assert closing_code(viewer) in (1006, 1008)


def test_a_message_that_is_too_big_is_refused(client: httpx.Client, playground: Server) -> None:
    run_id = submit(client, epochs=1_000_000, pace=1)
    with events(playground, run_id) as viewer:
        viewer.send("x" * 20_000)
        assert closing_code(viewer) == 1009


def test_a_viewer_is_sent_at_most_30_messages_a_second(client: httpx.Client, playground: Server) -> None:
    run_id = submit(client, epochs=1_000_000, pace=1000)
    arrivals: list[float] = []
    with events(playground, run_id) as viewer:
        until(viewer, "progress")
        while len(arrivals) < 60:
            if len(arrivals) % 5 == 0:
                viewer.send(json.dumps({"type": "pace", "epochs_per_second": 1000 + len(arrivals)}))
            message(viewer)
            arrivals.append(time.monotonic())
        viewer.send('{"type": "stop"}')
    # The messages of any second: a burst of four more than the rate may come at its beginning.
    for first, start in enumerate(arrivals):
        assert sum(start <= later < start + 1 for later in arrivals[first:]) <= 34


@pytest.mark.parametrize("rule", ["exact", "article"])
@pytest.mark.parametrize("cost", ["log-likelihood", "quadratic"])
def test_however_large_eta_is_all_that_is_sent_is_json(
    client: httpx.Client, playground: Server, cost: str, rule: str
) -> None:
    for power in range(-6, 7):
        spec = {"dataset": "iris", "cost": cost, "rule": rule, "epochs": 200, "eta": 10.0**power}
        with events(playground, submit(client, **spec), "?include=outputs,parameters") as viewer:
            messages = until(viewer, "end")
        reached = assert_contiguous(messages)
        end = messages[-1]
        assert (end["status"], reached) == ("finished", 200) or (
            end["status"] == "failed" and f"epoch {reached + 1}" in end["detail"]
        )


def test_one_who_never_reads_delays_nobody(client: httpx.Client, playground: Server) -> None:
    run_id = submit(client, dataset="digits-8x8", hidden=[30], batch_size=100, initialisation="scaled", epochs=60)
    query = "?include=outputs,parameters"
    with events(playground, run_id, query, max_queue=1) as asleep, events(playground, run_id, query) as awake:
        assert assert_contiguous(until(awake, "end")) == 60
        assert assert_contiguous(until(asleep, "end")) == 60


def test_at_a_shutdown_every_viewer_is_told_to_return(tmp_path: Path) -> None:
    with serving(tmp_path / "server.log") as server, httpx.Client(base_url=server.address) as client:
        run_id = submit(client, epochs=1_000_000, pace=10)
        with events(server, run_id) as viewer:
            until(viewer, "progress")
            assert server.stop() == 0
            assert closing_code(viewer) == 1012


class GoneClient:
    """The ASGI side of a client that has left: whatever is sent to it fails."""

    async def receive(self) -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(self, message: Any) -> None:
        if message["type"] == "websocket.send":
            raise OSError


def test_whoever_sends_after_the_client_has_left_learns_the_same() -> None:
    gone = GoneClient()
    socket = WebSocket({"type": "websocket", "headers": [], "path": "/"}, gone.receive, gone.send)
    settings = Settings()
    parts = cast(Any, SimpleNamespace(settings=settings, metrics=Metrics()))

    async def two_messages() -> list[type[BaseException]]:
        await socket.accept()
        viewer = Viewer(socket, parts)
        outcomes = await asyncio.gather(viewer.send("one"), viewer.send("two"), return_exceptions=True)
        return [type(outcome) for outcome in outcomes if isinstance(outcome, BaseException)]

    assert asyncio.run(two_messages()) == [WebSocketDisconnect, WebSocketDisconnect]
