"""Every stage in one window, in every theme, language and size, with everything opened once: what a teacher projects.

`measure.js` looks at the page as it is and says what is wrong: a scroll, something outside the window, a text over
another, something cut off, type that the last row cannot read. One page is loaded for each path and language; theme and
window are then changed in place, as a person changes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect

from app.lessons.path import PATH
from tests.browser.conftest import Visit
from tests.browser.variants import each_language

WINDOWS = ((1024, 768), (1280, 720), (1366, 768), (1920, 1080))
NARROW = WINDOWS[:2]
"""Where everything is opened; in proportion to their type the others are the second of these or have more room."""
PHONES = ((360, 640), (390, 844), (640, 360))
THEMES = ("light", "projector")
"""Dark has light's sizes: `test_themes_differ_in_colour_alone` holds it."""
LEAST = 18
"""Pixels of the smallest type on a projector of 1280 × 720; VITAL: of what matters most there."""
VITAL = 24
TRIES = 20
STAGES: dict[str, dict[str, str]] = {
    "/": {},
    "/softmax": {},
    "/cost": {},
    "/derivation": {},
    "/network": {"line": "8"},
    "/train": {"rule": "both"},
    "/race": {},
    "/digits": {},
}
RUNS = ("/train", "/race", "/digits")
READING = ("/glossary", "/teach")
each_stage = pytest.mark.parametrize("path", list(STAGES))


@pytest.fixture(scope="session")
def measure(root: Path) -> str:
    """The script that looks at a page."""
    return (root / "tests" / "browser" / "measure.js").read_text()


def put_on(page: Page, theme: str) -> None:
    """Choose a theme by the page's own switch."""
    page.evaluate(
        """theme => {
          const projects = document.documentElement.dataset.theme === 'projector';
          if (projects !== (theme === 'projector')) document.querySelector('[data-switch="projector"]').click();
        }""",
        theme,
    )


def settled(page: Page, **asked: Any) -> list[str]:
    """What is wrong with the page once it has drawn itself for its window; asked again while it may still draw."""
    found: list[str] = []
    for _ in range(TRIES):
        found = page.evaluate("asked => stageFaults(asked)", asked)
        if not found:
            break
    return found


def looked_at(path: str) -> str:
    """What has to fit: the whole page; on the home page its stage, above the path; a page to read may scroll."""
    return {"/": ".hero", **dict.fromkeys(READING, "")}.get(path, "main")


def forms(page: Page, windows: tuple[tuple[int, int], ...] = WINDOWS) -> Iterator[tuple[str, int]]:
    """Every theme and window, put on in turn, with the least type there."""
    for theme in THEMES:
        put_on(page, theme)
        for width, height in windows:
            page.set_viewport_size({"width": width, "height": height})
            yield f"{theme} {width}×{height}", LEAST if (theme, width) == ("projector", 1280) else 0


def shown_tabs(page: Page) -> Iterator[str]:
    """Every tab that can be seen, pressed in turn; the page as it is where there are none."""
    names = page.locator('[role="tab"]').evaluate_all("all => all.filter(t => t.checkVisibility()).map(t => t.id)")
    for name in names or [""]:
        if name:
            page.evaluate("id => document.getElementById(id).click()", name)
        yield name


def faults_of_stage(page: Page, path: str) -> list[str]:
    """The page in every form; in the narrow ones with every tab."""
    asked = {"fits": looked_at(path)}
    wrong = [
        f"{form} {tab}: {fault}"
        for form, least in forms(page, NARROW)
        for tab in shown_tabs(page)
        for fault in settled(page, **asked, least=least)
    ]
    return wrong + [f"{form}: {fault}" for form, _ in forms(page, WINDOWS[2:]) for fault in settled(page, **asked)]


OPEN = """k => {
  const menu = document.querySelectorAll('details')[k];
  const button = menu.querySelector('summary');
  if (!button.checkVisibility() || menu.parentElement.closest('details') || menu.open) return null;
  button.click();
  menu.dataset.opened = '';
  return button.textContent.trim() || button.getAttribute('aria-label');
}"""
CLOSE = """k => {
  const menu = document.querySelectorAll('details')[k];
  menu.open = false;
  delete menu.dataset.opened;
}"""


def faults_of_menus(page: Page) -> list[str]:
    """Every menu and panel that can be opened, each alone."""
    wrong = []
    for form, least in forms(page, NARROW):
        for k in range(page.locator("details").count()):
            words = page.evaluate(OPEN, k)
            if words is None:
                continue
            asked = {"root": "details[data-opened]", "overlay": True, "least": least}
            wrong += [f"{form}, {words}: {fault}" for fault in settled(page, **asked)]
            page.evaluate(CLOSE, k)
    return wrong


