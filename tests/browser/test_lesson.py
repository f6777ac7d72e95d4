"""The words beside the stages, the path that remembers, glossary, teachers' page, and the header's two forms."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from app.lessons.chapters import LESSONS, Lesson
from app.web.pages.contents import PAGES
from tests.browser.conftest import Visit
from tests.browser.variants import each_language

ADDRESSES = {page.address for page in PAGES}
TAUGHT = [lesson for lesson in LESSONS if f"/{lesson.chapter}" in ADDRESSES]


@pytest.mark.parametrize("lesson", TAUGHT, ids=lambda lesson: lesson.chapter)
def test_a_question_is_marked_at_once(visit: Visit, lesson: Lesson) -> None:
    chapter, answer, options = lesson.chapter, lesson.answer, lesson.options
    page = visit(f"/{chapter}")
    page.locator(".lesson > summary").click()
    wrong = answer % options + 1
    page.locator(f'.lesson [data-option="{wrong}"]').click()
    expect(page.locator('.lesson [data-verdict="wrong"]')).to_be_visible()
    expect(page.locator('.lesson [data-verdict="right"]')).to_be_hidden()
    page.locator(f'.lesson [data-option="{answer}"]').click()
    expect(page.locator('.lesson [data-verdict="right"]')).to_be_visible()
    expect(page.locator(".lesson .why p")).to_be_visible()


@each_language
def test_a_lesson_has_an_address_and_answers_to_the_keyboard(visit: Visit, lang: str) -> None:
    page = visit("/race", lang=lang)
    page.goto(page.url + "#lesson")
    expect(page.locator(".lesson-panel")).to_be_visible()
    page.locator('[data-option="3"]').focus()
    page.keyboard.press("Space")
    expect(page.locator('[data-verdict="right"]')).to_be_visible()
    expect(page.locator('[data-view="stage"]')).to_have_attribute("data-phase", "empty")
    page.keyboard.press("Escape")
    expect(page.locator(".lesson-panel")).to_be_hidden()
    expect(page.locator(".lesson > summary")).to_be_focused()


def test_the_path_remembers_what_was_walked_until_it_is_forgotten(visit: Visit) -> None:
    page = visit("/")
    expect(page.locator('[data-view="progress"]')).to_be_hidden()
    page.locator('[data-step="slow"] a').click()
    page.wait_for_url("**/race**")
    page.locator(".lesson > summary").click()
    page.locator('[data-option="1"]').click()
    visit("/")
    expect(page.locator('[data-step="slow"]')).to_have_attribute("data-done", "true")
    expect(page.locator('[data-step="four"]')).to_have_attribute("data-done", "false")
    expect(page.locator('[data-field="progress"]')).to_have_text(re.compile(r"^1 of \d+ steps walked, 1 question"))
    page.locator('[data-action="forget"]').click()
    expect(page.locator('[data-step="slow"]')).to_have_attribute("data-done", "false")


@each_language
def test_every_link_of_the_teachers_page_leads_to_a_page(visit: Visit, lang: str) -> None:
    page = visit("/teach", lang=lang)
    expect(page.locator(".plan")).to_have_count(6)
    links = page.eval_on_selector_all(".plan a", "all => all.map(one => one.getAttribute('href'))")
    assert links and {urlsplit(link).path for link in links} <= ADDRESSES


def test_the_teachers_page_prints_its_addresses_and_no_controls(visit: Visit) -> None:
    page = visit("/teach")
    page.emulate_media(media="print")
    expect(page.locator(".header")).to_be_hidden()
    shown = page.evaluate("getComputedStyle(document.querySelector('.plan ol a'), '::after').content")
    assert "href" in shown or "/softmax" in shown


def test_a_term_has_an_address(visit: Visit) -> None:
    page = visit("/glossary")
    page.locator("#saturation a").click()
    assert page.url.endswith("#saturation")


@pytest.mark.parametrize(("size", "theme"), [("phone", "light"), ("projector", "projector")])
def test_where_the_strip_has_no_room_the_chapters_are_in_a_menu(visit: Visit, size: str, theme: str) -> None:
    page = visit("/race", size=size, theme=theme)
    expect(page.locator(".chapter-strip")).to_be_hidden()
    page.locator(".chapter-menu > summary").click()
    page.locator('.chapter-menu a[href="/train"]').click()
    page.wait_for_url("**/train*")


def test_the_strip_takes_ten_chapters_at_1280(visit: Visit) -> None:
    page = visit("/race")
    expect(page.locator(".chapter-menu")).to_be_hidden()
    fits = page.evaluate(
        """() => {
          const strip = document.querySelector('.chapter-strip');
          const names = ['The layer', 'The cost', 'The derivation', 'The network', 'Train', 'Race', 'Digits', 'Class',
            'Glossary', 'For teachers'];
          const link = name => Object.assign(document.createElement('a'), { textContent: name });
          strip.replaceChildren(...names.map(link));
          return strip.scrollWidth <= strip.clientWidth && document.documentElement.scrollWidth <= innerWidth;
        }"""
    )
    assert fits
