"""The forms in which every page has to work, as decorators: languages, themes, sizes."""

from __future__ import annotations

import pytest

from app.web.pages import contents

PAGES = tuple(page.address for page in contents.PAGES)
LANGUAGES = ("en", "zh")
THEMES = ("light", "dark", "projector")
# A projector in a bright room, a reader's laptop, a student's phone: width × height in CSS pixels.
SIZES = {"projector": (1280, 720), "laptop": (1366, 768), "phone": (360, 640)}

each_page = pytest.mark.parametrize("path", PAGES)
each_language = pytest.mark.parametrize("lang", LANGUAGES)
each_theme = pytest.mark.parametrize("theme", THEMES)
each_size = pytest.mark.parametrize("size", list(SIZES))
