"""Watches everything that the pages of a browser context do, and says what they should not have done."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError, WebSocket

LOCAL_SCHEMES = {"data", "blob", "about"}


@dataclass
class Watch:
    """What the pages asked for (`requests`, addresses in order) and did wrong (`faults`, one sentence each)."""

    address: str
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    allowed: list[re.Pattern[str]] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        """From now on, faults whose sentence matches `pattern` are no faults: for tests that provoke one."""
        self.allowed.append(re.compile(pattern))

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("page", self._page)

    def remaining(self) -> list[str]:
        return [fault for fault in self.faults if not any(pattern.search(fault) for pattern in self.allowed)]

    def _asked(self, url: str) -> None:
        self.requests.append(url)
        parts = urlsplit(url)
        if parts.scheme not in LOCAL_SCHEMES and parts.netloc != urlsplit(self.address).netloc:
            self.faults.append(f"a request to another host: {url}")

    def _request(self, request: Request) -> None:
        self._asked(request.url)

    def _socket(self, socket: WebSocket) -> None:
        self._asked(socket.url)

    def _page(self, page: Page) -> None:
        page.on("websocket", self._socket)

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium reports every breach of the content security policy here too, as an error.
        if message.type in ("error", "warning"):
            where = message.location
            self.faults.append(f"console {message.type}: {message.text} ({where['url']}:{where['lineNumber']})")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"uncaught in the page: {error.error}")
