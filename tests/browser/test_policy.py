"""The content policy in real Chromium: every kind of chart that the pages may draw passes it, and injected markup,
script and code from text do not. The page's fixture fails on any breach that a test does not allow.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.moves import take_in_hand
from tests.browser.watching import Watch

CHARTS = """async (traces) => {
  const place = document.createElement('div');
  place.id = 'chart';
  place.style.cssText = 'position: fixed; inset: 0 auto auto 0; width: 500px; height: 300px; z-index: 99';
  document.body.append(place);
  const words = 'a<sub>i</sub>, <b>b</b>, <i>i</i>, <sup>2</sup>';
  const layout = { title: { text: words }, annotations: [{ text: words, x: 0, y: 0 }], showlegend: true };
  await Plotly.react(place, traces, layout, { displayModeBar: true, displaylogo: false });
  const drawn = place._fullData.map((trace) => trace.type);
  await Plotly.relayout(place, { 'title.text': 'another' });
  for (const format of ['svg', 'png']) await Plotly.toImage(place, { format, width: 300, height: 200 });
  return drawn;
}"""

TRACES: list[dict[str, Any]] = [
    {
        "type": "scatter",
        "x": [1, 2, 3],
        "y": [1, 10, 2],
        "name": "cost",
        "text": ["<b>a</b>"] * 3,
        "mode": "lines+text",
    },
    {"type": "bar", "x": ["a", "b"], "y": [1, 2]},
    {"type": "heatmap", "z": [[1, 2], [3, 4]], "zsmooth": "fast"},
    {"type": "heatmap", "z": [[1, 2], [3, 4]], "texttemplate": "%{z}"},
    {"type": "contour", "z": [[1, 2], [3, 4]]},
    {"type": "histogram", "x": [1, 2, 2]},
    {"type": "scatterternary", "a": [1], "b": [2], "c": [3]},
]


def test_every_kind_of_chart_passes_the_policy(visit: Visit) -> None:
    page = visit("/softmax")
    take_in_hand(page.locator(".chart").first)
    for trace in TRACES:
        assert page.evaluate(CHARTS, [trace]) == [trace["type"]]
        page.mouse.move(150, 150)
        page.mouse.move(250, 200)
        page.mouse.down()
        page.mouse.move(350, 230)
        page.mouse.up()
        page.mouse.dblclick(250, 150)
        page.evaluate("() => document.querySelector('#chart').remove()")


ATTACKS = {
    "markup from text": "document.body.innerHTML = '<img src=x onerror=\"window.broken = true\">'",
    "a script element": "const s = document.createElement('script'); s.text = 'window.broken = true';"
    " document.body.append(s)",
    "code from text": "new Function('window.broken = true')()",
    "code from an attribute": "const b = document.createElement('b');"
    " b.setAttribute('onclick', 'window.broken = true'); b.click(); throw 0",
    "a script of another host": "const s = document.createElement('script'); s.src = 'http://127.0.0.1:9/x.js';"
    " document.body.append(s)",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_what_is_injected_does_not_run(page: Page, visit: Visit, watch: Watch, attack: str) -> None:
    visit("/softmax")
    watch.allow("Trusted|trusted|Content Security Policy|unsafe-eval")
    # In a callback, since what the test itself evaluates is exempt from the policy on code.
    attempt = f"try {{ {attack} }} catch {{ done(true) }} done(false)"
    assert page.evaluate(f"() => new Promise((done) => setTimeout(() => {{ {attempt} }}))")
    assert page.evaluate("() => window.broken") is None


NAMES = [
    "<img src=x onerror=a()>",
    "<script>a()</script>",
    "<i id=x>K</i>",
    '"><b id=x>',
    "{{7*7}} ${7*7} %{z}",
    "</title><b id=x>",
]


@pytest.mark.parametrize(("path", "query"), [("/softmax", {}), ("/cost", {"panel": "one"})])
def test_a_name_is_text_wherever_it_is_shown(visit: Visit, page: Page, path: str, query: dict[str, str]) -> None:
    page.add_init_script("globalThis.a = () => { globalThis.broken = true; };")
    visit(path, z="1,2,3,4,5,6", y="1,0,0,0,0,0", names=",".join(NAMES), **query)
    take_in_hand(page.locator(".chart").locator("visible=true").first)
    for selector in ('[data-z="1"]', '[data-z="6"]'):
        page.locator(selector).first.press("ArrowUp")
    box = page.locator(".chart").locator("visible=true").first.bounding_box()
    assert box is not None
    for step in range(1, 12):
        page.mouse.move(box["x"] + box["width"] * step / 12, box["y"] + box["height"] / 2)
    if path == "/softmax":  # whose curves bear the names
        hover = page.locator(".hoverlayer")
        for name in NAMES:
            expect(hover).to_contain_text(name)
    fields = page.locator("input.name").evaluate_all("all => all.map(one => one.value)")
    assert fields == NAMES
    assert page.locator('img[src="x"], #x').count() == 0
    assert not page.evaluate("() => globalThis.broken")
    assert "49" not in page.locator("main").inner_text()
