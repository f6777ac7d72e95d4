"""What every test shares: the checkout's folder, and the order (tests with a browser come last).

Playwright's synchronous interface keeps an event loop in the main thread from the first browser test to the last, so no
asyncio test may follow one.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

# Before anything loads NumPy: the package names the arithmetic that a process which trains has to use.
import app as app

# No test judges time: how long an example takes says how busy the machine is. Where nobody looks on, the same examples
# are tried every time, so that a failure is the change's and not chance's.
settings.register_profile("playground", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("playground")

ROOT = Path(__file__).parent.parent
BROWSER = ROOT / "tests" / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if BROWSER in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: BROWSER in item.path.parents)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def committed_files(root: Path) -> list[Path]:
    """Every file that belongs to the checkout's history and is there."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout
    return [root / name for name in names.decode().split("\0") if name and (root / name).is_file()]
