"""What an installed playground consists of: one package under its own name, with its pages inside."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest

PACKAGE = "softmax_playground"
MADE_OF_MNIST = re.compile(r"mnist-10k\.gz$|28x28\.bin$|/\.made$")


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    done = build(root, "wheel", folder)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built)


def build(source: Path, target: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Build a package of a source tree."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    return subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)


@pytest.fixture
def clone(root: Path, committed_files: list[Path], tmp_path: Path) -> Path:
    """The checkout as a fresh clone has it."""
    for path in committed_files:
        copy = tmp_path / "clone" / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return tmp_path / "clone"


def test_everything_stands_below_one_name(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {PACKAGE}


def test_every_file_of_the_checkout_is_in_the_wheel(root: Path, wheel: zipfile.ZipFile) -> None:
    inside = set(wheel.namelist())
    expected = {
        "/".join([PACKAGE, *([] if folder == "app" else [folder]), path.relative_to(root / folder).as_posix()])
        for folder in ("app", "static", "templates")
        for path in (root / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert f"{PACKAGE}/static/vendor/plotly-cartesian.min.js" in expected
    assert {name for name in expected if not MADE_OF_MNIST.search(name)} - inside == set()


def test_mnist_and_what_is_made_of_it_stay_out_of_the_wheel(wheel: zipfile.ZipFile) -> None:
    assert [name for name in wheel.namelist() if MADE_OF_MNIST.search(name)] == []
    assert f"{PACKAGE}/static/made/starter-8x8.bin" in wheel.namelist()


def test_the_command_is_declared_and_the_licence_goes_along(wheel: zipfile.ZipFile) -> None:
    (entry_points,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    parser = ConfigParser()
    parser.read_string(wheel.read(entry_points).decode())
    assert parser["console_scripts"]["softmax-playground"] == f"{PACKAGE}.cli:main"
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())


def test_the_unpacked_wheel_runs_without_the_checkout(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path / "site")
    shutil.rmtree(tmp_path / "site" / PACKAGE / "__pycache__", ignore_errors=True)
    program = f"from {PACKAGE} import cli, paths; print(paths.STATIC); print(paths.TEMPLATES)"
    environment = {"PYTHONPATH": str(tmp_path / "site"), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        str(tmp_path / "site" / PACKAGE / "static"),
        str(tmp_path / "site" / PACKAGE / "templates"),
    ]


@pytest.mark.parametrize("target", ["wheel", "sdist"])
def test_a_fresh_clone_builds_nothing_and_says_what_is_missing(clone: Path, target: str, tmp_path: Path) -> None:
    done = build(clone, target, tmp_path / "dist")
    assert done.returncode != 0
    assert "static/vendor/plotly-cartesian.min.js" in done.stderr and "make setup" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "dist").glob("*"))


def test_a_wheel_without_the_starter_networks_is_not_built(root: Path, clone: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "static" / "vendor", clone / "static" / "vendor")
    done = build(clone, "wheel", tmp_path / "dist")
    assert done.returncode != 0
    assert "2 files" in done.stderr and "static/made/starter-8x8.bin" in done.stderr


def test_the_sdist_builds_the_same_wheel(root: Path, wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    assert build(root, "sdist", tmp_path).returncode == 0
    (packed,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(packed) as archive:
        archive.extractall(tmp_path, filter="data")
        assert not [name for name in archive.getnames() if MADE_OF_MNIST.search(name)]
    done = build(tmp_path / packed.name.removesuffix(".tar.gz"), "wheel", tmp_path / "dist")
    assert done.returncode == 0, done.stderr
    (built,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(built) as again:
        assert set(again.namelist()) == set(wheel.namelist())
