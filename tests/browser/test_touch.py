"""A finger drags everything that can be dragged, all the way, and scrolls the page everywhere else."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.fingers import PHONE, TABLET, Fingers, touching

# Every state in which something can be dragged, and how many things that are no sliders.
DRAGGED = {
    "/": 9,
    "/softmax": 9,
    "/softmax?z=1,0.2,-0.5&tab=triangle": 8,
    "/cost?kind=soft&y=0.2,0.3,0.4,0.1": 12,
    "/cost?z=1,-1,0.5&panel=two&kind=soft&y=0.2,0.5,0.3": 10,
    "/digits": 1,
}
SLIDING = ["/softmax", "/cost", "/derivation", "/train", "/race?to=50&mode=neuron", "/digits"]

# The n-th thing that is dragged: where a finger takes hold of it, a way by which it has room, where it is in its svg.
GRIP = """(n) => {
  const element = [...document.querySelectorAll('[data-drags]')].filter((one) => one.checkVisibility())[n];
  const grip = element.querySelector('.handle, .pill, .knob, .flag, .core') ?? element;
  const picture = (element.closest('svg') ?? element).getBoundingClientRect();
  const { x, y, width, height } = grip.getBoundingClientRect();
  const at = [x + width / 2, y + height / 2];
  const middle = [picture.x + picture.width / 2, picture.y + 0.55 * picture.height];
  const row = element.querySelector('.slot, .grip')?.getBoundingClientRect();
  if (row && !element.matches('.knob-y')) middle[1] = row.y + row.height / 2;
  const free = element.matches('.point, .field');
  const by = [free ? Math.sign(middle[0] - at[0]) * 16 : 0, at[1] > middle[1] ? -32 : 32];
  return { at, by, top: picture.y, name: element.getAttribute('class') ?? element.tagName,
           place: [at[0] - picture.x, at[1] - picture.y] };
}"""
SHOWN = """(n) =>
  [...document.querySelectorAll('[data-drags]')].filter((one) => one.checkVisibility())[n]
    .scrollIntoView({ block: 'center' })"""

# A place beside it, further than a finger is wide from whatever can be dragged or pressed.
BESIDE = """([x, y]) => {
  const taken = '[data-drags], input, button, a, summary, select, [tabindex]:not(main)';
  // A browser that gives a shape's touches away goes by the box around it.
  const boxes = [...document.querySelectorAll('[data-drags]')].map((one) => one.getBoundingClientRect());
  const open = (x, y) => {
    const hit = document.elementFromPoint(x, y);
    const boxed = boxes.some(({ left, right, top, bottom }) => x > left && x < right && y > top && y < bottom);
    return hit && !boxed && !hit.closest(taken);
  };
  for (let away = 12; away < 300; away += 3)
    for (const [across, up] of [[x + away, y], [x - away, y], [x, y + away], [x, y - away]])
      if ([[0, 0], [11, 0], [-11, 0], [0, 11], [0, -11]].every(([dx, dy]) => open(across + dx, up + dy)))
        return [across, up];
  return null;
}"""

# Numbers the sliders: one that is moved can put another out of use.
SLIDERS = """() => {
  const all = [...document.querySelectorAll('input[type=range]:enabled')].filter((one) => one.checkVisibility());
  all.forEach((one, n) => one.setAttribute('data-nth', n));
  return all.length;
}"""
SLIDER = """(n) => {
  const one = document.querySelector(`[data-nth="${n}"]`);
  const { x, y, width, height } = one.getBoundingClientRect();
  const share = (one.valueAsNumber - Number(one.min)) / (Number(one.max) - Number(one.min));
  return { value: one.value, share, at: [x + width * (share > 0.5 ? 0.25 : 0.75), y + height / 2], width, left: x };
}"""
SLIDER_SHOWN = "(n) => document.querySelector(`[data-nth='${n}']`).scrollIntoView({ block: 'center' })"
SCROLLS = "document.documentElement.scrollHeight - innerHeight"


def scrolled(fingers: Fingers) -> float:
    y: float = fingers.page.evaluate("scrollY")
    return y


def swipes(fingers: Fingers, start: list[float]) -> bool:
    """Whether a swipe from there moves the page, up or down, whichever has room."""
    before = scrolled(fingers)
    room = fingers.page.evaluate(SCROLLS) - before
    by = -60 if room > 60 else 60
    end = fingers.drag((start[0], start[1]), (0, by))
    return end == "pointercancel" and abs(scrolled(fingers) - before) > min(20, fingers.page.evaluate(SCROLLS) - 1)


def looked(fingers: Fingers, where: str, n: int) -> Any:
    """What is to be known of the n-th thing, which is on the screen from then on."""
    # A chart that has yet to follow the hand before would move what is on it.
    expect(fingers.page.locator(".chart[data-stale=true]")).to_have_count(0)
    found = None
    for _ in range(20):
        fingers.page.evaluate(SHOWN if where == GRIP else SLIDER_SHOWN, n)
        fingers.settle()
        before, found = found, fingers.page.evaluate(where, n)
        if found == before:
            break
    return found


def dragged(fingers: Fingers, n: int) -> dict[str, Any]:
    """Drags the n-th thing by 32 pixels: what it was, what became of the finger, by how much it was off the finger."""
    before = looked(fingers, GRIP, n)
    found = []
    end = fingers.drag(tuple(before["at"]), before["by"], lambda: found.append(fingers.page.evaluate(GRIP, n)))
    places = zip(before["place"], found[0]["place"], before["by"], strict=True)
    off = max(abs(now - then - by) for then, now, by in places)
    return {"name": before["name"], "end": end, "stayed": abs(found[0]["top"] - before["top"]) < 2, "off": off}


@pytest.mark.parametrize(
    ("path", "size"),
    [
        *((path, PHONE) for path in DRAGGED),
        ("/softmax", TABLET),
        ("/cost?z=1,-1,0.5&panel=two&kind=soft&y=0.2,0.5,0.3", TABLET),
    ],
)
def test_everything_follows_the_finger(browser: Browser, base_url: str, path: str, size: tuple[int, int]) -> None:
    with touching(browser, base_url, path, size) as fingers:
        things = fingers.page.locator("[data-drags]").locator("visible=true")
        expect(things).to_have_count(DRAGGED[path])
        for n in range(DRAGGED[path]):
            found = dragged(fingers, n)
            assert found["end"] == "pointerup", found
            assert found["stayed"], found
            # A value goes in steps of 1/500 of its axis, a target in hundredths.
            assert found["off"] < 2.5 or found["name"] == "CANVAS", found


@pytest.mark.parametrize("path", list(DRAGGED))
def test_a_finger_beside_it_scrolls(browser: Browser, base_url: str, path: str) -> None:
    with touching(browser, base_url, path) as fingers:
        for n in range(DRAGGED[path]):
            beside = fingers.page.evaluate(BESIDE, looked(fingers, GRIP, n)["at"])
            assert beside, n
            assert swipes(fingers, beside), (n, beside)


@pytest.mark.parametrize("path", SLIDING)
def test_a_slider_follows_a_finger_sideways_and_lets_one_pass_that_scrolls(
    browser: Browser, base_url: str, path: str
) -> None:
    with touching(browser, base_url, path) as fingers:
        count = fingers.page.evaluate(SLIDERS)
        assert count > 0
        for n in range(count):
            before = looked(fingers, SLIDER, n)
            assert swipes(fingers, before["at"]), before
            assert fingers.page.evaluate(SLIDER, n)["value"] == before["value"]
        for n in range(count):
            before = looked(fingers, SLIDER, n)
            by = 0.3 * before["width"] * (1 if before["share"] > 0.5 else -1)
            assert fingers.drag(tuple(before["at"]), (by, 0)) == "pointerup"
            after = fingers.page.evaluate(SLIDER, n)
            finger = (before["at"][0] + by - before["left"]) / before["width"]
            # The thumb's middle goes from one half of its width inside the track to the other.
            assert after["share"] == pytest.approx(finger, abs=0.1), (n, before, after)


def test_a_swipe_over_a_slider_is_nothing_to_undo(browser: Browser, base_url: str) -> None:
    with touching(browser, base_url, "/softmax") as fingers:
        fingers.page.evaluate(SLIDERS)
        place = looked(fingers, SLIDER, 1)
        assert swipes(fingers, place["at"])
        expect(fingers.page.locator("[data-action=undo]")).to_be_disabled()
        tapped = looked(fingers, SLIDER, 1)
        fingers.press(tuple(tapped["at"]))
        fingers.lift()
        expect(fingers.page.locator("[data-z]").first).not_to_have_value(tapped["value"])
        expect(fingers.page.locator("[data-action=undo]")).to_be_enabled()
        fingers.page.locator("[data-action=undo]").click()
        expect(fingers.page.locator("[data-action=undo]")).to_be_disabled()


@pytest.mark.parametrize("path", ["/softmax", "/cost?panel=one", "/race?to=50&mode=neuron"])
def test_a_swipe_over_a_chart_scrolls(browser: Browser, base_url: str, path: str) -> None:
    with touching(browser, base_url, path) as fingers:
        chart = fingers.page.locator(".chart[data-state=drawn]").first
        chart.scroll_into_view_if_needed()
        fingers.settle()
        box = chart.bounding_box()
        assert box
        assert swipes(fingers, [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])


INK = """([x, y]) => {
  const canvas = document.querySelector('[data-view=canvas]');
  const box = canvas.getBoundingClientRect();
  const [column, row] = [((x - box.left) * canvas.width) / box.width, ((y - box.top) * canvas.height) / box.height];
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
  copy.drawImage(canvas, 0, 0);
  return [...copy.getImageData(column, row, 1, 1).data].slice(0, 3).join();
}"""


def test_a_second_finger_on_the_paper_draws_nothing(browser: Browser, base_url: str) -> None:
    with touching(browser, base_url, "/digits") as fingers:
        fingers.page.locator("[data-action=clear]").click()
        paper_at = fingers.page.locator("[data-view=canvas]")
        paper_at.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
        fingers.settle()
        box = paper_at.bounding_box()
        assert box
        left, top, side = box["x"], box["y"], box["width"]

        def place(x: float, y: float) -> tuple[float, float]:
            return (left + x * side, top + y * side)

        paper = fingers.page.evaluate(INK, place(0.5, 0.5))
        fingers.press(place(0.1, 0.5))
        fingers.press(place(0.1, 0.5), place(0.9, 0.5))
        for y in (0.6, 0.7, 0.8):
            fingers.move(place(0.1, y), place(0.9, y))
        fingers.lift()
        fingers.settle()
        assert fingers.page.evaluate(INK, place(0.1, 0.7)) != paper
        for nothing in ((0.5, 0.5), (0.5, 0.6), (0.9, 0.5), (0.9, 0.7)):
            assert fingers.page.evaluate(INK, place(*nothing)) == paper, nothing


def test_a_finger_that_was_lost_leaves_the_handle_as_good_as_before(browser: Browser, base_url: str) -> None:
    deaf = """() => {
      window.stop = (event) => event.stopImmediatePropagation();
      window.ends = ['pointerup', 'pointercancel', 'lostpointercapture'];
      for (const name of ends) addEventListener(name, stop, true);
    }"""
    with touching(browser, base_url, "/softmax") as fingers:
        fingers.page.evaluate(deaf)
        dragged(fingers, 0)
        fingers.page.evaluate("() => { for (const name of ends) removeEventListener(name, stop, true); }")
        found = [n for n in range(DRAGGED["/softmax"]) if dragged(fingers, n)["off"] < 2.5]
        assert found == list(range(DRAGGED["/softmax"]))
        assert fingers.page.locator("[data-held]").count() == 0
