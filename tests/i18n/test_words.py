"""Finding the words of a page, and the language to say them in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import catalogue, negotiate, translate, words


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "en"),
        ("en", "en"),
        ("zh", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("ZH-Hant-TW", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("fr, de;q=0.9, zh;q=0.1", "zh"),
        ("fr, de", "en"),
        ("zh;q=0, en;q=0.1", "en"),
        ("zh;q=0", "en"),
        ("zh ; q=0.9, en;q=0.5", "zh"),
        ("zh;q=high", "en"),
        ("*", "en"),
        (";;;,,,q=", "en"),
    ],
)
def test_the_browser_gets_its_best_language_that_we_have(header: str, expected: str) -> None:
    assert negotiate(None, None, header) == expected


@given(header=st.text(max_size=50) | st.text("zhen-;q=.,0189 *", max_size=50))
def test_any_header_gives_a_language(header: str) -> None:
    assert negotiate(None, None, header) in ("en", "zh")


def test_the_address_goes_before_the_cookie_and_the_cookie_before_the_browser() -> None:
    assert negotiate("en", "zh", "zh") == "en"
    assert negotiate(None, "zh", "en") == "zh"
    assert negotiate("xx", "zh", "en") == "zh"
    assert negotiate("xx", "yy", "zh") == "zh"


def test_blanks_are_filled_and_an_unknown_key_is_an_error() -> None:
    key, text = next((key, text) for key, text in words("en").items() if re.search(r"\{(\w+)\}", text))
    blank = re.findall(r"\{(\w+)\}", text)[0]
    assert "<1 & 2>" in translate("en", key, **{blank: "<1 & 2>"})
    with pytest.raises(KeyError):
        translate("en", "no.such.key")


def test_a_page_gets_its_part_of_the_catalogue() -> None:
    part = catalogue("zh", {"home.lead", "no.such.key"}, ("common.", "softmax."))
    assert "home.lead" in part
    assert all(key == "home.lead" or key.startswith(("common.", "softmax.")) for key in part)
    assert len(part) > 2
    assert part.items() <= words("zh").items()


def test_every_word_is_used(root: Path) -> None:
    """A key counts as used where it stands whole, or where a name is put behind its beginning: `spec.rule.${rule}`."""
    sources = [*root.glob("templates/**/*.html"), *root.glob("static/js/**/*.js"), *root.glob("app/**/*.py")]
    text = "\n".join(source.read_text("utf-8") for source in sources)
    whole = set(re.findall(r"[\"'`]([a-zA-Z0-9.-]+)[\"'`]", text))
    beginnings = set(re.findall(r"[\"'`]([a-zA-Z0-9.-]+\.)(?:\$\{|['\"] *[~+])", text))
    unused = [key for key in words("en") if key not in whole and not key.startswith(tuple(beginnings))]
    assert unused == []
