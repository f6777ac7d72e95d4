"""With forced colours what carries data still shows: charts, canvases, bars, the tracks of sliders, what is on."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.watching import Watch

# The colours of a picture, in sixteenths of each part, that at least 12 of its pixels have.
COUNT = """async (picture) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const counts = {};
  for (let p = 0; p < data.length; p += 4) {
    const key = [data[p] >> 4, data[p + 1] >> 4, data[p + 2] >> 4];
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return Object.values(counts).filter((count) => count >= 12).length;
}"""

# What is looked at on each page, and how many colours it has at the least: a chart's are its paper, ink and two lines.
SEEN = {
    "/softmax": {".curves": 5, ".layer": 6, ".heat tbody": 5},
    "/cost": {"#panel-terms svg.bend": 3, ".layer": 6},
    "/derivation": {".sample tr:nth-child(3) .track": 3, "[data-view=slopes]": 5},
    "/race?to=200": {"[data-view=curves]": 4, "[data-view=neuron]": 4, ".swatch": 2},
    "/digits": {
        "[data-view=canvas]": 2,
        "[data-view=seen]": 3,
        "[data-view=why]": 3,
        "tr[data-best=true] .bar": 2,
        ".hidden-units": 4,
    },
}


@pytest.fixture(params=["light", "dark"])
def forced(request: pytest.FixtureRequest, browser: Browser, base_url: str) -> Iterator[Page]:
    """A page under forced colours, whose own theme is the other one."""
    other = "dark" if request.param == "light" else "light"
    with browser.new_context(
        base_url=base_url, forced_colors="active", color_scheme=request.param, viewport={"width": 1280, "height": 720}
    ) as context:
        context.add_cookies([{"name": "theme", "value": other, "url": base_url}])
        watch = Watch(base_url)
        watch.follow(context)
        yield context.new_page()
        assert not watch.remaining()


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    """An empty page that counts the colours of pictures."""
    page = browser.new_page()
    yield page
    page.close()


def colours(element: Locator, reader: Page) -> int:
    element.scroll_into_view_if_needed()
    count: int = reader.evaluate(COUNT, base64.b64encode(element.screenshot()).decode())
    return count


@pytest.mark.parametrize("path", list(SEEN))
def test_what_carries_data_keeps_its_colours(forced: Page, reader: Page, path: str) -> None:
    forced.goto(f"{path}{'&' if '?' in path else '?'}lang=en", wait_until="networkidle")
    forced.wait_for_function("!document.querySelector('.panel:not([data-open=false]) .chart[data-state=waiting]')")
    found = {selector: colours(forced.locator(selector).first, reader) for selector in SEEN[path]}
    assert {name: count for name, count in found.items() if count < SEEN[path][name]} == {}


def test_a_sliders_track_shows(forced: Page, reader: Page) -> None:
    forced.goto("/race?to=200&lang=en")
    box = forced.locator(".scrub input:enabled").bounding_box()
    assert box
    # Left of the thumb, which stands at the end.
    picture = forced.screenshot(clip={"x": box["x"], "y": box["y"], "width": box["width"] / 4, "height": box["height"]})
    assert reader.evaluate(COUNT, base64.b64encode(picture).decode()) == 2


def test_what_is_on_can_be_read(forced: Page, reader: Page) -> None:
    forced.goto("/softmax?lang=en", wait_until="networkidle")
    ink = "element => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor]"
    for selector in ("[role=tab][aria-selected=true]", "[data-action=sigmoid]", ".chapters a[aria-current=page]"):
        one = forced.locator(selector).first
        text, ground = one.evaluate(ink)
        assert text != ground
        # Letters on a ground of one colour: were the ground another under the letters, there would be a third.
        assert colours(one, reader) >= 2
