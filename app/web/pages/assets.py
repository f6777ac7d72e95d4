"""Static files under /static/<version>/…, where the version is a hash of them all: cached for ever, compressed once.

Relative imports between modules inherit the version from their own address, so there is no bundler and no rewriting.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import anyio.to_thread
import brotli
from starlette.requests import Request
from starlette.responses import Response

__all__ = ["Asset", "Assets", "accepted_names"]

IMPORT = re.compile(r"""^\s*(?:import|export)\s(?:[^'"]*?\sfrom\s)?\s*['"](\.{1,2}/[^'"]+)['"]""", re.MULTILINE)
LATER = re.compile(r"""\bimport\(\s*['"](\.{1,2}/[^'"]+)['"]""")
KEY = re.compile(r"""["'`]([a-zA-Z][\w-]*(?:\.[\w-]+)+)["'`]""")
BEGINNING = re.compile(r"""["'`]([a-zA-Z][\w-]*\.(?:[\w-]+\.)*)(?:\$\{|['"]\s*\+)""")
JSDOC = re.compile(rb"/\*\*.*?\*/", re.DOTALL)
VENDOR = "vendor"
COMPRESSIBLE = {".js", ".css", ".svg", ".json", ".txt"}
LARGE = 100_000
YEAR = 31_536_000
# Bytes.
SMALL = 100_000


@dataclass(slots=True)
class Asset:
    """A file's bytes, and their compressed forms once somebody has asked for them."""

    content: bytes
    media_type: str
    compressible: bool
    brotli: bytes | None = None
    gzip: bytes | None = None

    def encoded(self, accepted: str) -> tuple[bytes, str | None]:
        """The bytes to send to one who accepts these encodings, and the encoding's name."""
        names = accepted_names(accepted) if self.compressible else frozenset()
        if "br" in names:
            if self.brotli is None:
                # The best takes milliseconds for a module of ours and saves 8 % of it, but seconds for a chart library.
                quality = 11 if len(self.content) <= SMALL else 9
                self.brotli = brotli.compress(self.content, brotli.MODE_TEXT, quality)
            return self.brotli, "br"
        if "gzip" in names:
            if self.gzip is None:
                self.gzip = gzip.compress(self.content, 9, mtime=0)
            return self.gzip, "gzip"
        return self.content, None


class Assets:
    """All static files, read at the start; ``reload`` reads them again, and whole, for every page."""

    def __init__(self, folder: Path, *, reload: bool = False) -> None:
        self.folder = folder
        self.reload = reload
        self.read()

    def read(self) -> None:
        """Read every file and work out the version."""
        self.files = {
            path.relative_to(self.folder).as_posix(): asset_from(path, whole=self.reload or VENDOR in path.parts)
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        }
        self.words: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {}
        digest = hashlib.sha256()
        for name, asset in self.files.items():
            digest.update(name.encode() + b"\0" + hashlib.sha256(asset.content).digest())
        self.version = digest.hexdigest()[:12]

    def refresh(self) -> None:
        """Before a page is made: read the files again if they may have changed."""
        if self.reload:
            self.read()

    def address(self, name: str) -> str:
        """Where a file is served; KeyError for one that does not exist."""
        if name not in self.files:
            raise KeyError(f"there is no static file {name}")
        return f"/static/{self.version}/{name}"

    def modules(self, name: str) -> list[str]:
        """The addresses of all modules that a module imports at once, directly or not, in the order they are met."""
        return [self.address(path) for path in self.reach(name, IMPORT) if path != name]

    def asked(self, name: str) -> tuple[frozenset[str], tuple[str, ...]]:
        """What a module, and all that it imports at once or later, may ask the catalogue for: keys, beginnings of keys.

        A key stands whole in a text of its own; a beginning is what a name is put behind, as in ``pair.${cost}``.
        """
        if name not in self.words:
            sources = "\n".join(self.files[path].content.decode() for path in self.reach(name, IMPORT, LATER))
            self.words[name] = frozenset(KEY.findall(sources)), tuple(sorted(set(BEGINNING.findall(sources))))
        return self.words[name]

    def reach(self, name: str, *ways: re.Pattern[str]) -> Iterator[str]:
        """A module and all that it imports in one of these ways, directly or not, each once."""
        known = {name: None}
        waiting = [name]
        while waiting:
            module = waiting.pop(0)
            yield module
            text = self.files[module].content.decode()
            for target in (found for way in ways for found in way.findall(text)):
                path = posixpath.normpath(posixpath.join(posixpath.dirname(module), target))
                if path not in known:
                    known[path] = None
                    waiting.append(path)

    async def answer(self, version: str, name: str, request: Request) -> Response | None:
        """The response for a file, None where it does not exist. Only the current version may be kept for ever."""
        asset = self.files.get(name)
        if asset is None:
            return None
        accepted = request.headers.get("accept-encoding", "")
        if len(asset.content) > LARGE:  # compressing it takes a moment, during which others go on
            content, encoding = await anyio.to_thread.run_sync(asset.encoded, accepted)
        else:
            content, encoding = asset.encoded(accepted)
        headers = {
            "cache-control": f"public, max-age={YEAR}, immutable" if version == self.version else "no-cache",
            "vary": "accept-encoding",
        }
        if encoding is not None:
            headers["content-encoding"] = encoding
        return Response(content, media_type=asset.media_type, headers=headers)


def accepted_names(header: str) -> frozenset[str]:
    """The encodings that an Accept-Encoding header names and does not refuse with q=0 (RFC 9110, 12.5.3)."""
    parts = (part.partition(";") for part in header.lower().replace(" ", "").split(","))
    return frozenset(name for name, _, quality in parts if not re.fullmatch(r"q=0(\.0{0,3})?", quality))


def asset_from(path: Path, *, whole: bool) -> Asset:
    """Read one file; a module of ours without its JSDoc, unless it is wanted whole."""
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    content = path.read_bytes()
    if path.suffix == ".js" and not whole:
        content = without_jsdoc(content)
    return Asset(content, media_type, path.suffix in COMPRESSIBLE)


def without_jsdoc(module: bytes) -> bytes:
    """A module without ``/** … */``, each line at its number. A test parses every module of ours with and without."""
    return JSDOC.sub(lambda found: b"\n" * found[0].count(b"\n") or b" ", module)
