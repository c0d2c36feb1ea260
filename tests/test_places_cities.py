"""Settlements: looked up by any spelling, by the states spoken of, and not guessed where namesakes are many."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from dragoman.gazetteer import cities as places
from dragoman.gazetteer.cities import build, cache_folder, cities, coordinates_of, find_city

FOUND = [
    ("Kharkiv", "UA"),
    ("Харьков", "UA"),
    ("Marioupol", "UA"),
    ("Kazan", "RU"),
    ("Tachkent", "UZ"),
    ("Mossoul", "IQ"),
]


@pytest.mark.parametrize(("name", "country"), FOUND)
def test_finds_a_city_by_any_spelling(name: str, country: str) -> None:
    city = find_city(name)
    assert city is not None and city.country == country
    assert coordinates_of(city.key) == (city.lat, city.lon)


def test_the_states_spoken_of_decide_between_namesakes() -> None:
    assert {c.country for c in cities("Tripoli")} >= {"LY", "LB"}
    assert (find_city("Tripoli", frozenset({"LB"})) or pytest.fail("none")).country == "LB"
    assert (find_city("Tripoli", frozenset({"LY"})) or pytest.fail("none")).country == "LY"


@pytest.mark.parametrize("name", ["", " ", "Xqzzt", "a b c d e f g h i j k", "'; DROP TABLE city; --"])
def test_what_is_no_city_is_none(name: str) -> None:
    assert find_city(name) is None


def test_territories_have_coordinates_and_states_none() -> None:
    assert coordinates_of("territory:crimea") is not None
    assert coordinates_of("country:FR") is None
    assert coordinates_of("city:none") is None


def test_cache_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DRAGOMAN_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("DRAGOMAN_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "dragoman"


def test_the_file_appears_complete_or_not_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    row = {
        "geonameid": 7,
        "name": "Testville",
        "countrycode": "FR",
        "latitude": 1.0,
        "longitude": 2.0,
        "population": 9,
        "alternatenames": ["Тествиль", "試験"],
    }
    monkeypatch.setattr(places, "_rows", lambda: iter([row]))
    path = tmp_path / "places.sqlite"
    build(path)
    assert [p.name for p in tmp_path.iterdir()] == ["places.sqlite"]
    spellings = {r[0] for r in sqlite3.connect(path).execute("SELECT plain FROM spelling")}
    assert spellings == {"testville", "тествиль"}

    def broken() -> object:
        raise OSError("disk full")

    monkeypatch.setattr(places, "_rows", broken)
    with pytest.raises(OSError, match="disk full"):
        build(tmp_path / "other.sqlite")
    assert [p.name for p in tmp_path.iterdir()] == ["places.sqlite"]
