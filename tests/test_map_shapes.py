"""The shapes of countries that ship: whole, inside the map's bounds, and the same when made again."""

from __future__ import annotations

import json
import re
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from dragoman.workbench.atlas import countries, point

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
