"""The watch sees what it is there for: each kind of fault, provoked once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.watching import Watch

FAULTS = {
    "another host": "fetch('http://elsewhere.test/x').catch(() => null)",
    "console error": "console.error('spilt')",
    "uncaught in the page": """new Promise((done) => {
        addEventListener('error', () => setTimeout(done));
        setTimeout(() => { throw new Error('broken'); });
    })""",
    "Content Security Policy": """new Promise((done) => {
        addEventListener('securitypolicyviolation', () => setTimeout(done));
        document.head.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' }));
    })""",
}


@pytest.mark.parametrize("kind", list(FAULTS))
def test_a_fault_of_each_kind_is_seen(page: Page, watch: Watch, kind: str) -> None:
    # Where the policy holds, it stops a request to another host before it is made.
    page.goto("/healthz" if kind == "another host" else "/softmax")
    assert watch.remaining() == []
    page.evaluate(FAULTS[kind])
    assert any(kind in fault for fault in watch.remaining())
    watch.allow(".")


def test_pages_are_relative_to_the_server(page: Page, base_url: str) -> None:
    page.goto("/softmax")
    expect(page).to_have_url(base_url + "/softmax")
