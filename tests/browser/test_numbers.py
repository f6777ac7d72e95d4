"""What is typed into a field for a number is read as a person means it, or refused in words: never another number."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit

# Each page, what opens it, and its fields with what they may be: any number, one above 0, or a whole one.
FIELDS = {
    "/softmax": ([], {'[data-number="1"]': "any", '[data-field="temperature-value"]': "above"}),
    "/cost": ([], {'[data-number="2"]': "any"}),
    "/derivation": ([], {'[data-z-number="1"]': "any"}),
    "/network": (['summary:has-text("▾")'], {'[data-field="eta"]': "above", '[data-field="seed"]': "whole"}),
    "/train": (
        ['[data-view="settings"] > summary'],
        {'[data-spec="eta"]': "above", '[data-spec="epochs"]': "whole", '[data-spec="seed"]': "whole"},
    ),
    "/race": ([], {'input[type="text"][data-race="w"]': "any", '[data-race="epochs"]': "whole"}),
    "/digits": ([], {'[data-field="epochs"]': "whole"}),
}
READ = {"−0.60": -0.6, "1,5": 1.5, "1。5": 1.5, "2，25": 2.25, "０.５": 0.5, "3×10⁻¹": 0.3, "12": 12.0, "1.0": 1.0}
REFUSED = ["", "1,000", "abc", "1;5", "3。", "1e999"]


def enter(field: Locator, text: str) -> None:
    field.focus()
    field.select_text()
    if text:
        field.page.keyboard.insert_text(text)
    else:
        field.press("Delete")
    field.press("Tab")


def refusal(field: Locator) -> Locator:
    """The words about a field, wherever they stand."""
    name = field.get_attribute("aria-errormessage")
    assert name, "nothing says why it was refused"
    return field.page.locator(f"#{name}")


def value(field: Locator) -> float:
    return float(field.get_attribute("data-value") or "nan")


def allowed(kind: str, number: float) -> bool:
    return kind == "any" or (number > 0 and (kind == "above" or number == int(number)))


def opened(page: Page, summaries: list[str]) -> None:
    for summary in summaries:
        page.locator(summary).first.click()


@pytest.mark.parametrize(("path", "lang"), list(zip(FIELDS, itertools.cycle(["en", "zh"]))))
def test_what_is_typed_is_read_as_it_is_meant_or_refused(visit: Visit, path: str, lang: str) -> None:
    summaries, fields = FIELDS[path]
    page = visit(path, lang=lang)
    opened(page, summaries)
    for selector, kind in fields.items():
        field = page.locator(selector)
        for text, number in READ.items():
            before = value(field)
            enter(field, text)
            if allowed(kind, number):
                expect(field).to_have_attribute("data-value", f"{number:g}")
                expect(field).not_to_have_attribute("aria-invalid", "true")
            else:
                expect(field).to_have_attribute("aria-invalid", "true")
                assert refusal(field).is_visible(), (selector, text)
                assert value(field) == before
        for text in REFUSED:
            before = value(field)
            enter(field, text)
            expect(field).to_have_attribute("aria-invalid", "true")
            expect(field).to_have_value(text)
            assert refusal(field).is_visible(), (selector, text)
            assert value(field) == before
        field.focus()
        field.press("Escape")
        expect(field).to_have_attribute("aria-invalid", "false")
        expect(page.locator(".refusal")).to_have_count(0)


def test_an_emptied_eta_trains_nothing(visit: Visit) -> None:
    page = visit("/train")
    enter(page.locator('[data-spec="eta"]'), "")
    page.locator('[data-action="train"]').click()
    expect(page.locator('[data-spec="eta"]')).to_be_focused()
    expect(page.locator('[data-view="stage"]')).to_have_attribute("data-phase", "empty")


def test_the_arrow_keys_step_a_field(visit: Visit) -> None:
    page = visit("/softmax")
    field = page.locator('[data-number="1"]')
    field.focus()
    field.press("ArrowUp")
    expect(field).to_have_value("1.3")
    field.press("PageDown")
    expect(field).to_have_value("0.3")
