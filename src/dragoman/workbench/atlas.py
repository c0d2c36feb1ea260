"""The world as SVG paths: Natural Earth's countries (npm world-atlas, TopoJSON), laid flat.

The projection is equirectangular: x is longitude, y latitude, a degree a unit, so a point needs no library.
TopoJSON keeps borders as arcs of whole-number steps that neighbours share; see its specification.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

NORTH, SOUTH = 84.0, -58.0
"""Latitudes shown: without the ice caps, which no case has needed."""


def point(lon: float, lat: float) -> tuple[float, float]:
    """Where a place stands on the map, in degrees from its upper left corner."""
    return round(lon + 180, 2), round(NORTH - lat, 2)


@cache
def countries() -> tuple[dict[str, str], ...]:
    """`{"name", "path"}` of each country; empty where the package was built without shapes."""
    source = files("dragoman.workbench").joinpath("vendor", "countries-110m.json")
    if not source.is_file():
        return ()
    world = json.loads(source.read_text(encoding="utf-8"))
    arcs = [_arc(arc, world["transform"]) for arc in world["arcs"]]
    shapes = world["objects"]["countries"]["geometries"]
    return tuple({"name": s["properties"]["name"], "path": _path(s, arcs)} for s in shapes)


def _arc(steps: list[list[int]], transform: dict[str, list[float]]) -> list[tuple[float, float]]:
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    found = []
    for step in steps:
        x, y = x + step[0], y + step[1]
        found.append(point(x * kx + dx, y * ky + dy))
    return found


def _path(shape: dict[str, Any], arcs: list[list[tuple[float, float]]]) -> str:
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return "".join(_ring(ring, arcs) for polygon in polygons for ring in polygon)


def _ring(indices: list[int], arcs: list[list[tuple[float, float]]]) -> str:
    # A negative index is the arc ~i read backwards.
    points = [p for i in indices for p in (arcs[i] if i >= 0 else arcs[~i][::-1])]
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
