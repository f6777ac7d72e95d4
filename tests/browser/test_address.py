"""A page's address holds the whole page: reloaded, opened elsewhere, taken without a reload, gone back to."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

PAGES = ("home", "softmax", "cost", "derivation", "network", "train", "race", "digits")
IN_TURN, COMPARED = 30, 3
"""Addresses that a page is given one after the other, and those of them that are compared with a page opened afresh."""

# What a page shows and says: texts, values, states. Charts and canvases draw the same state, at their leisure.
SEEN = """() => {
  const HERE = { opacityProperty: true, visibilityProperty: true };
  const LEFT = 'script, .katex, canvas, .js-plotly-plot, svg[aria-hidden], [data-action=undo], [data-action=redo]';
  const SHAPES = ['hidden', 'disabled', 'd', 'x', 'y', 'width', 'height', 'points', 'open', 'href'];
  const NAMES = /^(aria-(?!describedby|errormessage|controls|labelledby)|data-(?!rested|drawn|painted|shape|stale))/;
  const words = [];
  const look = (element) => {
    if (!element.checkVisibility(HERE) || element.matches(LEFT)) return;
    const { tagName } = element;
    const states = [...element.attributes]
      .filter(({ name }) => NAMES.test(name) || SHAPES.includes(name))
      .map(({ name, value }) => `${name}=${value}`)
      .filter((state) => state !== 'aria-invalid=false');
    if (['INPUT', 'SELECT', 'TEXTAREA'].includes(tagName)) states.push(`value=${element.value} ${element.checked}`);
    if (states.length > 0) words.push(`${tagName} ${states.sort().join(' ')}`);
    for (const child of element.childNodes) {
      if (child.nodeType === 3 && child.data.trim()) words.push(child.data.trim());
      else if (child.nodeType === 1) look(child);
    }
  };
  look(document.getElementById('main'));
  return words;
}"""
# Counts the questions that wait for their answers.
COUNT = """
  window.waiting = 0;
  const ask = window.fetch;
  window.fetch = (...what) => {
    window.waiting += 1;
    return ask(...what).finally(() => { window.waiting -= 1; });
  };
