"""Bad input of every kind at every door: a 4xx in words, never a 500, and nothing recorded is touched."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.browser.serving import Server
from tests.web.asking import assert_problem, finished

BAD_BODIES = {
    "empty": b"",
    "not JSON": b"z=1",
    "NaN": b'{"z": [NaN], "epochs": NaN}',
    "Infinity": b'{"z": [-Infinity, Infinity]}',
    "1e999": b'{"z": [1e999], "eta": 1e999}',
    "lone surrogate": b'{"dataset": "\\ud800", "z": ["\\udfff"]}',
    "raw lone surrogate": b'{"dataset": "\xed\xa0\x80"}',
    "not UTF-8": b'{"z": "\xff\xfe"}',
    "deep lists": b"[" * 100_000 + b"]" * 100_000,
    "deep lists in a field": b'{"z": ' + b"[" * 200 + b"]" * 200 + b"}",
    "deep objects": b'{"a":' * 500 + b"1" + b"}" * 500,
    "huge": b'{"z": [' + b"1," * 700_000 + b"1]}",
    "huge number": b'{"z": [' + b"9" * 5000 + b'], "epochs": ' + b"9" * 5000 + b"}",
    "many fields": json.dumps({f"field {number}": number for number in range(5000)}).encode(),
    "list": b"[1, 2, 3]",
    "text": b'"softmax"',
    "null": b"null",
    "true": b"true",
    "number": b"3",
    "unknown field": b'{"colour": "red"}',
    "null byte": b'{"dataset": "\\u0000", "z": "\\u0000"}',
    "wrong types": b'{"z": {"1": 2}, "y": "one", "epochs": [10], "hidden": "five", "status": 7, "pace": "fast"}',
    "nulls": b'{"z": null, "y": null, "epochs": null, "status": null}',
    "empty lists": b'{"z": [], "y": [], "dataset": {"x": [], "y": [], "classes": 2}, "status": []}',
    "nested numbers": b'{"z": [[1, 2], [3]], "hidden": [[5]], "status": {"paused": true}}',
    "markup": b'{"dataset": "<script>alert(1)</script>", "z": ["<b>"], "status": "<i>"}',
}
POSTS = ("/api/softmax", "/api/cost", "/api/gradient-check", "/api/runs")
JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def recorded(playground: Server) -> Iterator[str]:
    """A finished run whose record has to be the same afterwards."""
    with httpx.Client(base_url=playground.address, timeout=20) as client:
        run_id = finished(client, playground, dataset="xor", epochs=500)
        before = [client.get(f"/api/runs/{run_id}{part}").content for part in ("", "/costs", "/state")]
        yield run_id
        after = [client.get(f"/api/runs/{run_id}{part}").content for part in ("", "/costs", "/state")]
        assert before == after


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES.keys())
@pytest.mark.parametrize("route", [*POSTS, "PATCH"])
def test_a_bad_body_is_refused_in_words(client: httpx.Client, recorded: str, route: str, body: bytes) -> None:
    method, path = ("PATCH", f"/api/runs/{recorded}") if route == "PATCH" else ("POST", route)
    assert_problem(client.request(method, path, content=body, headers=JSON))


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_a_body_of_another_type_is_refused(client: httpx.Client, kind: str) -> None:
    answer = client.post("/api/softmax", content=b'{"z": [1, 2]}', headers={"content-type": kind})
    assert answer.status_code == 415
    assert_problem(answer)


NINES = "9" * 5000
STRANGE = ["nobody", "..", "%00", quote("😀"), "a" * 2000, "%ff", quote("<script>"), "%2e%2e%2f", "NaN", "-1"]


@pytest.mark.parametrize("run_id", STRANGE)
@pytest.mark.parametrize("part", ["", "/costs", "/state", "/script", "/costs.csv"])
def test_an_unknown_run_is_not_found(client: httpx.Client, run_id: str, part: str) -> None:
    assert_problem(client.get(f"/api/runs/{run_id}{part}"))


@pytest.mark.parametrize("route", ["/api/datasets/xor", "/api/runs/{recorded}/costs"])
def test_a_start_that_no_list_has_is_refused(client: httpx.Client, recorded: str, route: str) -> None:
    assert_problem(client.get(route.format(recorded=recorded), params={"start": 10**30}), words="start is 1")


ODD_QUERIES = ["lang=xx", "lang=%00", "theme=<script>", "z=NaN,1e999,%ff", "dataset=%ed%a0%80", "n=" + "9" * 3000]


@pytest.mark.parametrize("query", ODD_QUERIES)
@pytest.mark.parametrize("address", ["/", "/softmax", "/train"])
def test_a_page_with_a_strange_address_is_a_page(client: httpx.Client, address: str, query: str) -> None:
    answer = client.get(f"{address}?{query}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)
fields = st.sampled_from(["z", "y", "temperature", "output", "cost", "dataset", "hidden", "epochs", "eta", "seed", "x"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(route=st.sampled_from(POSTS), document=st.dictionaries(fields, json_values, max_size=4) | json_values)
def test_any_json_is_answered_or_refused(client: httpx.Client, route: str, document: object) -> None:
    body = json.dumps(document, ensure_ascii=True)
    answer = client.post(route, content=body.encode(), headers=JSON)
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert_problem(answer)


def raw(server: Server) -> socket.socket:
    """A bare connection."""
    host, port = server.address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=20)


def test_a_head_that_never_ends_is_cut_off(playground: Server) -> None:
    with raw(playground) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        assert received(connection) == b""


def received(connection: socket.socket) -> bytes:
    """Everything until the other side hangs up."""
    parts = []
    try:
        while part := connection.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        return b"".join(parts)
    return b"".join(parts)


def test_a_head_that_is_too_large_is_refused(playground: Server) -> None:
    with raw(playground) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-Filler: " + b"x" * 40_000)
        assert received(connection).startswith(b"HTTP/1.1 400")


def test_a_body_that_never_comes_is_answered_with_408(playground: Server) -> None:
    head = b"POST /api/softmax HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"
    with raw(playground) as connection:
        connection.sendall(head)
        assert connection.recv(65536).startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize(
    "garbage", [b"\x00" * 100, b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"GET / HTTP/9.9\r\n\r\n"]
)
def test_garbage_is_hung_up_on(playground: Server, garbage: bytes) -> None:
    with raw(playground) as connection:
        connection.sendall(garbage)
        answer = received(connection)
        assert answer == b"" or answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 200"))
