"""Charts: the page draws them itself, Plotly comes when a reader takes one in hand, and nothing jumps when it does."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.moves import take_in_hand
from tests.browser.watching import Watch

CHARTS = {
    "/softmax": ("curves", {}),
    "/cost": ("one", {"panel": "one"}),
    "/train": ("course", {"go": "1", "epochs": "300", "rule": "both"}),
    "/race": ("curves", {"to": "300", "at": "150"}),
}

# Where the first row's lines run, in values read off the chart's own marks: [[x, y], …] a line.
LINES = """chart => {
  const number = text => Number(text.replaceAll('−', '-').replace(/[\\s\\u202f]/g, ''));
  const marks = [...chart.querySelectorAll('.grid')].map(line => {
    const at = name => Number(line.getAttribute(name));
    return { up: at('y1') === at('y2'), x: at('x1'), y: at('y1'), value: number(line.parentElement.textContent) };
  });
  const [row] = chart.querySelectorAll('.drawing svg');
  const [left, top] = ['x', 'y'].map(name => Number(row.getAttribute(name)));
  const read = (marks, name) => {
    const [first, last] = [marks[0], marks.at(-1)];
    return at => first.value + (last.value - first.value) * (at - first[name]) / (last[name] - first[name]);
  };
  const x = read(marks.filter(({ up }) => !up), 'x');
  const inside = marks.filter(({ up, y }) => up && y >= top && y <= top + Number(row.getAttribute('height')) + 1);
  const y = read(inside, 'y');
  return [...row.querySelectorAll('.line')].map(line => line.getAttribute('d').slice(1).split(/[ML]/)
    .map(point => point.split(' ').map(Number)).map(([across, down]) => [x(left + across), y(top + down)]));
}"""

# The page's axes and Plotly's: left, top, width, height of the first row, and the ends of x.
AXES = """chart => {
  const [row] = chart.querySelectorAll('.drawing svg');
  const { xaxis, yaxis } = (chart.querySelector('.plot'))._fullLayout;
  const own = ['x', 'y', 'width', 'height'].map(name => Number(row.getAttribute(name)));
  return [own, [xaxis._offset, yaxis._offset, xaxis._length, yaxis._length], xaxis.range];
}"""


# The picture once it has stayed the same for thirty frames: a run's last words may still move what stands above it.
SETTLED = """async one => {
  let [text, same] = ['', 0];
  while (same < 30) {
    await new Promise(requestAnimationFrame);
    same = one.outerHTML === text ? same + 1 : 0;
    text = one.outerHTML;
  }
  return text;
}"""


def chart_of(visit: Visit, path: str, **query: str) -> tuple[Page, Locator]:
    name, own = CHARTS[path]
    page = visit(path, **{**own, **query})
    chart = page.locator(f'[data-view="{name}"]')
    expect(chart).to_have_attribute("data-state", "drawn")
    return page, chart


@pytest.mark.parametrize("path", list(CHARTS))
def test_plotly_comes_when_a_chart_is_pointed_at_and_nothing_jumps(visit: Visit, watch: Watch, path: str) -> None:
    page, chart = chart_of(visit, path)
    if path == "/train":
        expect(page.locator('[data-field="epoch"]')).to_have_text("300", timeout=30_000)
    page.wait_for_load_state("networkidle")
    assert not [url for url in watch.requests if "plotly" in url]
    before = chart.locator(".drawing").evaluate(SETTLED)
    take_in_hand(chart)
    (bundle,) = {url for url in watch.requests if "vendor/plotly" in url}
    assert bundle.startswith(watch.address)
    own, plotly, ends = chart.evaluate(AXES)
    assert plotly == pytest.approx(own, abs=0.05)
    assert chart.locator(".drawing").evaluate(SETTLED) == before
    marks = chart.locator(".grid + .tick").all_text_contents()
    assert str(ends[1]).rstrip("0") in [mark.replace("\u202f", "").replace(" ", "").rstrip("0") for mark in marks]


def test_the_first_picture_is_the_formula(visit: Visit) -> None:
    _, chart = chart_of(visit, "/softmax")
    for j, line in enumerate(chart.evaluate(LINES)):
        for x, y in line[::9]:
            powers = [2.718281828459045**z for z in (1.2, -0.6, x, 0.3)]
            assert y == pytest.approx(powers[j] / sum(powers), abs=0.002)


def test_the_race_is_drawn_in_three_rows_on_one_axis(visit: Visit) -> None:
    _, chart = chart_of(visit, "/race")
    rows = chart.locator(".drawing svg")
    assert [rows.nth(k).locator(".line").count() for k in range(3)] == [2, 2, 2]
    boxes: list[Any] = [rows.nth(k).bounding_box() for k in range(3)]
    assert len({(box["x"], box["width"]) for box in boxes}) == 1
    assert boxes[0]["y"] + boxes[0]["height"] < boxes[1]["y"]
    cursor = chart.locator(".drawing .now")
    middle = boxes[0]["x"] + boxes[0]["width"] / 2
    assert cursor.evaluate("one => one.getBoundingClientRect().x") == pytest.approx(middle, abs=1)


def test_a_chart_resized_out_of_sight_is_drawn_at_its_size_when_it_is_shown(visit: Visit) -> None:
    page, chart = chart_of(visit, "/softmax")
    fits = """chart => {
      const { width, height } = chart.getBoundingClientRect();
      const [, , wide, high] = chart.querySelector('.drawing').getAttribute('viewBox').split(' ').map(Number);
      return Math.abs(wide - width) < 1 && Math.abs(high - height) < 1;
    }"""
    assert chart.evaluate(fits)
    before = chart.locator(".drawing").get_attribute("viewBox") or ""
    page.locator("#tab-triangle").click()
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.locator('[data-z="1"]').first.press("ArrowUp")
    page.locator("#tab-slopes").click()
    expect(chart.locator(".drawing")).not_to_have_attribute("viewBox", before)
    assert chart.evaluate(fits)
    lines = chart.evaluate(LINES)
    row, points = chart.locator(".drawing svg").first, chart.locator(".points .dot")
    box = row.bounding_box()
    assert box
    for j, line in enumerate(lines):
        dot = points.nth(j).evaluate("one => [Number(one.getAttribute('cx')), Number(one.getAttribute('cy'))]")
        ends = row.evaluate("one => ['x', 'y', 'width', 'height'].map(name => Number(one.getAttribute(name)))")
        z = -5 + 10 * (dot[0] - ends[0]) / ends[2]
        a = 1.04 - 1.06 * (dot[1] - ends[1]) / ends[3]
        (x0, y0), (x1, y1) = next((p, q) for p, q in pairwise(line) if p[0] <= z <= q[0])
        assert a == pytest.approx(y0 + (y1 - y0) * (z - x0) / (x1 - x0), abs=0.01)


def test_a_stretch_that_is_dragged_over_is_zoomed_into_and_a_double_click_leaves_it(visit: Visit) -> None:
    page, chart = chart_of(visit, "/race")
    marks = chart.locator('.tick[text-anchor="middle"]')
    whole = marks.all_text_contents()
    take_in_hand(chart)
    box = chart.bounding_box()
    assert box
    y = box["y"] + 0.15 * box["height"]
    page.mouse.move(box["x"] + 0.4 * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], y, steps=4)
    page.mouse.up()
    expect(marks.last).not_to_have_text(whole[-1])
    low, *_, high = map(float, marks.all_text_contents())
    assert 60 < low < high < 240
    page.locator('[data-action="reset"]').click()  # other data, the same stretch of the axis
    assert float(marks.last.text_content() or "nan") == high
    page.mouse.dblclick(box["x"] + 0.5 * box["width"], y)
    expect(marks.last).to_have_text(whole[-1])


def test_a_name_in_the_legend_puts_its_line_away_and_fetches_it_back(visit: Visit) -> None:
    page, chart = chart_of(visit, "/cost")
    lines = chart.locator(".drawing svg .line")
    expect(lines).to_have_count(4)
    name = chart.get_by_role("button", name="sigmoid + cross-entropy")
    name.focus()
    page.keyboard.press("Enter")
    expect(lines).to_have_count(3)
    expect(name).to_have_attribute("aria-pressed", "false")
    page.keyboard.press(" ")
    expect(lines).to_have_count(4)


def test_a_picture_is_saved_before_plotly_is_there(visit: Visit, watch: Watch, tmp_path: Path) -> None:
    page, chart = chart_of(visit, "/cost")
    for kind in ("svg", "png"):
        page.locator('[data-view="save-one"] > summary').press("Enter")
        with page.expect_download() as saved:
            page.locator(f'[data-view="save-one"] [data-save="{kind}"]').press("Enter")
        saved.value.save_as(tmp_path / f"chart.{kind}")
    picture = ElementTree.parse(tmp_path / "chart.svg").getroot()
    path = "{http://www.w3.org/2000/svg}path"
    drawn = [one.get("d") for one in picture.iter(path)]
    lines = chart.locator(".drawing .line[d]").evaluate_all("all => all.map(one => one.getAttribute('d'))")
    assert set(lines) <= set(drawn)
    assert {one.get("stroke") for one in picture.iter(path)} >= {"rgb(0, 114, 178)", "rgb(213, 94, 0)"}
    assert "softmax + quadratic" in "".join(picture.itertext())
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    assert not [url for url in watch.requests if "plotly" in url]


def test_a_swipe_across_a_chart_scrolls_and_a_tap_takes_it_in_hand(browser: Browser, base_url: str) -> None:
    watch = Watch(base_url)
    with browser.new_context(
        base_url=base_url, viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True
    ) as context:
        watch.follow(context)
        page = context.new_page()
        page.goto("/race?to=300&lang=en", wait_until="networkidle")
        chart = page.locator('[data-view="curves"]')
        chart.scroll_into_view_if_needed()
        fingers = context.new_cdp_session(page)
        box = chart.bounding_box()
        assert box
        x, y = box["x"] + 150, box["y"] + 60
        before = page.evaluate("scrollY")
        fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for step in range(1, 9):
            point = {"x": x, "y": y + 10 * step}
            fingers.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.wait_for_function("before => scrollY !== before", arg=before)
        page.wait_for_load_state("networkidle")
        assert not [url for url in watch.requests if "plotly" in url]
        chart.tap()
        expect(chart).to_have_attribute("data-reading", "ready", timeout=30_000)
        assert not watch.remaining()


def test_the_focus_takes_a_chart_in_hand_too(visit: Visit) -> None:
    _, chart = chart_of(visit, "/softmax")
    chart.focus()
    expect(chart).to_have_attribute("data-reading", "ready", timeout=30_000)


def test_a_run_at_full_speed_is_drawn_to_its_end_by_the_page_alone(visit: Visit, watch: Watch) -> None:
    page, chart = chart_of(visit, "/train", epochs="10000", rule="exact", log="0")
    expect(page.locator('[data-field="epoch"]')).to_have_attribute("data-value", "10000", timeout=60_000)
    cost = float(page.locator('[data-field="cost"]').get_attribute("data-value") or "nan")
    expect(chart).to_have_attribute("data-drawn", re.compile(f" 10000 {re.escape(str(cost))}"))
    (line,) = chart.evaluate(LINES)
    assert len(line) <= 2 * 1280
    assert line[-1] == pytest.approx([10_000, cost], abs=0.01)
    assert not [url for url in watch.requests if "plotly" in url]
