"""What tests of the web ask again and again, as sentences."""

from __future__ import annotations

import json
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect

from tests.browser.serving import Server


def submit(client: httpx.Client, **spec: Any) -> str:
    """Start a run; its id."""
    answer = client.post("/api/runs", json=spec)
    assert answer.status_code == 201, answer.text
    identity: str = answer.json()["id"]
    assert answer.headers["location"] == f"/api/runs/{identity}"
    return identity


def events(server: Server, run_id: str, query: str = "", **options: Any) -> ClientConnection:
    """A viewer's connection."""
    address = f"{server.address.replace('http://', 'ws://')}/api/runs/{run_id}/events{query}"
    viewer: ClientConnection = connect(address, compression=None, max_size=None, **options)
    return viewer


def message(viewer: ClientConnection) -> dict[str, Any]:
    """The next message, which has to be strict JSON."""
    document: dict[str, Any] = json.loads(viewer.recv(timeout=20), parse_constant=refuse)
    return document


def refuse(constant: str) -> None:
    """NaN and Infinity are not JSON."""
    raise AssertionError(f"{constant} was sent")


def until(viewer: ClientConnection, kind: str) -> list[dict[str, Any]]:
    """All messages up to and with the first of a type."""
    messages = [message(viewer)]
    while messages[-1]["type"] != kind:
        messages.append(message(viewer))
    return messages


def assert_contiguous(messages: list[dict[str, Any]], first: int = 0) -> int:
    """Progress ranges follow one another without gap or overlap from ``first``; the last epoch."""
    following = first
    for progress in (entry for entry in messages if entry["type"] == "progress"):
        assert progress["from"] == following
        assert progress["epoch"][-1] == progress["to"]
        assert all(progress["from"] <= epoch <= progress["to"] for epoch in progress["epoch"])
        assert progress["epoch"] == sorted(set(progress["epoch"]))
        assert len(progress["epoch"]) == len(progress["cost"])
        following = progress["to"] + 1
    return following - 1


def finished(client: httpx.Client, server: Server, **spec: Any) -> str:
    """A run that has ended; its id."""
    identity = submit(client, **spec)
    with events(server, identity) as viewer:
        until(viewer, "end")
    return identity


def assert_problem(answer: httpx.Response, *, words: str = "") -> None:
    """A 4xx with RFC 9457's form and a sentence."""
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.text[:300])
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert len(problem["detail"]) > 10
    assert words in problem["detail"], problem["detail"]
