"""The shapes of countries that ship: whole, inside the map's bounds, and the same when made again."""

from __future__ import annotations

import json
import re
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.model import Actor, Event, Evidence, Place, State, When
from dragoman.store import CaseFile
from dragoman.workbench.app import create_app
from dragoman.workbench.atlas import bounds, countries, point

WEB = Path(__file__).parents[1] / "web"
SHIPPED = files("dragoman.workbench").joinpath("data", "countries.geojson")


def test_every_country_has_a_name_and_closed_rings():
    shapes = json.loads(SHIPPED.read_text(encoding="utf-8"))["features"]
    assert len(shapes) > 170
    for shape in shapes:
        assert shape["properties"]["name"]
        for polygon in shape["geometry"]["coordinates"]:
            for ring in polygon:
                assert len(ring) > 3 and ring[0] == ring[-1], shape["properties"]["name"]
                assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring)


@pytest.mark.parametrize(
    ("name", "lon", "lat"),
    [("Armenia", 44.5, 40.2), ("Azerbaijan", 47.5, 40.3), ("France", 2.3, 48.8), ("Russia", 37.6, 55.7)],
)
def test_a_capital_lies_within_the_drawn_outline(name, lon, lat):
    path = next(c["path"] for c in countries() if c["name"] == name)
    x, y = point(lon, lat)
    points = [tuple(map(float, p.split(","))) for p in re.findall(r"[\d.-]+,[\d.-]+", path)]
    assert min(p[0] for p in points) < x < max(p[0] for p in points)
    assert min(p[1] for p in points) < y < max(p[1] for p in points)


def test_the_script_makes_what_ships():
    source = WEB / "node_modules" / "world-atlas" / "countries-110m.json"
    if not source.is_file():
        pytest.skip("world-atlas is not there; it comes with: npm ci --prefix web")
    sys.path.insert(0, str(WEB))
    from make_countries import geojson

    assert geojson(json.loads(source.read_text(encoding="utf-8"))) == SHIPPED.read_text(encoding="utf-8")


def test_a_country_is_found_by_its_code_and_has_bounds():
    assert {"AM", "AZ", "FR", "RU"} <= {c["code"] for c in countries()}
    assert [c["name"] for c in countries() if not c["code"]] == ["Kosovo", "N. Cyprus", "Somaliland"]
    (left, top), (right, bottom) = bounds("AM")
    x, y = point(44.5, 40.2)
    assert left < x < right and top < y < bottom
    assert bounds("SG") is None, "too small to be drawn"


DAY = When(start="2024-01-01", end="2024-01-01", basis="stated")


def happened(n: int, place: str | None) -> Event:
    words = Evidence(article="a-1", start=0, end=4, text="Left", rule="test", fields={})
    return Event(
        id=f"e-{n}", type="RETREAT", mode=None, status="happened", who=(), whom=(), place=place, when=DAY,
        known_from=None, figures=(), reports=1, independent=1, confidence=0.9, evidence=(words,),
    )  # fmt: skip


def test_an_event_of_which_the_country_alone_is_told_fills_its_shape(tmp_path):
    kept: list[Place | Actor | State] = [
        Place(id="l-1", name="Region", forms=("Region",), lat=40.0, lon=45.0)
    ]
    kept += [Place(id="l-2", name="Town", forms=("Town",), lat=40.1, lon=44.5, country="AM")]
    kept += [Place(id="l-3", name="Hamlet", forms=("Hamlet",), country="FR")]
    kept += [Actor(id="p-1", name="Armenia", type="state", country="AM", forms=("Armenia",), mentions=())]
    told = [*(["l-1"] * 1), *(["l-2"] * 2), *(["l-3"] * 3), *(["p-1"] * 4), "somewhere", None]
    made = [happened(n, place) for n, place in enumerate(told)]
    since = When(start="2023-01-01", end=None, basis="stated")
    kept += [
        State(
            id="t-1",
            type="control",
            subject="p-1",
            object="l-2",
            place=None,
            value=None,
            valid=since,
            evidence=made[0].evidence,
        )
    ]
    with CaseFile(tmp_path / "x.case", create=True) as file:
        file.replace_records([*kept, *made], file.state_of_reading())
    client = TestClient(create_app(tmp_path / "x.case"), base_url="http://localhost:8765")
    page = client.get("/map").text
    shapes = re.findall(r'<a href="/events\?place=([^"]+)" aria-label="([^"]+)"><path class="told"', page)
    assert sorted(shapes) == [("l-3", "Hamlet: 3"), ("p-1", "Armenia: 4")]
    dots = re.findall(r'<a href="/events\?place=([^"]+)" aria-label="[^"]+"><circle(?: class="(\w+)")?', page)
    assert sorted(dots) == [("l-1", "wide"), ("l-2", "")]
    assert "2 events without a place on the map" in page
    held = client.get("/map", params={"on": "2024-01-01"}, headers={"Accept-Language": "fr"}).text
    assert held.count(">Town</text>") == 1, "what happened and what was held there have one name"
    assert 'aria-label="Arménie: 4"' in held


def test_a_state_is_found_by_its_name_in_any_language(tmp_path):
    with CaseFile(tmp_path / "x.case", create=True) as file:
        state = Actor(id="p-1", name="Armenia", type="state", country="AM", forms=("Armenia",), mentions=())
        file.replace_records([state, happened(1, "p-1")], file.state_of_reading())
    client = TestClient(create_app(tmp_path / "x.case"), base_url="http://localhost:8765")
    for page in ("/events", "/timeline", "/promises", "/facts/statement"):
        assert "Nobody and no place" not in client.get(page, params={"who": "Arménie"}).text, page
        assert "Nobody and no place" in client.get(page, params={"who": "Cockaigne"}).text, page
    for page in ("/actors", "/palette"):
        assert "p-1" in client.get(page, params={"q": "Армения"}).text, page
