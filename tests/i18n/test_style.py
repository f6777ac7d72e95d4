"""One way of writing in each language: its own signs, and one word for one thing."""

from __future__ import annotations

import re

import pytest

from app.i18n import words

CHINESE = "\u3400-\u9fff"


def breaking(language: str, pattern: str) -> list[str]:
    """The keys whose text has something that matches."""
    return [key for key, text in words(language).items() if re.search(pattern, text)]


def test_english_has_one_apostrophe_and_paired_quotes() -> None:
    assert breaking("en", "'") == []
    assert [key for key, text in words("en").items() if text.count("“") != text.count("”")] == []


def test_english_has_no_chinese_signs() -> None:
    assert breaking("en", f"[{CHINESE}，。；：？！（）、]|……") == []


@pytest.mark.parametrize(
    "pattern",
    [
        f"[{CHINESE}”）] ?[,;:?!]",
        f"[,;:?!] ?[{CHINESE}“（]",
        f"[{CHINESE}，。：；“”] ?\\(|\\) ?[{CHINESE}，。：；]",
        f"[{CHINESE}]\\.( |$)",
        "[，。；：？！、（）] | [，。；：？！、）]",
        "'",
    ],
)
def test_chinese_signs_have_full_width_beside_chinese(pattern: str) -> None:
    maths = re.compile(r"[(\[][^()一-鿿]*[)\]]")
    broken = {key: text for key, text in words("zh").items() if re.search(pattern, maths.sub("m", text))}
    assert broken == {}


def test_dots_of_an_open_end_come_as_the_language_writes_them() -> None:
    assert breaking("zh", r"(?<![…\[])…(?![…\]])") == []
    assert breaking("en", r"\.\.\.") == []


def test_chinese_has_one_name_for_the_article() -> None:
    assert breaking("zh", "文中|文章|本文") == []
    assert breaking("zh", "S 型") == []
    assert breaking("zh", "(?<!随机)种子") == []


def test_both_languages_fill_the_same_blanks() -> None:
    def blanks(language: str) -> dict[str, set[str]]:
        return {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in words(language).items()}

    assert blanks("en") == blanks("zh")