"""
SHOW = "search => { history.pushState(null, '', search); dispatchEvent(new PopStateEvent('popstate')); }"


def addresses(root: Path, page: str, count: int, seed: int) -> list[str]:
    """Random addresses of a page, the same every time."""
    made = subprocess.run(
        ["node", "tests/js/addresses.js", page, str(count), str(seed)], cwd=root, check=True, capture_output=True
    )
    return made.stdout.decode().splitlines()


def settled(page: Page) -> list[str]:
    """What the page shows once it has come to rest: the same in two looks with a while and no question between them."""
    page.bring_to_front()
    expect(page.locator("html")).to_have_attribute("data-ready", "true")
    before: list[str] = []
    for _ in range(100):
        page.evaluate("() => new Promise((done) => setTimeout(() => requestAnimationFrame(done), 250))")
        now: list[str] = page.evaluate(SEEN)
        if now == before and page.evaluate("() => window.waiting") == 0:
            return now
        before = now
    raise AssertionError("the page does not come to rest")


@pytest.mark.parametrize("name", PAGES)
def test_an_address_taken_is_an_address_opened(visit: Visit, page: Page, root: Path, name: str) -> None:
    path = "/" if name == "home" else f"/{name}"
    found = addresses(root, name, IN_TURN, 41)
    page.context.add_init_script(COUNT)
    live = visit(path)
    fresh = live.context.new_page()
    fresh.set_viewport_size(live.viewport_size or {"width": 1280, "height": 720})
    for n, search in enumerate(found):
        search = f"{search}&lang=en&theme=light"
        live.evaluate(SHOW, search)
        if n % (IN_TURN // COMPARED):
            continue
        fresh.goto(f"{path}{search}")
        assert settled(live) == settled(fresh), search
    fresh.close()


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("/", {"z": "1,2,3。"}),
        ("/softmax", {"z": "1,2,3。", "temperature": "hot"}),
        ("/cost", {"y": "0,1"}),
        ("/derivation", {"lesson": "none", "h": "1"}),
        ("/network", {"hidden": "9"}),
        ("/train", {"eta": "abc", "epochs": "0", "hidden": "8-8-8-8-8-8", "table": '{"x":[],"y":[],"classes":2}'}),
        ("/race", {"w": "99", "seed": "-1"}),
        ("/digits", {"drawing": "7", "pen": "99"}),
    ],
)
def test_what_cannot_be_understood_is_named(visit: Visit, path: str, wrong: dict[str, str]) -> None:
    page = visit(path, lang="zh" if len(path) % 2 else "en", **wrong)
    notice = page.locator('[data-view="address"]')
    expect(notice).to_be_visible()
    assert notice.locator("li").count() == len(wrong)
    for name, text in wrong.items():
        expect(notice).to_contain_text(f"{name}={text}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    notice.locator("button").click()
    expect(notice).to_have_count(0)


def test_back_moves_between_panels_and_not_between_drags(visit: Visit) -> None:
    page = visit("/softmax")
    slider = page.locator('[data-z="1"]')
    slider.fill("3")
    page.locator('[data-tab="numbers"]').click()
    page.wait_for_url("**tab=numbers")
    slider.fill("4")
    slider.fill("5")
    page.wait_for_url("**z=5,**")
    page.go_back()
    expect(page.locator('[data-tab="slopes"]')).to_have_attribute("aria-selected", "true")
    expect(slider).to_have_value("3")
    page.go_forward()
    expect(page.locator('[data-tab="numbers"]')).to_have_attribute("aria-selected", "true")
    expect(slider).to_have_value("5")


def test_a_drawing_survives_a_reload_and_a_profile(visit: Visit, page: Page) -> None:
    page.context.add_init_script(COUNT)
    visit("/digits")
    page.locator('[data-action="clear"]').click()
    box = page.locator('[data-view="canvas"]').bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 90, box["y"] + 60)
    page.mouse.down()
    for x, y in ((150, 200), (40, 250), (170, 90)):
        page.mouse.move(box["x"] + x, box["y"] + y, steps=4)
    page.mouse.up()
    page.locator('[data-action="fool"]').click()
    page.locator('[data-field="pair"]').select_option("sigmoid quadratic")
    drawn = "document.querySelector('[data-view=\"canvas\"]').toDataURL()"
    seen, ink = settled(page), page.evaluate(drawn)
    page.reload()
    assert settled(page) == seen
    assert page.evaluate(drawn) == ink
    browser = page.context.browser
    assert browser is not None
    elsewhere = browser.new_context(viewport=page.viewport_size)
    elsewhere.add_init_script(COUNT)
    other = elsewhere.new_page()
    other.goto(page.url)
    assert settled(other) == seen
    assert other.evaluate(drawn) == ink
    elsewhere.close()


def phase(page: Page, name: str) -> None:
    expect(page.locator('[data-view="stage"]')).to_have_attribute("data-phase", name, timeout=30_000)


def test_undo_brings_a_setting_back_with_its_run(visit: Visit) -> None:
    page = visit("/train", epochs="200")
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.url) if request.url.endswith("/api/runs") else None)
    page.locator('[data-action="train"]').click()
    phase(page, "finished")
    cost = page.locator('[data-field="cost"]')
    before = cost.get_attribute("data-value")
    assert before
    eta = page.locator('[data-spec="eta"]')
    eta.fill("0.2")
    eta.press("Tab")
    phase(page, "empty")
    page.keyboard.press("Control+z")
    phase(page, "finished")
    expect(eta).to_have_value("0.1")
    expect(cost).to_have_attribute("data-value", before)
    page.keyboard.press("Control+y")
    phase(page, "empty")
    page.go_back()
    phase(page, "finished")
    expect(cost).to_have_attribute("data-value", before)
    assert len(posted) == 1


def test_a_paused_run_s_link_goes_to_where_it_stood(visit: Visit) -> None:
    page = visit("/train", epochs="100000", pace="200")
    page.locator('[data-action="train"]').click()
    phase(page, "running")
    expect(page.locator('[data-field="epoch"]')).not_to_have_attribute("data-value", re.compile("^0?$"))
    page.locator('[data-action="train"]').click()
    phase(page, "paused")
    page.wait_for_url("**held=**")
    readings = [page.locator(f'[data-field="{name}"]') for name in ("epoch", "cost")]
    before = [one.get_attribute("data-value") or "" for one in readings]
    page.reload()
    phase(page, "paused")
    for one, value in zip(readings, before, strict=True):
        expect(one).to_have_attribute("data-value", value, timeout=30_000)


def test_a_paused_race_s_link_goes_to_where_it_stood(visit: Visit) -> None:
    page = visit("/race", mode="networks", length="20000")
    page.locator('[data-action="go"]').click()
    phase(page, "running")
    page.locator('[data-action="go"]').click()
    page.wait_for_url("**held=**")
    phase(page, "paused")
    costs = page.locator('tr[data-racer] [data-column="cost"]')
    before = costs.evaluate_all("all => all.map((one) => one.textContent)")
    page.reload()
    phase(page, "paused")
    expect(costs).to_have_text(before, timeout=30_000)


def test_a_table_too_long_for_the_address_stays_in_this_browser(visit: Visit) -> None:
    page = visit("/train", dataset="table")
    text = "\n".join(f"{n}.25\t{n % 7}\t{n % 5}\t{n % 3}\t{'ab'[n % 2]}" for n in range(300))
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData('text', text);
            const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
            document.querySelector('.cells input').dispatchEvent(paste);
        }""",
        text,
    )
    rows = page.locator(".cells tbody tr")
    expect(rows).to_have_count(300)
    page.wait_for_url("**table=kept**")
    values = "all => all.map((one) => one.value)"
    cells = page.locator(".cells [data-row]")
    before = cells.evaluate_all(values)
    page.reload()
    expect(rows).to_have_count(300)
    assert cells.evaluate_all(values) == before
    expect(page.locator('.cells-first [data-view="kept"]')).to_contain_text("Too long for the link")
    page.goto(page.url.replace("lang=en", "lang=zh"))
    expect(rows).to_have_count(300)
    expect(page.locator('.cells-first [data-view="kept"]')).to_contain_text("链接装不下")
    browser = page.context.browser
    assert browser is not None
    elsewhere = browser.new_context()
    other = elsewhere.new_page()
    other.goto(page.url.replace("lang=zh", "lang=en"))
    expect(other.locator('[data-view="address"]')).to_contain_text("kept only in the browser where it was made")
    expect(other.locator(".cells tbody tr")).to_have_count(6)
    elsewhere.close()
