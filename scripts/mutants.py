"""Puts small faults into the modules that can be tested without a browser, one at a time, and runs the tests.

A fault that no test notices has survived: it is printed, to be looked at. `make mutants` tries the same
sample of each module every time; docs/mutants.md says what was found. The checkout itself is
not touched: all happens in a copy.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTHON_ROOMS = ("app/nn", "app/runs", "app/streaming")
PAGE_ROOMS = ("static/js/nn", "static/js/kit", "static/js/runs")
TRADED: dict[type[ast.AST], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "/",
    ast.Div: "*",
    ast.And: "or",
    ast.Or: "and",
}
SPELT: dict[type[ast.AST], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.And: "and",
    ast.Or: "or",
}
LONGEST_SECONDS = 300
"""What a fault may cost that makes a test run for ever."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A fault: in a module, the text from `start` to `end` becomes another."""

    module: str
    line: int
    start: int
    end: int
    was: str
    becomes: str

    def put_into(self, text: str) -> str:
        """The module's text with this fault in it."""
        return text[: self.start] + self.becomes + text[self.end :]

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: `{' '.join(self.was.split())}` → `{' '.join(self.becomes.split())}`"


def python_mutants(module: str, text: str) -> Iterator[Mutant]:
    """The faults that could be put into a Python module."""
    lines = [0]
    for line in text.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))
    encoded = text.splitlines(keepends=True)

    def place(line: int, column: int) -> int:
        return lines[line - 1] + len(encoded[line - 1].encode()[:column].decode())

    def begin(node: ast.expr | ast.stmt) -> int:
        return place(node.lineno, node.col_offset)

    def finish(node: ast.expr | ast.stmt) -> int:
        return place(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)

    def between(left: ast.expr, right: ast.expr, operator: ast.AST) -> Iterator[Mutant]:
        kind, start = type(operator), finish(left)
        at = text.find(SPELT.get(kind, "\0"), start, begin(right))
        if at >= 0:
            yield Mutant(module, left.lineno, at, at + len(SPELT[kind]), SPELT[kind], TRADED[kind])

    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare):
            yield from between(node.left, node.comparators[0], node.ops[0])
        elif isinstance(node, ast.BinOp):
            yield from between(node.left, node.right, node.op)
        elif isinstance(node, ast.BoolOp):
            yield from between(node.values[0], node.values[1], node.op)
        elif isinstance(node, ast.Constant) and type(node.value) in (int, float, bool):
            was = text[begin(node) : finish(node)]
            becomes = str(not node.value) if isinstance(node.value, bool) else f"({was} + 1)"
            yield Mutant(module, node.lineno, begin(node), finish(node), was, becomes)
        elif isinstance(node, (ast.If, ast.IfExp)):
            asked = text[begin(node.test) : finish(node.test)]
            yield Mutant(module, node.lineno, begin(node.test), finish(node.test), asked, f"(not ({asked}))")
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield Mutant(module, node.lineno, begin(node), finish(node), text[begin(node) : finish(node)], "pass")


def page_mutants(module: str, text: str) -> Iterator[Mutant]:
    """The faults that could be put into a module of the page, found by node."""
    command = ["node", str(ROOT / "scripts" / "mutants.mjs")]
    listed = subprocess.run(command, input=text, capture_output=True, check=True, text=True, cwd=ROOT).stdout
    # Node counts UTF-16 units; everything in our modules is in the basic plane, where that is a character.
    return (Mutant(module=module, **fault) for fault in json.loads(listed))


def sample(module: str, most: int) -> list[Mutant]:
    """At most so many faults of a module, always the same ones."""
    text = (ROOT / module).read_text(encoding="utf-8")
    found = list((python_mutants if module.endswith(".py") else page_mutants)(module, text))
    random.Random(module).shuffle(found)
    return found[:most]


def commands(module: str) -> list[list[str]]:
    """What notices a fault of the module: its own tests, then all that may know it."""
    path = Path(module)
    if path.suffix == ".js":
        own = Path("tests/js", *path.parts[2:]).with_suffix(".test.js")
        every = sorted(str(found.relative_to(ROOT)) for found in (ROOT / "tests" / "js").rglob("*.test.js"))
        return [["node", "--test", *tests] for tests in ([str(own)] if (ROOT / own).exists() else [], every) if tests]
    own = Path("tests", *path.parts[1:-1], f"test_{path.name}")
    rooms = ["tests/nn", "tests/runs", "tests/streaming", "tests/web", "tests/engines", "tests/datasets"]
    ask = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
    return [[*ask, *tests] for tests in ([str(own)] if (ROOT / own).exists() else [], rooms) if tests]


def survives(copy: Path, mutant: Mutant) -> bool:
    """Whether no test notices the fault."""
    target = copy / mutant.module
    sound = target.read_text(encoding="utf-8")
    target.write_text(mutant.put_into(sound), encoding="utf-8")
    try:
        return all(passes(copy, command) for command in commands(mutant.module))
    finally:
        target.write_text(sound, encoding="utf-8")


def passes(copy: Path, command: list[str]) -> bool:
    """Whether these tests pass in time."""
    environment = {**os.environ, "CI": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        return (
            subprocess.run(command, cwd=copy, env=environment, capture_output=True, timeout=LONGEST_SECONDS).returncode
            == 0
        )
    except subprocess.TimeoutExpired:
        return False


def copied(folder: Path) -> Path:
    """The checkout in another folder, with what set-up has made."""
    copy = folder / "checkout"
    shutil.copytree(
        ROOT, copy, symlinks=True, ignore=shutil.ignore_patterns(".git", ".venv", "node_modules", ".*_cache")
    )
    (copy / "node_modules").symlink_to(ROOT / "node_modules")
    return copy


def modules(rooms: list[str]) -> list[str]:
    """The modules of these rooms, or a module that is named itself."""
    found = []
    for room in rooms:
        path = ROOT / room
        inside = [path] if path.is_file() else sorted([*path.rglob("*.py"), *path.rglob("*.js")])
        found += [str(one.relative_to(ROOT)) for one in inside if one.name != "__init__.py"]
    return found


def main() -> None:
    """Tries the sample and prints who survived."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("rooms", nargs="*", default=[*PYTHON_ROOMS, *PAGE_ROOMS])
    reader.add_argument("--most", type=int, default=5, help="faults for each module")
    wished = reader.parse_args()
    tried = survived = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        for module in modules(wished.rooms):
            for mutant in sample(module, wished.most):
                tried += 1
                if survives(copy, mutant):
                    survived += 1
                    print(f"survived {mutant}", flush=True)
            print(f"{module}: {tried} tried, {survived} survived so far", file=sys.stderr, flush=True)
    print(f"{tried} faults, {tried - survived} noticed, {survived} survived")


if __name__ == "__main__":
    main()
