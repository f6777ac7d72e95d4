"""What those get who use the keyboard, or who hear the page."""

from __future__ import annotations

import json
import math
import re
import string

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.variants import PAGES

# Everything that a reader of screens is told without asking, each time it changes.
LIVE = """() => {
  window.told = [];
  const live = 'output, [role=status], [role=alert], [role=log], [aria-live]:not([aria-live=off])';
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const place = (target instanceof Element ? target : target.parentElement)?.closest(live);
      if (place) told.push(place.textContent);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
VALUES = """() =>
  JSON.stringify([...document.querySelectorAll('input:not([type=range]), select')]
    .map(({ value }) => Number(value) || value))"""


def test_every_output_says_what_it_is_and_whose(visit: Visit) -> None:
    z = [1.2, -0.6, 2.4, 0.3]
    powers = [math.exp(value) for value in z]
    classes = ["cat", "dog", "fox", "owl"]
    for path in ("/", "/softmax", "/cost"):
        page = visit(path, z=",".join(map(str, z)), **({"y": "0,0,1,0"} if path == "/cost" else {}))
        picture = page.locator("[data-view=picture]")
        for name, power in zip(classes, powers, strict=True):
            expect(picture.get_by_role("img", name=f"a of {name}, {power / sum(powers):.3f}")).to_have_count(1)
        assert not re.search(r"text: .*\d", picture.aria_snapshot())
    expect(picture.get_by_role("img", name="δ of fox, −0.321")).to_have_count(1)
    page = visit("/softmax", lang="zh")
    picture = page.locator("[data-view=picture]")
    expect(picture.get_by_role("img", name="0.204")).to_have_accessible_name("猫的 a：0.204")
    page.locator('[data-z="1"]').fill("0")
    expect(picture.get_by_role("img", name="猫的 a：0.072")).to_have_count(1)


def test_a_temperature_is_told_as_what_it_is(visit: Visit) -> None:
    slider = visit("/digits", temperature="0.25").locator("[data-field=temperature]")
    expect(slider).to_have_attribute("aria-valuetext", "0.25")


def test_a_race_tells_only_that_it_began_and_ended(visit: Visit, page: Page) -> None:
    page.clock.install()
    visit("/race", epochs="300")
    page.evaluate(LIVE)
    page.locator("[data-action=go]").click()
    for _ in range(60):
        page.clock.run_for(100)
    expect(page.locator("[data-view=stage]")).to_have_attribute("data-phase", "finished")
    assert 1 <= len(page.evaluate("told")) <= 3


def test_ten_presses_are_told_once_and_undone_once(visit: Visit, page: Page) -> None:
    page.clock.install()
    for path, thing in (
        ("/derivation", '[data-z="2"]'),
        ("/softmax", '[data-z="2"]'),
        ("/softmax", '[data-number="2"]'),
        ("/softmax", '[data-field="temperature"]'),
        ("/softmax", "g.shift"),
        ("/cost", '[data-z="2"]'),
        ("/race", 'input[type=range][data-race="w"]'),
    ):
        visit(path)
        page.clock.run_for(2_000)
        before = page.evaluate(VALUES)
        page.locator(thing).focus()
        page.evaluate(LIVE)
        for _ in range(10):
            page.keyboard.press("ArrowUp")
            page.clock.run_for(60)
        page.clock.run_for(2_000)
        assert page.evaluate(VALUES) != before or thing == "g.shift", (path, thing)
        assert len(page.evaluate("told")) <= 2, (path, thing)
        page.keyboard.press("Control+z")
        page.clock.run_for(2_000)
        assert page.evaluate(VALUES) == before, (path, thing)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/softmax", {}),
        ("/softmax", {"tab": "triangle", "z": "1,0.2,-0.5"}),
        ("/cost", {"panel": "two"}),
        ("/digits", {}),
    ],
)
def test_every_slider_knows_home_end_and_pages(visit: Visit, path: str, query: dict[str, str]) -> None:
    page = visit(path, **query)
    page.locator("[role=slider], input[type=range]").first.wait_for()
    sliders = page.locator("[role=slider], input[type=range]:enabled").locator("visible=true")
    told = "one => one.value ?? one.getAttribute('aria-valuetext')"
    for slider in sliders.all():
        slider.focus()
        for key in ("End", "Home", "PageUp", "PageDown"):
            before = slider.evaluate(told)
            page.keyboard.press(key)
            page.wait_for_function(
                f"([one, before]) => ({told})(one) !== before", arg=[slider.element_handle(), before]
            )


@pytest.mark.parametrize("path", PAGES)
def test_a_single_letter_does_nothing(visit: Visit, path: str) -> None:
    page = visit(path, **({"to": "40"} if path == "/race" else {}))
    page.wait_for_load_state("networkidle")
    before = page.evaluate("[location.href, document.querySelector('main').innerText]")
    for letter in string.ascii_letters + string.digits + string.punctuation:
        page.keyboard.press(letter)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("[location.href, document.querySelector('main').innerText]") == before


@pytest.mark.parametrize(
    ("path", "scrolled"),
    [("/train", ".lower .scroller"), ("/race", ".scroller"), ("/network", ".listing"), ("/derivation", "#derived")],
)
def test_space_and_arrows_are_for_what_has_the_focus(visit: Visit, path: str, scrolled: str) -> None:
    page = visit(path)
    page.wait_for_load_state("networkidle")
    before = page.evaluate("[location.href, document.querySelector('[data-phase]')?.dataset.phase]")
    page.locator(scrolled).first.focus()
    for key in ("Space", "ArrowRight", "ArrowLeft", "ArrowRight", "End", "Home"):
        page.keyboard.press(key)
    assert page.evaluate("[location.href, document.querySelector('[data-phase]')?.dataset.phase]") == before
    page.set_viewport_size({"width": 800, "height": 400})
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Space")
    page.wait_for_function("() => scrollY > 0")
    assert page.evaluate("document.querySelector('[data-phase]')?.dataset.phase") == before[1]


def test_escape_closes_the_chapters(visit: Visit) -> None:
    page = visit("/digits", size="phone")
    menu = page.locator(".chapter-menu")
    menu.locator("summary").click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


STATES: list[tuple[str, str]] = [
    ("/derivation?lesson=weight", "[data-view=weights] td button"),
    ("/derivation?lesson=bias&convention=code", "button[data-convention=article]"),
    ("/cost?panel=two", ""),
    ("/cost?panel=compare", ""),
    ("/softmax?tab=numbers", ""),
    ("/softmax?tab=triangle&z=1,2,3", ""),
    ("/softmax?tab=overflow", ""),
    ("/race?mode=networks", ""),
    ("/digits", ".digit"),
    ("/train?dataset=table", "summary:has-text('All settings')"),
]


@pytest.mark.parametrize(("address", "pressed"), STATES)
def test_axe_finds_nothing_in_the_other_states(page: Page, root: object, address: str, pressed: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{address}&lang=en" if "?" in address else f"{address}?lang=en", wait_until="networkidle")
    if pressed:
        page.locator(pressed).first.click()
    with open(f"{root}/node_modules/axe-core/axe.min.js") as axe:
        page.evaluate(axe.read())
    found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")["violations"]
    grave = [one for one in found if one["impact"] in ("serious", "critical") or one["id"] == "empty-table-header"]
    assert [json.dumps([one["id"], one["impact"], one["nodes"][0]["html"][:200]]) for one in grave] == []
