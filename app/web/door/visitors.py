"""Who is asking, for quotas only: a browser by its signed cookie, whoever has none by its address.

A whole school sits behind one address, so the quotas that count belong to browsers; an address has generous ceilings.
The cookie is a random number: no account, no name, nothing about the person.
"""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass

from itsdangerous import BadSignature, Signer
from limits import parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from starlette.requests import HTTPConnection
from starlette.responses import Response

from ...runs.errors import Full
from ...runs.ports import Owner
from ...settings import Settings

__all__ = ["COOKIE", "Visitor", "Visitors"]

COOKIE = "visitor"
YEAR = 31_536_000


@dataclass(frozen=True, slots=True)
class Visitor:
    """An account for quotas: ``name`` of the browser or the address; ``known`` where there was a valid cookie."""

    name: str
    address: str
    known: bool


class Visitors:
    """Recognises visitors and counts what they use."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.signer = Signer(settings.secret or secrets.token_hex(32), salt="visitor")
        self.limiter = MovingWindowRateLimiter(MemoryStorage())
        self.per_visitor = parse(f"{settings.submits_per_minute}/minute")
        self.per_address = parse(f"{settings.submits_per_minute_per_address}/minute")
        self.sockets: Counter[str] = Counter()

    def visitor(self, connection: HTTPConnection) -> Visitor:
        """Who is asking."""
        address = self.address(connection)
        cookie = connection.cookies.get(COOKIE, "")
        try:
            return Visitor("browser " + self.signer.unsign(cookie.encode("ascii", "replace")).decode(), address, True)
        except BadSignature:
            return Visitor("address " + address, address, False)

    def address(self, connection: HTTPConnection) -> str:
        """The client's address: the rightmost in X-Forwarded-For that is not one of the trusted proxies."""
        address = connection.client.host if connection.client else "unknown"
        forwarded = ",".join(connection.headers.getlist("x-forwarded-for"))  # some proxies add a header of their own
        for hop in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
            if address not in self.settings.trusted_proxies:
                break
            address = hop
        return address

    def secure(self, connection: HTTPConnection) -> bool:
        """Whether the browser speaks TLS: with us, or with a trusted proxy that says so."""
        if connection.url.scheme in ("https", "wss"):
            return True
        client = connection.client.host if connection.client else ""
        return client in self.settings.trusted_proxies and connection.headers.get("x-forwarded-proto") == "https"

    def greet(self, connection: HTTPConnection, response: Response) -> None:
        """Give a browser its cookie."""
        if not self.visitor(connection).known:
            name = self.signer.sign(secrets.token_urlsafe(12)).decode()
            secure = self.secure(connection)
            response.set_cookie(COOKIE, name, max_age=YEAR, httponly=True, samesite="lax", secure=secure)

    def owner(self, visitor: Visitor) -> Owner:
        """The account that a visitor's runs go on."""
        known, unknown = self.settings.max_runs_per_visitor, self.settings.max_runs_per_address
        return Owner(visitor.name, known if visitor.known else unknown)

    async def may_submit(self, visitor: Visitor) -> bool:
        """Count one costly request; False where it is one too many for this minute."""
        if visitor.known and not await self.limiter.hit(self.per_visitor, visitor.name):
            return False
        return await self.limiter.hit(self.per_address, visitor.address)

    def open_socket(self, visitor: Visitor) -> Full | None:
        """Count a socket in; the refusal where it is one too many."""
        most = self.settings.max_sockets_per_visitor if visitor.known else self.settings.max_sockets_per_address
        if self.sockets.total() >= self.settings.max_sockets:
            most = self.settings.max_sockets
            return Full(f"{most} viewers are connected, and no more may be", 10, "viewers", high=most)
        if self.sockets[visitor.name] >= most:
            return Full(f"you have {most} connections open, and no more may be", 10, "connections", high=most)
        self.sockets[visitor.name] += 1
        return None

    def close_socket(self, visitor: Visitor) -> None:
        """Count a socket out."""
        self.sockets[visitor.name] -= 1
        if self.sockets[visitor.name] <= 0:
            del self.sockets[visitor.name]
