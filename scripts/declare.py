"""Writes static/js/kit/declared.js: the server's facts for the pages, from where Python declares them."""

from __future__ import annotations

import subprocess

from app.paths import STATIC
from app.web.pages.declared import module

TARGET = STATIC / "js" / "kit" / "declared.js"

if __name__ == "__main__":
    TARGET.write_text(module(), encoding="utf-8")
    subprocess.run(["node_modules/.bin/biome", "format", "--write", str(TARGET)], check=True)