@pytest.mark.parametrize("path", [*STAGES, *READING])
@each_language
def test_a_stage_fits_its_window_with_all_that_it_opens(visit: Visit, measure: str, path: str, lang: str) -> None:
    page = visit(path, lang=lang, **STAGES.get(path, {}))
    page.evaluate(measure)
    wrong = faults_of_stage(page, path) + faults_of_menus(page)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", RUNS)
@each_language
def test_a_stage_fits_its_window_when_a_run_has_ended(visit: Visit, measure: str, path: str, lang: str) -> None:
    page = visit(path, lang=lang, **STAGES[path])
    page.locator('[data-action="train"], [data-action="go"]').first.click()
    ended = page.locator('[data-phase="finished"], [data-status="finished"]')
    expect(ended).to_have_count(1, timeout=90_000)
    page.evaluate(measure)
    wrong = faults_of_stage(page, path)
    assert not wrong, "\n".join(wrong)


def faults_of_dialog(page: Page) -> list[str]:
    """The dialog that is open."""
    asked = {"root": "dialog[open]", "overlay": True}
    return [f"{form}: {fault}" for form, least in forms(page) for fault in settled(page, **asked, least=least)]


@pytest.mark.parametrize("path", ["/train", "/network"])
@each_language
def test_the_fault_clinic_lies_in_the_window(visit: Visit, measure: str, path: str, lang: str) -> None:
    page = visit(path, lang=lang)
    page.evaluate(measure)
    page.evaluate("document.querySelector('[data-view=\"clinic-open\"]').click()")
    page.locator('dialog [data-action="deal"]').click()
    expect(page.locator('[data-view="clinic-check"] tr').first).to_be_visible(timeout=30_000)
    wrong = faults_of_dialog(page)
    page.locator("dialog [data-answer]").first.click()
    expect(page.locator('[data-view="clinic-mark"]')).not_to_be_empty(timeout=30_000)
    wrong += [f"marked, {fault}" for fault in faults_of_dialog(page)]
    assert not wrong, "\n".join(wrong)


@each_language
def test_the_fault_clinic_explains_every_fault_in_the_window(visit: Visit, measure: str, lang: str) -> None:
    page = visit("/network", lang=lang, theme="projector")
    page.evaluate(measure)
    page.evaluate("document.querySelector('[data-view=\"clinic-open\"]').click()")
    choice = page.locator('dialog [data-field="fault"]')
    wrong = []
    for fault in choice.locator("option").evaluate_all("all => all.map(one => one.value).filter(Boolean)"):
        choice.select_option(fault)
        expect(page.locator("dialog")).not_to_have_attribute("aria-busy", "true", timeout=30_000)
        expect(page.locator('[data-view="clinic-mark"]')).not_to_be_empty(timeout=30_000)
        wrong += [f"{fault}: {one}" for one in settled(page, root="dialog[open]", overlay=True, least=LEAST)]
    assert not wrong, "\n".join(wrong)


@each_language
def test_the_article_s_print_lies_in_the_window(visit: Visit, measure: str, lang: str) -> None:
    page = visit("/train", lang=lang)
    page.locator('[data-action="train"]').click()
    expect(page.locator('[data-phase="finished"]')).to_have_count(1, timeout=90_000)
    page.locator('[data-view="printer"]').click()
    expect(page.locator("dialog pre")).not_to_be_empty()
    page.evaluate(measure)
    wrong = faults_of_dialog(page)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", [*STAGES, *READING])
@each_language
def test_on_a_phone_nothing_lies_over_anything_or_beside_the_page(
    visit: Visit, measure: str, path: str, lang: str
) -> None:
    page = visit(path, lang=lang, size="phone")
    page.evaluate(measure)
    wrong = [f"{tab}: {fault}" for tab in shown_tabs(page) for fault in settled(page, fits="")]
    for width, height in PHONES[1:]:
        page.set_viewport_size({"width": width, "height": height})
        wrong += [f"{width}×{height}: {fault}" for fault in settled(page, fits="")]
    assert not wrong, "\n".join(wrong)


STEPS = sorted({step.address for part in PATH for step in part.steps})


@pytest.mark.parametrize("address", STEPS)
def test_a_step_of_the_path_fits_where_it_leads(visit: Visit, measure: str, address: str) -> None:
    """A teacher's plan is a list of these: each on a projector, and on a student's phone."""
    path, query = urlsplit(address).path, dict(parse_qsl(urlsplit(address).query))
    page = visit(path, theme="projector", **query)
    page.evaluate(measure)
    wrong = [f"projector: {fault}" for fault in settled(page, fits="main", least=LEAST)]
    put_on(page, "light")
    page.set_viewport_size({"width": 360, "height": 640})
    wrong += [f"phone: {fault}" for fault in settled(page, fits="")]
    assert not wrong, "\n".join(wrong)


