"""The HTTP server: uvicorn, configured, with guarded protocols.

At the end of its life it stops to listen, closes every WebSocket with 1012 (return with ``after``), and gives requests
in hand a few seconds.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import ip_address

import uvicorn
from fastapi import FastAPI

from ..settings import Settings
from .door.http import guarded_http
from .door.sockets import guarded_sockets

__all__ = ["addresses", "listener", "server"]

SEND_BUFFER = 65_536
"""Bytes that the kernel may hold back for a viewer who does not read: the default hides megabytes of stale messages."""
GRACE_SECONDS = 3


class AnnouncingServer(uvicorn.Server):
    """uvicorn's server, which says when it has begun to listen."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen, then say so."""
        await super().startup(sockets)
        if self.started:
            self.ready()


def server(app: FastAPI, settings: Settings, ready: Callable[[], None]) -> uvicorn.Server:
    """The configured server; ``serve(sockets=[listener(settings)])`` runs it and calls ``ready`` once it listens."""
    config = uvicorn.Config(
        app,
        http=guarded_http(settings),
        ws=guarded_sockets(settings),
        ws_max_size=settings.message_bytes,
        ws_per_message_deflate=False,
        ws_ping_interval=20.0,
        ws_ping_timeout=20.0,
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=GRACE_SECONDS,
        lifespan="off",
    )
    return AnnouncingServer(config, ready)


def listener(settings: Settings) -> socket.socket:
    """The socket to listen on, bound; OSError where the address or port is not to be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # Named as TCP, so that asyncio turns off Nagle's wait for the client's acknowledgement: 40 ms an answer.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    try:
        listening.bind((settings.host, settings.port))
    except OSError:
        listening.close()
        raise
    listening.setblocking(False)
    return listening


def addresses(host: str, port: int) -> list[str]:
    """What people can type to reach a server that listens here: where it listens on all of the machine's addresses, the
    machine's own, and last the one that works on this machine alone.
    """
    local = {"0.0.0.0": ["127.0.0.1"], "::": ["::1"]}.get(host)
    hosts = [host] if local is None else [*machine_addresses(ipv6=host == "::"), *local]
    return [f"http://[{one}]:{port}" if ":" in one else f"http://{one}:{port}" for one in hosts]


ELSEWHERE = {False: "10.254.254.254", True: "fd00::1"}
"""Private addresses of some machine that need not be there: nothing is sent to it."""


def machine_addresses(*, ipv6: bool) -> list[str]:
    """The address that this machine has in its network, with IPv4 before IPv6; none where it is in no network."""
    found = []
    for family in (socket.AF_INET, *([socket.AF_INET6] if ipv6 else [])):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as line:
                line.connect((ELSEWHERE[family == socket.AF_INET6], 9))
                found.append(str(line.getsockname()[0]))
        except OSError:
            continue  # no way out by this version
    return [one for one in found if not ip_address(one.partition("%")[0]).is_loopback]
