"""Static files: addresses that change with the files, compressed forms, and a module's whole import graph."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import brotli
import httpx
import pytest

from app.paths import STATIC
from app.web.pages.assets import Assets

FOLDER = {
    "js/page.js": "import { a } from './a.js';\nimport './side.js';\nimport {\n  b,\n} from \"../js/deep/b.js\";\n",
    "js/a.js": "export * from './deep/b.js';\nconst no = await import('./lazy.js');\n// import './never.js'\n",
    "js/side.js": "import { page } from './page.js';\n",
    "js/deep/b.js": "import x from '../a.js';\n",
    "js/lazy.js": "t('lazy.key'); t(`lazy.pair.${cost}`); t('lazy.sum.' + name); './lazy.js'; t('lazy.one', { a })",
    "css/page.css": "p { color: red }",
    ".hidden": "no",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FOLDER.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_page_preloads_every_module_it_needs_once(folder: Path) -> None:
    assets = Assets(folder)
    names = [address.removeprefix(f"/static/{assets.version}/") for address in assets.modules("js/page.js")]
    assert names == ["js/a.js", "js/side.js", "js/deep/b.js"]


def test_the_words_of_a_page_are_found_also_where_a_module_comes_later(folder: Path) -> None:
    keys, beginnings = Assets(folder).asked("js/page.js")
    assert keys >= {"lazy.key", "lazy.one"}
    assert beginnings == ("lazy.pair.", "lazy.sum.")


def test_the_version_is_of_the_files_alone(folder: Path) -> None:
    before = Assets(folder)
    assert Assets(folder).version == before.version
    (folder / "css" / "page.css").write_text("p { color: blue }")
    assert Assets(folder).version != before.version


def test_files_are_read_anew_for_a_page_only_where_asked(folder: Path) -> None:
    kept, fresh = Assets(folder), Assets(folder, reload=True)
    (folder / "css" / "page.css").write_text("p { color: blue }")
    for assets in (kept, fresh):
        assets.refresh()
    assert kept.version != fresh.version


def test_a_module_comes_without_its_jsdoc_and_each_line_at_its_number(folder: Path) -> None:
    (folder / "js" / "a.js").write_text("/**\n * What it is.\n */\nexport const a = /** @type {any} */ (1); // why\n")
    assert Assets(folder).files["js/a.js"].content == b"\n\n\nexport const a =   (1); // why\n"
    assert b"What it is" in Assets(folder, reload=True).files["js/a.js"].content


def test_a_missing_or_hidden_file_has_no_address(folder: Path) -> None:
    for name in ("css/none.css", ".hidden", "../conftest.py"):
        with pytest.raises(KeyError, match="no static file"):
            Assets(folder).address(name)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, br", "br"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("gzip; q=0.0, br;q=0", None),
        ("brown", None),
        ("identity", None),
        ("", None),
    ],
)
def test_a_file_comes_in_a_form_that_the_browser_accepts(
    client: httpx.Client, accepted: str, encoding: str | None
) -> None:
    version = Assets(STATIC).version
    original = (STATIC / "css" / "tokens.css").read_bytes()
    with client.stream("GET", f"/static/{version}/css/tokens.css", headers={"accept-encoding": accepted}) as answer:
        raw = b"".join(answer.iter_raw())
    undo = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert undo(raw) == original
    assert answer.headers.get("content-encoding") == encoding
    assert {name.strip() for name in answer.headers["vary"].lower().split(",")} == {"accept-encoding"}
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_another_version_is_served_but_not_kept(client: httpx.Client) -> None:
    answer = client.get("/static/old/css/tokens.css")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


def test_everything_that_a_page_names_is_there(client: httpx.Client) -> None:
    for page in ("/", "/softmax", "/train"):
        addresses = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get(page).text))
        assert len(addresses) > 5
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert "immutable" in answer.headers["cache-control"], address
