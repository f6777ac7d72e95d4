"""The pages: language, theme, headers, cookies, and words and data embedded so that no text can end a script."""

from __future__ import annotations

import dataclasses
import json
import re

import httpx
import jinja2
import jinja2.meta
import pytest

from app.paths import TEMPLATES
from app.web.door.headers import policy
from app.web.pages.contents import PAGES
from app.web.pages.routes import Context, embedded

ADDRESSES = [page.address for page in PAGES]


def language(answer: httpx.Response) -> str:
    """The language that a page says it is in."""
    found = re.search(r'<html[^>]*\blang="([a-zA-Z-]+)"', answer.text)
    assert found
    return found[1].split("-")[0]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_comes_in_both_languages(client: httpx.Client, address: str) -> None:
    english, chinese = (client.get(address, params={"lang": lang}) for lang in ("en", "zh"))
    assert (language(english), language(chinese)) == ("en", "zh")
    assert not re.search("[一-鿿]{4}", re.sub(r"<script.*?</script>", "", english.text, flags=re.DOTALL))
    assert len(re.findall("[一-鿿]", chinese.text)) > 50


def test_the_language_is_the_addresses_then_the_cookies_then_the_browsers(client: httpx.Client) -> None:
    chinese = {"accept-language": "fr, zh-CN;q=0.8, en;q=0.5"}
    assert language(client.get("/softmax")) == "en"
    assert language(client.get("/softmax", headers=chinese)) == "zh"
    asked = client.get("/softmax?lang=en", headers=chinese)
    assert language(asked) == "en"
    assert client.cookies["lang"] == "en"
    assert language(client.get("/softmax", headers=chinese)) == "en"
    assert language(client.get("/softmax?lang=zh")) == "zh"


@pytest.mark.parametrize("theme", ["auto", "light", "dark", "projector"])
def test_a_theme_is_there_before_the_first_paint(client: httpx.Client, theme: str) -> None:
    assert f'data-theme="{theme}"' in client.get("/softmax", params={"theme": theme}).text
    assert f'data-theme="{theme}"' in client.get("/softmax").text, "the cookie keeps it"


def test_the_link_to_the_other_language_keeps_the_pages_state(client: httpx.Client) -> None:
    text = client.get("/softmax", params={"z": "1,2", "lang": "en"}).text
    links = [link for link in re.findall(r'href="([^"]*)"', text) if "lang=zh" in link]
    assert links and all("z=1" in link for link in links)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_guarded(client: httpx.Client, address: str) -> None:
    headers = client.get(address).headers
    content = headers["content-security-policy"]
    assert "unsafe-inline" not in content and "unsafe-eval" not in content
    for part in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert part in content.split("; ")
    assert "require-trusted-types-for 'script'" in content
    assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("address", ["/softmax", "/api/datasets", "/nothing", "/static/x/nothing", "/healthz"])
def test_every_answer_is_isolated(client: httpx.Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-embedder-policy"] == "require-corp"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers


def test_only_the_named_origins_may_frame_a_page() -> None:
    parts = policy(charts=False, embedders=("https://lms.example", "https://*.school.example:8443")).split("; ")
    assert "frame-ancestors https://lms.example https://*.school.example:8443" in parts
    assert "frame-ancestors 'none'" not in parts


def test_a_page_without_charts_names_no_hash() -> None:
    assert "sha256" not in policy(charts=False)
    assert "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='" in policy(charts=True)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_answers_head(client: httpx.Client, address: str) -> None:
    answer = client.head(address)
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_loads_nothing_from_elsewhere(client: httpx.Client, address: str) -> None:
    text = client.get(address).text
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', text)
    assert not re.findall(r"<script(?![^>]*(?:src=|type=\"application/json\"))", text)
    assert not re.findall(r'\son\w+="', text)


def test_a_page_is_compressed_for_those_who_can_read_it(client: httpx.Client) -> None:
    plain = client.get("/softmax", headers={"accept-encoding": "identity"})
    packed = client.get("/softmax", headers={"accept-encoding": "gzip, br"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    assert int(packed.headers["content-length"]) < 0.5 * len(plain.content)
    assert "accept-encoding" in packed.headers["vary"].lower()


def test_long_answers_are_compressed_unless_that_is_refused(client: httpx.Client) -> None:
    for path in ("/api/datasets", "/api/datasets/iris", "/openapi.json"):
        packed = client.get(path, headers={"accept-encoding": "gzip"})
        plain = client.get(path, headers={"accept-encoding": "gzip;q=0, deflate"})
        assert packed.headers["content-encoding"] == "gzip", path
        assert "content-encoding" not in plain.headers, path
        assert packed.json() == plain.json()
    assert "content-encoding" not in client.get("/healthz", headers={"accept-encoding": "gzip"}).headers


def test_no_text_can_end_the_script_it_is_embedded_in() -> None:
    nasty = {"</script><script>alert(1)</script>": "<!-- & ]]>", "line": "\u2028\u2029"}
    text = embedded(nasty)
    assert not set("<>&") & set(text)
    assert json.loads(text) == nasty


def test_nothing_is_given_that_no_template_uses() -> None:
    """That a template uses what it is not given, every rendered page shows: undefined names are errors."""
    parse = jinja2.Environment().parse
    texts = [template.read_text("utf-8") for template in TEMPLATES.rglob("*.html")]
    used = set().union(*(jinja2.meta.find_undeclared_variables(parse(text)) for text in texts))
    assert {field.name for field in dataclasses.fields(Context)} <= used


@pytest.mark.parametrize(
    ("asked", "meant"), [("/softmax/", "/softmax"), ("/Softmax", "/softmax"), ("/TRAIN//", "/train")]
)
def test_an_address_that_is_almost_right_leads_to_its_page(client: httpx.Client, asked: str, meant: str) -> None:
    answer = client.get(asked + "?lang=zh&eta=0.5")
    assert (answer.status_code, answer.headers["location"]) == (307, f"{meant}?lang=zh&eta=0.5")


def test_a_person_who_is_lost_is_told_in_words(client: httpx.Client) -> None:
    browser = {"accept": "text/html,*/*;q=0.8"}
    for path, lang, words in (
        ("/sotfmax", "en", "There is no page at /sotfmax."),
        ("/没有", "zh", "没有 /没有 这个页面"),
        ("/<b>x", "en", "There is no page at /&lt;b&gt;x."),
    ):
        answer = client.get(path, headers={**browser, "accept-language": lang})
        assert answer.status_code == 404
        assert answer.headers["content-type"].startswith("text/html")
        assert words in answer.text
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert 'href="//' not in answer.text


def test_a_program_that_is_lost_gets_a_problem(client: httpx.Client) -> None:
    for path, accept in (("/sotfmax", "*/*"), ("/api/nothing", "text/html"), ("/static/x/none.js", "text/html")):
        answer = client.get(path, headers={"accept": accept})
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json"), path
    assert client.post("/softmax/", headers={"accept": "text/html"}).status_code in (404, 405)
