"""The fault clinic, on the pages where it stands: dealt, read, named and marked."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from app.nn.faults import FAULTS, dealt
from tests.browser.conftest import Visit
from tests.browser.variants import each_language
from tests.browser.watching import Watch

each_door = pytest.mark.parametrize("path", ["/train", "/network"])


@each_door
def test_a_case_is_dealt_named_and_marked(visit: Visit, path: str) -> None:
    page = visit(path)
    page.locator('[data-view="clinic-open"]').click()
    dialog = page.locator("dialog.clinic")
    expect(dialog.locator("polyline")).to_have_count(2)
    dialog.locator('[data-field="case"]').fill("7")
    page.keyboard.press("Tab")
    page.wait_for_url(re.compile(r"case=7\b"))
    expect(dialog).not_to_have_attribute("aria-busy", "true")
    other = next(name for name in FAULTS if name != dealt(7))
    dialog.locator(f'[data-answer="{other}"]').click()
    expect(dialog.locator(f'[data-answer="{other}"]')).to_contain_text("✗")
    # The first wrong vote is struck out and gives nothing away: the class goes on.
    expect(dialog.locator('[data-view="clinic-mark"]')).to_contain_text(f"{len(FAULTS) - 1} are left")
    expect(dialog.locator(f'[data-answer="{dealt(7)}"]')).to_have_attribute("data-mark", "")
    expect(dialog.locator(".line")).to_have_count(0)
    expect(dialog.locator('[data-field="score"]')).to_have_text("0 of 1")
    dialog.locator(f'[data-answer="{other}"]').click(force=True)
    third = next(name for name in FAULTS if name not in (dealt(7), other))
    dialog.locator(f'[data-answer="{third}"]').click()
    expect(dialog.locator('[data-view="clinic-mark"]')).to_contain_text(f"{len(FAULTS) - 2} are left")
    dialog.locator('[data-action="reveal"]').click()
    expect(dialog.locator(f'[data-answer="{dealt(7)}"]')).to_contain_text("✓")
    expect(dialog.locator(".line.wrong code")).to_have_text(FAULTS[dealt(7)].wrong)
    expect(dialog.locator('[data-field="score"]')).to_have_text("0 of 1")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.wait_for_url(lambda url: "case" not in url)


def test_what_is_not_yet_seen_cannot_be_answered(visit: Visit, watch: Watch) -> None:
    watch.allow("net::ERR_FAILED")
    page = visit("/network")
    held: list[Route] = []
    page.route("**/api/clinic", lambda route: held.append(route))
    page.locator('[data-view="clinic-open"]').click()
    dialog = page.locator("dialog.clinic")
    expect(dialog).to_have_attribute("aria-busy", "true")
    answers = dialog.locator("[data-answer]")
    assert answers.evaluate_all("all => all.every(one => one.matches(':disabled'))")
    held.pop().abort()
    expect(dialog.locator('[data-field="state"]')).not_to_be_empty()
    expect(dialog).not_to_have_attribute("aria-busy", "true")
    assert answers.evaluate_all("all => all.every(one => one.matches(':disabled'))")
    page.unroute("**/api/clinic")
    dialog.locator('[data-action="deal"]').click()
    expect(answers.first).to_be_enabled()
    expect(dialog.locator("polyline")).to_have_count(2)


def test_a_case_is_shared_by_its_address(visit: Visit) -> None:
    page = visit("/train", case="12")
    dialog = page.locator("dialog.clinic")
    expect(dialog).to_be_visible()
    expect(dialog.locator('[data-field="case"]')).to_have_value("12")
    dialog.locator(f'[data-answer="{dealt(12)}"]').click()
    expect(dialog.locator('[data-field="score"]')).to_have_text("1 of 1")


@each_language
def test_the_book_can_be_opened_at_any_fault(visit: Visit, lang: str) -> None:
    page = visit("/network", lang=lang, case="5")
    dialog = page.locator("dialog.clinic")
    for fault in ("opposite", "one-over", "updated"):
        dialog.locator('[data-field="fault"]').select_option(fault)
        expect(dialog.locator('[data-view="clinic-mark"] p')).to_have_count(1)
        expect(dialog.locator('[data-view="clinic-answers"]')).to_be_hidden()
    expect(dialog.locator('[data-view="clinic-check"] [data-verdict="off"]')).to_have_count(2)


def test_the_whole_clinic_is_walked_with_the_keyboard(visit: Visit) -> None:
    page = visit("/network", case="7")
    expect(page.locator("dialog.clinic polyline")).to_have_count(2)
    line = page.locator('[data-field="progress"]').text_content()
    page.keyboard.press("ArrowRight")
    assert page.locator('[data-field="progress"]').text_content() == line
    page.locator(f'[data-answer="{dealt(7)}"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator('dialog.clinic [data-right="true"]')).to_be_visible()


@each_door
@each_language
@pytest.mark.parametrize("size", ["projector", "phone"])
def test_axe_finds_nothing_serious_in_it(
    visit: Visit, assert_accessible: Callable[[Page], None], path: str, lang: str, size: str
) -> None:
    page = visit(path, lang=lang, size=size, case="3")
    expect(page.locator("dialog.clinic polyline")).to_have_count(2)
    assert_accessible(page)


@pytest.mark.parametrize("theme", ["light", "projector"])
def test_a_case_fits_the_screen(visit: Visit, theme: str) -> None:
    page = visit("/train", theme=theme, case="3")
    dialog = page.locator("dialog.clinic")
    expect(dialog.locator("polyline")).to_have_count(2)
    assert dialog.evaluate("one => one.scrollHeight <= one.clientHeight && one.scrollWidth <= one.clientWidth")
