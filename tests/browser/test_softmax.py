"""What a student does on /softmax, each claim of the article's rows A4, A5 and B1 to B5 where it can be seen."""

from __future__ import annotations

import json
import math
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.moves import take_in_hand
from tests.browser.variants import each_language

START = [1.2, -0.6, 2.4, 0.3]
THOUSAND = {"z": "1000,-1000,999,0"}


def softmax(z: list[float], temperature: float = 1.0) -> list[float]:
    """An independent softmax, in plain Python."""
    powers = [math.exp((value - max(z)) / temperature) for value in z]
    return [power / sum(powers) for power in powers]


def outputs(page: Page) -> list[float]:
    """The a on the page, with all their digits."""
    values: list[str] = page.eval_on_selector_all("[data-a]", "all => all.map(one => one.dataset.value)")
    return [float(value) for value in values]


def logits(page: Page) -> list[float]:
    """The z on the page, with all their digits."""
    values: list[str] = page.eval_on_selector_all("[data-number]", "all => all.map(one => one.dataset.value)")
    return [float(value) for value in values]


def drag(page: Page, selector: str, *, dy: float, steps: int = 8) -> None:
    """Press on a thing, move it down by dy pixels (up where negative), let go, and see the last move drawn."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, steps + 1):
        page.mouse.move(x, y + dy * step / steps)
    page.mouse.up()
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


def slide(page: Page, i: int, value: float) -> None:
    """Set slider i as a hand would leave it."""
    page.locator(f'[data-z="{i}"]').fill(str(value))


def test_outputs_are_the_softmax_of_the_sliders(visit: Visit) -> None:
    page = visit("/softmax")
    assert outputs(page) == pytest.approx(softmax(START), rel=1e-14)
    slide(page, 2, 3.5)
    assert outputs(page) == pytest.approx(softmax([1.2, 3.5, 2.4, 0.3]), rel=1e-14)


def test_raising_one_z_raises_its_a_lowers_all_others_and_one_sigmoid_moves(visit: Visit) -> None:
    page = visit("/softmax")
    before = outputs(page)
    sigmoids = page.eval_on_selector_all("[data-sigmoid]", "all => all.map(one => one.dataset.value)")
    drag(page, '[data-drag="3"] .handle', dy=-9)
    after = outputs(page)
    assert after[2] > before[2]
    assert all(after[i] < before[i] for i in (0, 1, 3))
    assert sum(after) == pytest.approx(1, abs=1e-15)
    now = page.eval_on_selector_all("[data-sigmoid]", "all => all.map(one => one.dataset.value)")
    assert [i for i in range(4) if sigmoids[i] != now[i]] == [2]
    expect(page.locator(".mark.up:visible")).to_have_count(1)
    expect(page.locator(".mark.down:visible")).to_have_count(3)


def test_the_sentence_says_what_the_drag_did_and_the_live_region_repeats_it(visit: Visit) -> None:
    page = visit("/softmax")
    drag(page, '[data-drag="3"] .handle', dy=-9)
    expect(page.locator('[data-view="said"]')).to_contain_text(re.compile("^You raised z.*0\\.679"))
    # The sentence comes some frames after the bars, and on a busy machine the hand may seem to rest in mid-drag.
    raised = logits(page)[2] - START[2]
    expect(page.locator("#live")).to_have_text(re.compile(f"^You raised z3 by {raised:.2f}:"))
    expect(page.locator("#live")).to_have_text(page.locator('[data-view="said"]').text_content() or "")


def test_slider_field_arrow_keys_and_bar_are_one_value(visit: Visit) -> None:
    page = visit("/softmax")
    page.locator('[data-number="1"]').fill("0.123456789")
    page.keyboard.press("Enter")
    assert logits(page)[0] == 0.123456789
    expect(page.locator('[data-drag="1"] .number')).to_have_text("0.12")
    page.locator('[data-z="2"]').focus()
    page.keyboard.press("ArrowRight")
    assert logits(page)[1] == pytest.approx(-0.59, abs=1e-12)
    page.locator('[data-z="2"]').dblclick()
    assert logits(page)[1] == 0


def test_a_field_refuses_what_is_no_number_and_keeps_the_value(visit: Visit) -> None:
    page = visit("/softmax")
    field = page.locator('[data-number="1"]')
    field.fill("")
    page.keyboard.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert logits(page) == START


def test_dragging_an_output_finds_the_z_that_gives_it(visit: Visit) -> None:
    page = visit("/softmax")
    drag(page, '[data-drag-a="1"] .bar', dy=-60)
    now, a = logits(page), outputs(page)
    assert now[1:] == START[1:]
    assert now[0] > START[0]
    assert a == pytest.approx(softmax(now), rel=1e-14)
    assert a[2] / a[3] == pytest.approx(math.exp(START[2] - START[3]), rel=1e-12)


def test_shifting_all_moves_every_z_and_no_a(visit: Visit) -> None:
    page = visit("/softmax")
    before = outputs(page)
    drag(page, ".shift .knob", dy=-15)
    shifts = [now - then for now, then in zip(logits(page), START, strict=True)]
    assert shifts[0] > 0.5
    assert shifts == pytest.approx([shifts[0]] * 4, abs=1e-12)
    assert outputs(page) == pytest.approx(before, rel=1e-14)
    expect(page.locator('[data-view="said"]')).to_contain_text("no a did")
    page.locator(".shift").focus()
    page.keyboard.press("ArrowDown")
    assert logits(page)[0] < START[0] + shifts[0]


def test_undo_and_redo_by_keys_and_by_buttons(visit: Visit) -> None:
    page = visit("/softmax")
    drag(page, '[data-drag="1"] .handle', dy=-20)
    moved = logits(page)
    page.keyboard.press("Control+z")
    assert logits(page) == START
    page.keyboard.press("Control+Shift+Z")
    assert logits(page) == moved
    page.locator('[data-action="undo"]').click()
    assert logits(page) == START
    expect(page.locator('[data-action="undo"]')).to_be_disabled()


def test_classes_are_added_renamed_and_removed_between_two_and_twelve(visit: Visit) -> None:
    page = visit("/softmax")
    for _ in range(8):
        page.locator('[data-action="add"]').click()
    expect(page.locator("[data-a]")).to_have_count(12)
    expect(page.locator('[data-action="add"]')).to_be_disabled()
    page.locator(".control .name").first.fill("<b>lynx</b>")
    page.keyboard.press("Enter")
    expect(page.locator('[data-view="said"]')).to_contain_text("<b>lynx</b>")
    page.locator(".control .remove").first.dispatch_event("click")
    expect(page.locator("[data-a]")).to_have_count(11)
    for _ in range(9):
        page.locator('[data-action="drop"]').click()
    expect(page.locator("[data-a]")).to_have_count(2)
    expect(page.locator('[data-action="drop"]')).to_be_disabled()
    assert sum(outputs(page)) == pytest.approx(1, abs=1e-15)


def test_the_whole_state_is_in_the_address(visit: Visit) -> None:
    page = visit("/softmax")
    slide(page, 1, -2.5)
    page.locator('[data-action="sigmoid"]').click()
    page.locator('[data-tab="numbers"]').click()
    page.locator(".control .name").nth(1).fill("a,b")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("names="))
    seen = (logits(page), outputs(page))
    page.reload()
    assert (logits(page), outputs(page)) == seen
    expect(page.locator(".control .name").nth(1)).to_have_value("a,b")
    expect(page.locator('[data-action="sigmoid"]')).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#panel-numbers")).to_be_visible()


def test_the_language_switch_carries_the_state_along(visit: Visit) -> None:
    page = visit("/softmax")
    slide(page, 1, -2.5)
    page.locator('[data-switch="language"]').click()
    expect(page.locator(".control .name").first).to_have_value("猫")
    assert parse_qs(urlsplit(page.url).query)["lang"] == ["zh"]
    assert logits(page)[0] == -2.5


def test_presets_reach_the_article_and_the_extremes(visit: Visit) -> None:
    page = visit("/softmax")
    page.locator('[data-menu="presets"] summary').click()
    page.locator('[data-preset="article"]').click()
    assert outputs(page) == pytest.approx([0.1, 0.2, 0.3, 0.4], rel=1e-14)
    page.locator('[data-menu="presets"] summary').click()
    page.locator('[data-preset="thousand"]').click()
    assert outputs(page) == pytest.approx(softmax([1000, -1000, 999, 0]), rel=1e-14)
    expect(page.locator('[data-field="sum"]')).to_have_text("Σ 1.000")


def test_the_naive_form_overflows_and_says_so(visit: Visit) -> None:
    page = visit("/softmax", **THOUSAND)
    assert all(math.isfinite(a) for a in outputs(page))
    page.locator('[data-action="naive"]').click()
    assert math.isnan(outputs(page)[0])
    expect(page.locator('[data-a="1"]')).to_have_text("NaN")
    expect(page.locator('[data-view="said"]')).to_contain_text("float64")
    page.locator('[data-action="naive"]').click()
    assert outputs(page) == pytest.approx(softmax([1000, -1000, 999, 0]), rel=1e-14)


def test_temperature_divides_every_z(visit: Visit) -> None:
    page = visit("/softmax")
    page.locator('[data-field="temperature-value"]').fill("7.3")
    page.keyboard.press("Enter")
    assert outputs(page) == pytest.approx(softmax(START, 7.3), rel=1e-14)


def test_the_jacobian_has_signs_numbers_and_rows_that_sum_to_nothing(visit: Visit) -> None:
    page = visit("/softmax")
    slide(page, 2, 1.0)
    a = softmax([1.2, 1.0, 2.4, 0.3])
    expect(page.locator('[data-row="4"][data-column="2"]')).to_have_attribute("data-chosen", "true")
    for i in range(4):
        for j in range(4):
            cell = page.locator(f'[data-row="{i + 1}"][data-column="{j + 1}"]')
            wanted = a[i] * ((i == j) - a[j])
            assert float(cell.get_attribute("data-value") or "nan") == pytest.approx(wanted, rel=1e-12)
            assert cell.inner_text().startswith("+" if i == j else "−")
            expect(cell).to_have_attribute("data-chosen", "true" if j == 1 else "false")
    sums = page.eval_on_selector_all(".rowsum", "all => all.map(one => Number(one.dataset.value))")
    assert sums == pytest.approx([0] * 4, abs=1e-15)


def test_the_curves_are_drawn_and_follow_the_chosen_z(visit: Visit) -> None:
    page = visit("/softmax")
    chart = page.locator('[data-view="curves"]')
    expect(chart).to_have_attribute("data-state", "drawn")
    slide(page, 1, 0.5)
    expect(chart).to_have_attribute("data-drawn", re.compile("^1 "))
    take_in_hand(chart)
    curve = page.evaluate("(() => { const { x, y } = document.querySelector('.plot').data[0]; return { x, y }; })()")
    for x, y in list(zip(curve["x"], curve["y"], strict=True))[::20]:
        assert y == pytest.approx(softmax([x, *START[1:]])[0], rel=1e-12)
    assert curve["y"] == sorted(curve["y"])


def test_the_triangle_is_for_three_classes_and_its_point_can_be_dragged(visit: Visit) -> None:
    page = visit("/softmax", tab="triangle")
    page.locator('[data-action="three"]').click()
    expect(page.locator("[data-a]")).to_have_count(3)
    drag(page, ".triangle .core", dy=-60)
    a = outputs(page)
    assert a == pytest.approx(softmax(logits(page)), rel=1e-14)
    assert a[2] > 0.3
    page.locator(".triangle .point").focus()
    page.keyboard.press("ArrowUp")
    assert outputs(page)[2] > a[2]


def test_a_typed_output_is_reached(visit: Visit) -> None:
    page = visit("/softmax", tab="numbers")
    page.locator('[data-share="4"]').fill("0.25")
    page.keyboard.press("Enter")
    assert outputs(page)[3] == pytest.approx(0.25, rel=1e-12)


def test_two_classes_are_one_sigmoid(visit: Visit) -> None:
    page = visit("/softmax", z="0.8,-0.4", chosen="1")
    assert outputs(page)[0] == pytest.approx(1 / (1 + math.exp(-1.2)), rel=1e-14)
    expect(page.locator('[data-view="formula"]')).to_contain_text("σ(")


@each_language
def test_a_question_is_answered_by_the_picture(visit: Visit, lang: str) -> None:
    page = visit("/softmax", lang=lang)
    page.locator('[data-view="question"] [data-answer="2"]').click()
    expect(page.locator('[data-view="question"]')).to_contain_text("✓")
    assert logits(page)[0] == -5
    page.keyboard.press("Enter")
    page.locator('[data-answer="rises"]').click()
    expect(page.locator('[data-view="question"]')).to_contain_text("✗")


def test_numbers_show_all_their_digits_on_hover_and_on_copy(visit: Visit) -> None:
    page = visit("/softmax", tab="numbers")
    cell = page.locator("table.numbers tbody tr").nth(0).locator("td").nth(3)
    expect(cell).to_have_text(re.compile(r"\d"))
    cell.hover()
    shown = (cell.get_attribute("title") or "").replace("−", "-")
    assert float(shown) == pytest.approx(math.log(softmax(START)[0]), rel=1e-14)
    copied = cell.evaluate(
        """cell => {
          getSelection().selectAllChildren(cell);
          const data = new DataTransfer();
          cell.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
          return data.getData('text/plain');
        }"""
    )
    assert float(copied) == float(shown)


@pytest.mark.parametrize("kind", ["svg", "png", "csv"])
def test_the_picture_saves(visit: Visit, kind: str) -> None:
    page = visit("/softmax")
    page.locator('[data-view="save-picture"] summary').click()
    with page.expect_download() as waiting:
        page.locator(f'[data-view="save-picture"] [data-save="{kind}"]').click()
    data = waiting.value.path().read_bytes()
    if kind == "png":
        assert data.startswith(b"\x89PNG")
    elif kind == "svg":
        assert b"var(" not in data
        assert b"0.679" in data
    else:
        rows = data.decode("utf-8-sig").split("\r\n")
        assert rows[0] == "class,z,power,a,log_a,sigmoid"
        assert float(rows[3].split(",")[3]) == pytest.approx(softmax(START)[2], rel=1e-14)


@pytest.mark.parametrize("theme", ["light", "projector"])
def test_the_stage_fits_the_screen(visit: Visit, theme: str) -> None:
    page = visit("/softmax", theme=theme)
    for width, height in ((1280, 720), (1366, 768), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), (width, height)


def test_on_a_phone_the_picture_stays_while_the_sliders_scroll(visit: Visit) -> None:
    page = visit("/softmax", size="phone", z="2,-1,0,1,0,0,-2,1,0,0,0,-1")
    page.locator('[data-z="12"]').scroll_into_view_if_needed()
    slide(page, 12, 4)
    box = page.locator('[data-a="12"]').bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 640
    hit = page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('svg')?.dataset.view", [box["x"] + 2, 100])
    assert hit == "picture"


def test_every_z_can_be_reached_and_moved_by_keyboard_alone(visit: Visit) -> None:
    page = visit("/softmax")
    reached: set[str] = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.dataset.z")
        if name and name not in reached:
            reached.add(name)
            page.keyboard.press("ArrowRight")
    assert reached == {"1", "2", "3", "4"}
    assert all(now > then for now, then in zip(logits(page), START, strict=True))


def test_it_works_within_a_hundred_kilobytes_before_the_charts(visit: Visit) -> None:
    page = visit("/softmax")
    sizes = json.loads(
        page.evaluate(
            """JSON.stringify(['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))
              .filter(one => !/plotly|[/]chart[/]|[/]curves?[.]js/.test(one.name)).map(entry => entry.transferSize))"""
        )
    )
    assert 0 < sum(sizes) <= 100_000


CHOIR = """(() => {
  const real = AudioContext;
  window.heard = [];
  window.AudioContext = class extends real {
    createOscillator() {
      const tone = super.createOscillator();
      window.heard.push(tone);
      return tone;
    }
    close() {
      window.heard = [];
      return super.close();
    }
  };
})()"""


def test_outputs_are_heard_once_somebody_wants_it(visit: Visit) -> None:
    page = visit("/softmax")
    page.evaluate(CHOIR)
    page.keyboard.press("Tab")
    button = page.locator('[data-view="sound"]')
    expect(button).to_have_attribute("aria-pressed", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    pitches = page.evaluate("heard.map((tone) => tone.frequency.value)")
    assert len(pitches) == 4
    assert pitches == sorted(pitches)
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("heard.length") == 0