# What A4 leaves between the margins that browsers print with, in CSS pixels.
PAPER = {"width": 718, "height": 1046}


@each_stage
def test_on_paper_nothing_covers_anything_and_no_number_vanishes(visit: Visit, measure: str, path: str) -> None:
    page = visit(path, **STAGES[path])
    page.evaluate(measure)
    numbers = (
        "() => [...document.querySelectorAll('main table')].filter(t => t.checkVisibility()).map(t => t.innerText)"
    )
    on_screen = page.evaluate(numbers)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER["width"], "height": PAPER["height"]})
    wrong = settled(page, fits="")
    assert not wrong, "\n".join(wrong)
    on_paper = "".join(page.evaluate(numbers))
    assert [word for table in on_screen for word in table.split() if word not in on_paper] == []


@pytest.mark.parametrize("path", ["/softmax", "/cost", "/digits", "/train", "/network"])
def test_on_a_phone_the_picture_comes_first(visit: Visit, path: str) -> None:
    """Its upper half is in the first window, upright and held sideways."""
    page = visit(path, size="phone")
    first = {"/train": '[data-view="course"]', "/digits": '[data-view="canvas"]', "/network": '[data-view="network"]'}
    picture = page.locator(first.get(path, '[data-view="picture"]'))
    for width, height in ((360, 640), (640, 360)):
        page.set_viewport_size({"width": width, "height": height})
        box = picture.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] / 2 <= height, f"{path} at {width}×{height}: {box}"


def test_the_paper_for_digits_is_as_wide_as_a_finger_needs_it(visit: Visit) -> None:
    box = visit("/digits", size="phone").locator('[data-view="canvas"]').bounding_box()
    assert box is not None
    assert box["width"] >= 280


VISIBLE_CONTROLS = """async () => {
  for (let k = 0; k < 6; k += 1) await new Promise(requestAnimationFrame);
  // A letter says which index a row is just now.
  const data = one => Object.entries(one.dataset).filter(([key]) => key !== 'letter').join();
  const name = one => one.id || one.getAttribute('aria-label') || data(one) || one.className;
  const all = document.querySelectorAll('main :is(button, input, select, summary)');
  return [...all].filter(one => one.checkVisibility()).map(one => `${one.localName} ${name(one)}`);
}"""


@each_stage
def test_the_projector_s_theme_keeps_every_control(visit: Visit, path: str) -> None:
    page = visit(path)
    seen = {}
    for theme in THEMES:
        put_on(page, theme)
        seen[theme] = {control for _ in shown_tabs(page) for control in page.evaluate(VISIBLE_CONTROLS)}
    assert seen["light"] - seen["projector"] == set()


VITALS = {
    "/": ("[data-a]", '[data-view="said"]'),
    "/softmax": ("[data-a]", '[data-view="said"]'),
    "/cost": ("[data-a]", '[data-view="said"]'),
    "/network": (".output .value", '[data-view="said"]'),
    "/train": (".output .value", '[data-field="epoch"]', '[data-field="cost"]', '[data-field="said"]'),
    "/race": ('[data-field="epoch"]', '[data-field="said"]'),
    "/digits": ('[data-best="true"] .a', '[data-view="said"]'),
    "/derivation": ('[data-view="said"]',),
}


SIZES = "all => all.map(one => Number.parseFloat(getComputedStyle(one).fontSize))"


@each_stage
def test_what_matters_most_can_be_read_from_the_last_row(visit: Visit, path: str) -> None:
    page = visit(path, theme="projector", **STAGES[path])
    for what in VITALS[path]:
        expect(page.locator(what).first).to_be_attached()
        sizes = page.locator(what).evaluate_all(SIZES)
        assert min(sizes) >= VITAL, f"{what}: {sizes}"


def test_a_drawn_network_keeps_its_size_whatever_the_line_shows(visit: Visit) -> None:
    page = visit("/network", theme="projector")
    picture = page.locator('[data-view="network"]')
    sizes = set()
    for _ in range(13):
        expect(page.locator('[data-view="stage"]')).to_have_attribute("aria-busy", "false")
        box = picture.bounding_box()
        assert box is not None
        sizes.add((round(box["width"]), round(box["height"])))
        page.locator('[data-action="on"]').click()
    assert len(sizes) == 1, sizes


def test_themes_differ_in_colour_alone(visit: Visit, measure: str) -> None:
    """Light and dark have every size in common, so that what fits in one fits in the other."""
    page = visit("/cost", theme="light")
    page.evaluate(measure)
    assert settled(page) == []
    asked = """() => [...document.querySelectorAll('body *')].filter(one => one.checkVisibility()).map(one => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return [x, y, width, height].map(Math.round);
    })"""
    light = page.evaluate(asked)
    page.locator('[data-switch="theme"]').click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert settled(page) == []
    assert page.evaluate(asked) == light
