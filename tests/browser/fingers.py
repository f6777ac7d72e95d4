"""Fingers on a page: real touch events, as Chromium gets them from a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from tests.browser.watching import Watch

STEPS = 10
PHONE = (390, 844)
TABLET = (1024, 768)

# Notes what became of every finger, before the page can keep it from being heard.
NOTES = """() => {
  window.touched = [];
  for (const name of ['pointercancel', 'pointerup'])
    addEventListener(name, ({ pointerType }) => pointerType === 'touch' && touched.push(name), true);
}"""


@dataclass
class Fingers:
    """The fingers of one page; places are CSS pixels of the window."""

    page: Page

    def __post_init__(self) -> None:
        self._screen = self.page.context.new_cdp_session(self.page)

    def press(self, *places: tuple[float, float]) -> None:
        """The fingers that are down from now on, in the order in which they came."""
        self._tell("touchStart", places)

    def move(self, *places: tuple[float, float]) -> None:
        self._tell("touchMove", places)

    def lift(self) -> None:
        self._tell("touchEnd", ())

    def drag(
        self, start: tuple[float, float], by: tuple[float, float], held: Callable[[], object] = lambda: None
    ) -> str:
        """Moves one finger and rests before it is lifted, so that nothing flies on; says how the page saw it end.

        `held` is called at the end of the way, before the finger is lifted.
        """
        self.page.evaluate("touched.length = 0")
        self.press(start)
        for step in [*range(1, STEPS + 1), STEPS, STEPS]:
            self.move((start[0] + by[0] * step / STEPS, start[1] + by[1] * step / STEPS))
        self.settle()
        held()
        self.lift()
        self.settle()
        return str(self.page.evaluate("touched.join()"))

    def settle(self) -> None:
        """Waits until what was done has been painted."""
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def _tell(self, kind: str, places: tuple[tuple[float, float], ...]) -> None:
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(places)]
        self._screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@contextmanager
def touching(browser: Browser, address: str, path: str, size: tuple[int, int] = PHONE) -> Iterator[Fingers]:
    """A page on a screen that knows fingers. Raises AssertionError at the end for whatever the page did wrong."""
    viewport = {"width": size[0], "height": size[1]}
    with browser.new_context(base_url=address, has_touch=True, is_mobile=size[0] < 600, viewport=viewport) as context:  # type: ignore[arg-type]
        watch = Watch(address)
        watch.follow(context)
        page = context.new_page()
        page.goto(f"{path}{'&' if '?' in path else '?'}lang=en", wait_until="load")
        if page.locator("script[type=module][src*=chapters]:not([src*=lesson])").count() > 0:
            page.locator("html[data-ready=true]").wait_for()
        page.evaluate(NOTES)
        yield Fingers(page)
        faults = watch.remaining()
        assert not faults, "\n".join(faults)
