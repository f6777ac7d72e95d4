"""Other words in the same pages: half as long again, and full of markup. No layout breaks, and text stays text."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.serving import ROOT, Server, serving
from tests.browser.variants import SIZES, each_page, each_size

BLANK = re.compile(r"\{\w+\}")
MARKUP = "<b data-injected>&amp;</b>"


def longer(text: str) -> str:
    """The same with its beginning said again, without the blanks, which would be filled twice."""
    words = BLANK.sub("", text).split()
    return f"{text} {' '.join(words[: max(1, len(words) // 2)])}"


def marked(text: str) -> str:
    """The same with a piece of markup in it."""
    return f"{text} {MARKUP}"


def swapped(folder: Path, change: Callable[[str], str]) -> Path:
    """A checkout whose catalogues are changed; what is not Python is the same files."""
    shutil.copytree(ROOT / "app", folder / "app", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("static", "templates"):
        (folder / name).symlink_to(ROOT / name)
    for path in (folder / "app" / "i18n").glob("*.json"):
        words = {key: change(text) for key, text in json.loads(path.read_text("utf-8")).items()}
        path.write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("wordy")
    with serving(folder / "log", root=swapped(folder, longer)) as server:
        yield server


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("tagged")
    with serving(folder / "log", root=swapped(folder, marked)) as server:
        yield server


@pytest.fixture
def plain_page(context: BrowserContext) -> Page:
    """A page that may ask another server than the session's."""
    return context.new_page()


def opened(page: Page, server: Server, path: str, size: str) -> Page:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{server.address}{path}?lang=en", wait_until="load")
    return page


@each_page
@each_size
def test_longer_words_break_no_layout(plain_page: Page, wordy: Server, path: str, size: str) -> None:
    page = opened(plain_page, wordy, path, size)
    width, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width <= room
    cut = page.evaluate(
        """() => [...document.querySelectorAll('main button, .header a, .header summary')]
          .filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
          .map(one => one.textContent.trim())"""
    )
    assert cut == []


@each_page
def test_markup_in_words_is_shown_as_it_stands(plain_page: Page, tagged: Server, path: str) -> None:
    page = opened(plain_page, tagged, path, "laptop")
    assert page.locator("[data-injected]").count() == 0
    assert MARKUP in page.locator("main").inner_text()
