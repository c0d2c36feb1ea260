"""The world as SVG paths: Natural Earth's countries, laid flat.

The shapes lie beside this file as GeoJSON; `web/make_countries.py` made them. The projection is equirectangular:
x is longitude, y latitude, a degree a unit, so a point needs no library.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

NORTH, SOUTH = 84.0, -58.0
"""Latitudes shown: without the ice caps, which no case has needed."""


def point(lon: float, lat: float) -> tuple[float, float]:
    """Where a place stands on the map, in degrees from its upper left corner."""
    return round(lon + 180, 2), round(NORTH - lat, 2)


@cache
def countries() -> tuple[dict[str, str], ...]:
    """`{"name", "path", "code"}` of each country, in the order of their names; `code` is that of ISO 3166-1 in two
    letters, or ""."""
    from babel.core import get_global

    letters = get_global("territory_aliases")  # CLDR's, of the numbers of ISO 3166-1 among others
    source = files("dragoman.workbench").joinpath("data", "countries.geojson")
    shapes = json.loads(source.read_text(encoding="utf-8"))["features"]
    return tuple(
        {
            "name": s["properties"]["name"],
            "path": _path(s["geometry"]["coordinates"]),
            "code": next(iter(letters.get(s["id"] or "", [])), ""),
        }
        for s in shapes
    )


@cache
def bounds(code: str) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Opposite corners of the largest part of a country, on the map; None for one that is too small to be drawn."""
    path = next((c["path"] for c in countries() if c["code"] == code), None)
    if path is None:
        return None
    rings = [[_pair(p) for p in ring.strip("M").split("L")] for ring in path.split("Z") if ring]
    boxes = [[*zip(*ring, strict=True)] for ring in rings]
    xs, ys = max(boxes, key=lambda box: (max(box[0]) - min(box[0])) * (max(box[1]) - min(box[1])))
    return (min(xs), min(ys)), (max(xs), max(ys))


def _pair(point: str) -> tuple[float, float]:
    x, _, y = point.partition(",")
    return float(x), float(y)


def _path(polygons: list[list[list[list[float]]]]) -> str:
    return "".join(_ring(ring) for polygon in polygons for ring in polygon)


def _ring(ring: list[list[float]]) -> str:
    points = [point(lon, lat) for lon, lat in ring]
    parts: list[str] = []
    before = points[0][0]
    shift = 0.0
    for x, y in points:
        # A shape that crosses the edge of the map goes on beyond it, instead of being drawn across it.
        if abs(x - before) > 180:
            shift += 360 if x < before else -360
        before = x
        parts.append(f"{'L' if parts else 'M'}{x + shift:g},{y:g}")
    return "".join(parts) + "Z"
