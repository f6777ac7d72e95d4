"""Clients that dribble, flood or never read: each is let go, and nobody else notices."""

from __future__ import annotations

import base64
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from tests.browser.serving import Server, serving
from tests.web.asking import assert_problem, events, message, submit

PATIENCE = 20.0
NEVER_READ = {"PLAYGROUND_SEND_SECONDS": "0.3", "PLAYGROUND_ANSWER_SECONDS": "0.3", "PLAYGROUND_WORKERS": "1"}
ONE = {"PLAYGROUND_MAX_CONNECTIONS_PER_ADDRESS": "1"}
FEW = {"PLAYGROUND_MAX_CONNECTIONS_PER_ADDRESS": "8", "PLAYGROUND_WORKERS": "1"}
EMPTY_TEXT, EMPTY_PING, EMPTY_PONG, FRAGMENT = (bytes([kind, 0x80, 0, 0, 0, 0]) for kind in (0x81, 0x89, 0x8A, 0x00))


@contextmanager
def bare(server: Server, receive_buffer: int | None = None) -> Iterator[socket.socket]:
    """A TCP connection, with as small a buffer for what it is sent as wished."""
    host, port = server.address.removeprefix("http://").split(":")
    with socket.socket() as connection:
        connection.settimeout(PATIENCE)
        if receive_buffer is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        connection.connect((host, int(port)))
        yield connection


def upgrade(connection: socket.socket, path: str) -> None:
    """Make a bare connection a WebSocket."""
    key = base64.b64encode(os.urandom(16))
    head = (
        f"GET {path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    )
    connection.sendall(head.encode() + b"Sec-WebSocket-Key: " + key + b"\r\n\r\n")
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(1)
    assert answer.startswith(b"HTTP/1.1 101")


def rest(connection: socket.socket) -> bytes:
    """Everything until the other side hangs up."""
    parts = []
    try:
        while part := connection.recv(65_536):
            parts.append(part)
    except ConnectionError:
        pass
    return b"".join(parts)


def assert_answered(connection: socket.socket) -> None:
    """One more request on a connection, and its whole answer."""
    connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    answer = b""
    while not answer.endswith(b"}"):
        answer += connection.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 200")


def send_until_refused(connection: socket.socket, data: bytes) -> None:
    """Send; the other side may hang up in the middle."""
    try:
        connection.sendall(data)
    except ConnectionError:
        return


@pytest.mark.parametrize(
    "frame", [EMPTY_TEXT, EMPTY_PING, EMPTY_PONG, FRAGMENT], ids=["texts", "pings", "pongs", "fragments"]
)
def test_a_flood_of_frames_is_closed_with_1008(client: httpx.Client, playground: Server, frame: bytes) -> None:
    run_id = submit(client, epochs=1_000_000, pace=1)
    with bare(playground) as connection:
        upgrade(connection, f"/api/runs/{run_id}/events")
        opening = bytes([0x01, 0x80, 0, 0, 0, 0]) if frame is FRAGMENT else b""
        connection.sendall(opening + frame * 40_000)
        connection.shutdown(socket.SHUT_WR)
        assert struct.pack("!H", 1008) + b"more than 50 messages a second" in rest(connection)
    assert client.get("/healthz").status_code == 200


def test_a_viewer_who_never_reads_is_let_go(tmp_path: Path) -> None:
    with serving(tmp_path / "log", settings=NEVER_READ) as server, httpx.Client(base_url=server.address) as client:
        spec = {"dataset": "digits-8x8", "hidden": [100, 100], "batch_size": 10, "initialisation": "scaled"}
        run_id = submit(client, **spec, epochs=1000)
        with bare(server, receive_buffer=4096) as asleep, events(server, run_id) as awake:
            upgrade(asleep, f"/api/runs/{run_id}/events?include=parameters")
            while sockets_open(client) > 1:
                assert message(awake)["type"] != "end", "the run ended while the sleeping viewer was still there"
            awake.send('{"type": "stop"}')


def sockets_open(client: httpx.Client) -> int:
    """How many WebSockets the server counts."""
    lines = client.get("/metrics").text.splitlines()
    return int(float(next(line.split()[1] for line in lines if line.startswith("playground_sockets "))))


def test_an_answer_that_nobody_reads_is_given_up(tmp_path: Path) -> None:
    """The address may hold one connection only, so that another is let in when the first is gone."""
    with serving(tmp_path / "log", settings=NEVER_READ | ONE) as server, bare(server, receive_buffer=4096) as asleep:
        asleep.sendall(b"GET /static/x/vendor/plotly-cartesian.min.js HTTP/1.1\r\nHost: x\r\n\r\n")
        assert asleep.recv(12) == b"HTTP/1.1 200"
        refusals = 0
        while not is_let_in(server):
            refusals += 1
        assert refusals > 0


def is_let_in(server: Server) -> bool:
    """Whether a further connection from here is answered."""
    with bare(server) as connection:
        send_until_refused(connection, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        return rest(connection).startswith(b"HTTP/1.1 200")


def test_one_address_has_so_many_connections_and_gets_them_back(tmp_path: Path) -> None:
    with serving(tmp_path / "log", settings=FEW) as server:
        address = server.address.removeprefix("http://").split(":")
        held = [socket.create_connection((address[0], int(address[1])), timeout=PATIENCE) for _ in range(8)]
        for connection in held:
            assert_answered(connection)
        with bare(server) as ninth:
            send_until_refused(ninth, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert rest(ninth) == b""
        for connection in held:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            rest(connection)
            connection.close()
        assert httpx.get(server.address + "/healthz").status_code == 200


@pytest.mark.parametrize("size", [40_000, 400_000])
def test_a_head_is_limited_whole_and_in_parts(playground: Server, size: int) -> None:
    head = b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(size // 9))
    with bare(playground) as connection:
        send_until_refused(connection, head)
        send_until_refused(connection, b"\r\n")
        assert not rest(connection).startswith(b"HTTP/1.1 200")


def test_what_is_not_http_is_refused_as_a_problem(playground: Server) -> None:
    with bare(playground) as connection:
        connection.sendall(b"what is softmax?\r\n\r\n")
        head, _, body = rest(connection).partition(b"\r\n\r\n")
    fields = dict(line.decode().split(": ", 1) for line in head.split(b"\r\n")[1:])
    assert_problem(httpx.Response(int(head.split()[1]), headers=fields, content=body), words="HTTP")


def test_requests_one_after_another_on_one_connection_each_have_their_own_time(playground: Server) -> None:
    with bare(playground) as connection:
        for _ in range(3):
            assert_answered(connection)
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHo")
        assert rest(connection) == b"", "a second head that never ends is cut off like a first"


def test_one_viewer_too_many_is_told_to_come_later(tmp_path: Path) -> None:
    settings = {"PLAYGROUND_MAX_SOCKETS_PER_ADDRESS": "2", "PLAYGROUND_WORKERS": "1"}
    with serving(tmp_path / "log", settings=settings) as server, httpx.Client(base_url=server.address) as client:
        run_id = submit(client, epochs=1_000_000, pace=1)
        with events(server, run_id), events(server, run_id) as second:
            with events(server, run_id) as third:
                assert "2 connections" in message(third)["detail"]
                with pytest.raises(ConnectionClosed) as closed:
                    third.recv(PATIENCE)
                assert closed.value.rcvd is not None and closed.value.rcvd.code == 1013
            second.close()
            while sockets_open(client) > 1:
                pass
            with events(server, run_id) as fourth:
                assert message(fourth)["type"] == "run"
