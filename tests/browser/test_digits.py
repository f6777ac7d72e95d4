"""What a visitor does on /digits: draws, asks why, fools the network, trains one and teaches it."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit
from tests.browser.variants import each_language
from tests.browser.watching import Watch

MADE = Path("static/made")
PEN = """({ rows, side }) => {
  const canvas = document.querySelector('[data-view="canvas"]');
  const box = canvas.getBoundingClientRect();
  const place = (n, start, length) => start + ((n + 0.5) * length) / side;
  const tell = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, {
    clientX: place(x, box.left, box.width), clientY: place(y, box.top, box.height),
    bubbles: true, cancelable: true, button: 0, buttons: 1, pointerId: 1 }));
  document.querySelector('[data-action="clear"]').click();
  for (const [y, from, to] of rows) {
    tell('pointerdown', from, y);
    tell('pointermove', to, y);
    tell('pointerup', to, y);
  }
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
    done(document.querySelector('[data-view="outputs"]').dataset.answer))));
}"""


def held_out(form: str, ink: int) -> list[tuple[int, np.ndarray]]:
    """Held-out images with their labels."""
    side = int(form.split("x")[0])
    raw = np.frombuffer((MADE / f"held-out-{form}.bin").read_bytes(), np.uint8).reshape(-1, 1 + side * side)
    return [(int(row[0]), row[1:].reshape(side, side) / ink) for row in raw]


def strokes(image: np.ndarray) -> list[list[int]]:
    """The runs of dark pixels of every row, as a pen goes over them."""
    found = []
    for y, row in enumerate(image > 0.5):
        edges = np.flatnonzero(np.diff(np.concatenate([[0], row.astype(int), [0]])))
        found += [[y, int(start), int(end - 1)] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return found


def ready(visit: Visit, **query: str) -> Page:
    """The page with its network."""
    page = visit("/digits", **query)
    expect(page.locator('[data-view="outputs"][data-answer]')).to_be_attached()
    return page


def answer(page: Page) -> str:
    """What the network says."""
    return page.locator('[data-view="outputs"]').get_attribute("data-answer") or ""


needs_mnist = pytest.mark.skipif(not (MADE / "starter-28x28.bin").is_file(), reason="MNIST was not made at set-up")


@needs_mnist
def test_ninety_of_a_hundred_digits_drawn_with_the_pen_are_read(visit: Visit) -> None:
    page = ready(visit, pen="4")
    right = 0
    for label, image in held_out("28x28", 255):
        said = page.evaluate(PEN, {"rows": strokes(image), "side": 28})
        right += said == str(label)
    assert right >= 90


@pytest.mark.parametrize(("form", "ink"), [("28x28", 255), ("8x8", 16)])
def test_a_held_out_image_gives_what_an_independent_pass_gives(visit: Visit, form: str, ink: int) -> None:
    if not (MADE / f"starter-{form}.bin").is_file():
        pytest.skip("MNIST was not made at set-up")
    raw = (MADE / f"starter-{form}.bin").read_bytes()
    sizes = struct.unpack("<3I", raw[4:16])
    numbers = np.frombuffer(raw[16:], "<f4").astype(float)
    w1, b1, w2, b2 = np.split(numbers, np.cumsum([sizes[0] * sizes[1], sizes[1], sizes[1] * sizes[2]]))
    label, image = held_out(form, ink)[4]
    hidden = 1 / (1 + np.exp(-(image.ravel() @ w1.reshape(sizes[0], -1) + b1)))
    z = hidden @ w2.reshape(sizes[1], -1) + b2
    a = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    page = ready(visit, net=form, image="5")
    expect(page.locator('[data-view="image"]')).to_contain_text(str(label))
    shown = page.locator(".outputs td.a").evaluate_all("all => all.map(({ dataset }) => Number(dataset.value))")
    assert shown == pytest.approx(a.tolist(), rel=1e-5)


def test_a_stroke_moves_all_ten_and_undo_takes_it_back(visit: Visit) -> None:
    page = ready(visit)
    before = page.locator(".outputs td.a").evaluate_all("all => all.map(({ dataset }) => dataset.value)")
    box = page.locator('[data-view="canvas"]').bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 60, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    cells = page.locator(".outputs td.a")
    expect(cells.first).not_to_have_attribute("data-value", before[0])
    after = cells.evaluate_all("all => all.map(({ dataset }) => dataset.value)")
    assert all(old != new for old, new in zip(before, after, strict=True))
    page.locator('[data-action="undo"]').click()
    expect(cells.first).to_have_attribute("data-value", before[0])


def test_it_is_drawn_on_with_the_keyboard_alone(visit: Visit) -> None:
    page = ready(visit)
    page.locator('[data-action="clear"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator('[data-view="outputs"]')).to_have_attribute("data-answer", "")
    page.locator('[data-view="canvas"]').focus()
    for _ in range(4):
        page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Space")
    for _ in range(8):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator('[data-view="outputs"]')).to_have_attribute("data-answer", "1")
    expect(page.locator("#live")).to_contain_text("1")


def test_another_class_is_explained_and_the_network_is_fooled(visit: Visit) -> None:
    page = ready(visit, image="1")
    said = answer(page)
    page.locator(".outputs .digit").nth(3).click()
    expect(page.locator('[data-view="why-words"]')).to_contain_text("speaks for 3")
    page.wait_for_url(re.compile("chosen=3"))
    target = "3" if said != "3" else "5"
    page.locator('[data-field="target"]').select_option(target)
    page.locator('[data-action="fool"]').click()
    expect(page.locator('[data-view="outputs"]')).to_have_attribute("data-answer", target)
    fooled = page.locator('[data-view="fooled"]')
    expect(fooled).to_contain_text(f"Now it says {target}")
    page.locator('[data-action="undo"]').click()
    expect(fooled).to_have_text("")
    page.locator('[data-action="fool"]').click()
    expect(fooled).to_contain_text(f"Now it says {target}")
    page.locator('[data-action="image"]').click()
    expect(fooled).to_have_text("")


def test_a_nudge_offers_the_runner_up_and_can_be_undone(visit: Visit) -> None:
    page = ready(visit, image="1")
    said = answer(page)
    order = page.locator(".outputs td.a").evaluate_all(
        "cells => cells.map((cell, digit) => [Number(cell.dataset.value), digit]).sort((a, b) => b[0] - a[0])"
    )
    target = page.locator('[data-field="target"]')
    expect(target).to_have_value(str(order[1][1]))
    page.locator('[data-action="fool"]').click()
    expect(page.locator('[data-view="outputs"]')).to_have_attribute("data-answer", str(order[1][1]))
    expect(target).to_have_value(said)
    page.locator('[data-action="undo"]').click()
    expect(page.locator('[data-view="outputs"]')).to_have_attribute("data-answer", said)
    target.select_option("9")
    page.locator('[data-action="image"]').click()
    expect(page.locator('[data-view="image"]')).to_contain_text("image 2")
    expect(target).to_have_value("9")


def test_temperature_flattens_and_changes_no_order(visit: Visit) -> None:
    page = ready(visit, image="1")
    top = page.locator('.outputs tr[data-best="true"] td.a')
    sharp = float(top.get_attribute("data-value") or "nan")
    page.locator('[data-field="temperature"]').fill("1")
    expect(page.locator('[data-view="temperature"]')).to_have_text("10.0")
    expect(top).not_to_have_attribute("data-value", str(sharp))
    assert float(top.get_attribute("data-value") or "nan") < sharp


@each_language
def test_a_network_learns_live_and_is_examined(visit: Visit, lang: str) -> None:
    page = ready(visit, lang=lang)
    page.locator('[data-field="form"]').select_option("8x8")
    page.locator('[data-field="epochs"]').fill("20")
    page.locator('[data-action="train"]').click()
    expect(page.locator('[data-part="held-out"]')).to_have_attribute("data-epoch", "20", timeout=30_000)
    assert float(page.locator('[data-part="held-out"]').get_attribute("data-accuracy") or "nan") >= 0.93
    expect(page.locator('[data-part="confusion"] tr')).to_have_count(11)
    expect(page.locator('[data-part="followed"] li')).to_have_count(7)
    expect(page.locator('[data-part="worst"] canvas')).to_have_count(8)
    expect(page.locator('[data-field="net"]')).to_have_value("run")


def test_own_drawings_are_learnt(visit: Visit) -> None:
    page = ready(visit)
    page.locator('[data-field="label"]').select_option("4")
    page.locator('[data-action="keep"]').click()
    page.locator('[data-action="teach"]').click()
    expect(page.locator('[data-view="training"]')).to_have_attribute("data-status", "finished", timeout=30_000)
    expect(page.locator('[data-view="outputs"]')).to_have_attribute("data-answer", "4")


@each_language
@pytest.mark.parametrize("theme", ["light", "projector"])
def test_the_stage_fits_the_screen(visit: Visit, lang: str, theme: str) -> None:
    page = ready(visit, lang=lang, theme=theme, image="3")
    for width, height in ((1280, 720), (1366, 768), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), (width, height)
        paper, words = page.locator(".paper canvas").bounding_box(), page.locator(".digits .said").bounding_box()
        assert paper is not None and words is not None
        assert paper["y"] + paper["height"] <= words["y"]


def test_it_is_ready_within_four_hundred_kilobytes(visit: Visit) -> None:
    page = ready(visit)
    sizes = json.loads(
        page.evaluate(
            """JSON.stringify(['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))
              .map(entry => entry.transferSize))"""
        )
    )
    assert 0 < sum(sizes) <= 400_000


def test_what_could_not_be_loaded_is_loaded_when_the_line_is_back(page: Page, watch: Watch) -> None:
    watch.allow("ERR_|Failed to load")
    page.route("**/made/starter-8x8.bin", lambda route: route.abort("connectionreset"))
    page.goto("/digits?lang=en&net=8x8")
    expect(page.locator('[data-view="said"]')).to_contain_text("The server is gone")
    page.unroute("**/made/starter-8x8.bin")
    expect(page.locator('[data-view="outputs"]')).to_have_attribute("data-answer", re.compile(r"\d"), timeout=30_000)


def test_of_two_networks_asked_for_the_later_one_looks(page: Page, visit: Visit) -> None:
    if not (MADE / "starter-28x28.bin").is_file():
        pytest.skip("MNIST was not made at set-up")
    late: list[Route] = []
    visit("/digits", net="8x8")
    expect(page.locator('[data-view="outputs"]')).to_have_attribute("data-answer", re.compile(r"\d"))
    page.route("**/made/starter-28x28.bin", lambda route: late.append(route))
    with page.expect_request("**/made/starter-28x28.bin"):
        page.locator('[data-field="net"]').select_option("28x28")
    page.locator('[data-field="net"]').select_option("8x8")
    expect(page.locator("html")).to_have_attribute("data-ready", "true")
    with page.expect_response("**/made/starter-28x28.bin") as answered:
        late.pop().continue_()
    answered.value.finished()
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(page.locator('[data-field="net"]')).to_have_value("8x8")
    assert page.locator('[data-view="seen"]').evaluate("canvas => canvas.width") == 8
