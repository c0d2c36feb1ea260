"""Shared fixtures. A pipeline takes seconds to load, so each language's is loaded once a run."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from dragoman.reading.parse import parse
from dragoman.reading.syntax import Syntax


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
