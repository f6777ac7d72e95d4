"""Who is asking, for quotas only: a browser by its signed cookie, and everybody by the address they come from.

Both accounts count. A whole school sits behind one address, so a browser's quota is what its user meets; the address's
ceiling lets a school in and leaves room for others, and no number of fresh cookies passes it. The cookie is a random
number: no account, no name, nothing about the person. An address is kept with a run as a keyed hash, and only while
that is in hand.
"""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b
from ipaddress import IPv4Address, ip_address, ip_network

from itsdangerous import BadSignature, Signer
from limits import parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from starlette.requests import HTTPConnection
from starlette.responses import Response

from ...runs.errors import Full
from ...runs.ports import Owner
from ...settings import Settings

__all__ = ["COOKIE", "Visitor", "Visitors", "network_of"]

COOKIE = "visitor"
YEAR = 31_536_000


@dataclass(frozen=True, slots=True)
class Visitor:
    """Accounts for quotas: ``name`` of the browser or the address; ``known`` where there was a valid cookie."""

    name: str
    address: str
    known: bool


class Visitors:
    """Recognises visitors and counts what they use."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        secret = settings.secret or secrets.token_hex(32)
        self.signer = Signer(secret, salt="visitor")
        self.key = blake2b(secret.encode(), digest_size=32).digest()
        self.limiter = MovingWindowRateLimiter(MemoryStorage())
        self.per_visitor = parse(f"{settings.submits_per_minute}/minute")
        self.per_address = parse(f"{settings.submits_per_minute_per_address}/minute")
        self.sockets: Counter[str] = Counter()
        self.open_sockets = 0

    def visitor(self, connection: HTTPConnection) -> Visitor:
        """Who is asking."""
        address = network_of(self.address(connection))
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
        """The accounts that a visitor's runs go on."""
        place, most = self.place(visitor.address), self.settings.max_runs_per_address
        if not visitor.known:
            return Owner(place, most)
        return Owner(visitor.name, self.settings.max_runs_per_visitor, place, most)

    def place(self, address: str) -> str:
        """An address as accounts name it: nobody can read it back from a record."""
        return "address " + blake2b(address.encode(), key=self.key, digest_size=12).hexdigest()

    async def may_submit(self, visitor: Visitor) -> bool:
        """Count one costly request; False where it is one too many for this minute."""
        if visitor.known and not await self.limiter.hit(self.per_visitor, visitor.name):
            return False
        return await self.limiter.hit(self.per_address, visitor.address)

    def open_socket(self, visitor: Visitor) -> Full | None:
        """Count a socket in; the refusal where it is one too many."""
        most = self.settings.max_sockets
        if self.open_sockets >= most:
            return Full(f"{most} viewers are connected, and no more may be", 10, "viewers", high=most)
        most = self.settings.max_sockets_per_visitor
        if visitor.known and self.sockets[visitor.name] >= most:
            return Full(f"you have {most} connections open, and no more may be", 10, "connections", high=most)
        most = self.settings.max_sockets_per_address
        if self.sockets[place_of(visitor)] >= most:
            words = f"your address has {most} connections open, and no more may be"
            return Full(words, 10, "place-connections", high=most)
        self.open_sockets += 1
        self.sockets.update(accounts_of(visitor))
        return None

    def close_socket(self, visitor: Visitor) -> None:
        """Count a socket out."""
        self.open_sockets -= 1
        for account in accounts_of(visitor):
            self.sockets[account] -= 1
            if self.sockets[account] <= 0:
                del self.sockets[account]


def place_of(visitor: Visitor) -> str:
    """The account of a visitor's address."""
    return "address " + visitor.address


def accounts_of(visitor: Visitor) -> set[str]:
    """The accounts that a visitor's sockets count on: one for who has no cookie, else two."""
    return {visitor.name, place_of(visitor)}


def network_of(address: str) -> str:
    """The address that an account is for: of IPv6 the network, of which one house has all addresses."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return address
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
