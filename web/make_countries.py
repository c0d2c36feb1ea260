"""Make the country shapes that ship with the package: Natural Earth's 1:110m, as npm's world-atlas has it.

Run it with `make countries` when the shapes are to change; the result is kept in the repository, so building and
running take nothing from the network. What is fetched is pinned by hash in package-lock.json.

In: `web/node_modules/world-atlas/countries-110m.json`, TopoJSON: borders are arcs of whole-number steps, which
neighbours share. Out: GeoJSON, a country a line, longitude before latitude, in hundredths of a degree, with the
ISO 3166-1 numeric code as its id where there is one.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCE = HERE / "node_modules" / "world-atlas" / "countries-110m.json"
RESULT = HERE.parent / "src" / "dragoman" / "workbench" / "data" / "countries.geojson"

Point = tuple[float, float]


def main() -> None:
    if not SOURCE.is_file():
        sys.exit(f"{SOURCE} is not there; it comes with: npm ci --prefix web")
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(geojson(json.loads(SOURCE.read_text(encoding="utf-8"))), encoding="utf-8")
    print(f"{RESULT.relative_to(HERE.parent)}: {RESULT.stat().st_size:,} bytes")


def geojson(world: dict[str, Any]) -> str:
    """The countries of a TopoJSON world as the text of a GeoJSON collection, in the order of their names."""
    arcs = [_arc(steps, world["transform"]) for steps in world["arcs"]]
    shapes = sorted(world["objects"]["countries"]["geometries"], key=lambda s: s["properties"]["name"])
    lines = [json.dumps(_feature(s, arcs), ensure_ascii=False, separators=(",", ":")) for s in shapes]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def _arc(steps: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step in steps:
        x, y = x + step[0], y + step[1]
        points.append((round(x * kx + dx, 2), round(y * ky + dy, 2)))
    return points


def _feature(shape: dict[str, Any], arcs: list[list[Point]]) -> dict[str, Any]:
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    coordinates = [[_ring(ring, arcs) for ring in polygon] for polygon in polygons]
    return {
        "type": "Feature",
        "id": shape.get("id"),
        "properties": {"name": shape["properties"]["name"]},
        "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
    }


def _ring(indices: list[int], arcs: list[list[Point]]) -> list[Point]:
    # A negative index is the arc ~i read backwards; each arc begins where the one before it ended.
    ring: list[Point] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


if __name__ == "__main__":
    main()
