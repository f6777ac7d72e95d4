"""Nothing that is committed names another host: nothing is ever loaded from one, and locks name none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

OURS = {"localhost", "127.0.0.1", "0.0.0.0", "[", "testserver"}
# The name of an XML vocabulary, or a name reserved for examples; neither is ever asked for anything.
NAMES = {"www.w3.org", "example.org", "example.com", "example.net"}
ADDRESS = re.compile(r"\b(?:https?|wss?|ftp|git|ssh)://(\[|[A-Za-z0-9_.-]+)")
REGISTRY = re.compile(r"\b(?:registry|cdn|files|unpkg|github|gitlab)\.(?:[\w-]+\.)*(?:org|com|net|io)\b")


def foreign(text: str) -> list[str]:
    """The hosts in a text that are neither this machine nor a mere name."""
    hosts = [match[1] for match in ADDRESS.finditer(text)] + [match[0] for match in REGISTRY.finditer(text)]
    return [
        host
        for host in hosts
        # A name without a dot is nobody's: only tests of refusals use one.
        if "." in host
        and host not in OURS | NAMES
        and not host.endswith((".example", ".example.org", ".example.com", ".test"))
    ]


def test_no_committed_file_names_another_host(root: Path, committed_files: list[Path]) -> None:
    found = {}
    for path in committed_files:
        try:
            hosts = foreign(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue
        if hosts:
            found[str(path.relative_to(root))] = hosts
    assert not found


@pytest.mark.parametrize("host", ["registry.npmjs." + "org", "cdn.jsdelivr." + "net", "github." + "com"])
def test_a_foreign_host_is_recognised(host: str) -> None:
    assert foreign(f'"resolved": "https://{host}/x.tgz"')
    assert foreign(f"see {host}")


def test_our_own_addresses_are_not_foreign() -> None:
    assert foreign("http://127.0.0.1:8000 ws://localhost:1 http://www.w3.org/2000/svg https://evil.example") == []
