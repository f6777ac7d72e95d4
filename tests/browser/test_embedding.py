"""A learning platform shows a page of ours in a frame: only where it is configured, and then the page works whole."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.serving import Server, serving


@contextmanager
def platform() -> Iterator[ThreadingHTTPServer]:
    """A site whose page frames the address in its query. It is reached as localhost, another site than ours."""

    class Course(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(b'<iframe width=1200 height=700 src="%s"></iframe>' % self.path.partition("?")[2].encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Course) as site:
        thread = threading.Thread(target=site.serve_forever)
        thread.start()
        yield site
        site.shutdown()
        thread.join()


def test_a_configured_platform_frames_a_page_that_trains(browser: Browser, tmp_path: Path) -> None:
    with platform() as site:
        origin = f"http://localhost:{site.server_port}"
        settings = {"PLAYGROUND_EMBEDDERS": origin, "PLAYGROUND_WORKERS": "1"}
        with serving(tmp_path / "log", settings=settings) as server, browser.new_context() as context:
            page = context.new_page()
            page.goto(f"{origin}/?{server.address}/train?lang=en")
            framed = page.frame_locator("iframe")
            framed.locator('[data-action="train"]').click()
            expect(framed.locator('[data-field="epoch"]')).to_have_attribute("data-value", "10000", timeout=20_000)


def test_any_other_site_is_shown_nothing(browser: Browser, server: Server) -> None:
    with platform() as site, browser.new_context() as context:
        page = context.new_page()
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            page.goto(f"http://localhost:{site.server_port}/?{server.address}/train?lang=en")
        assert page.frame_locator("iframe").locator("[data-action]").count() == 0
