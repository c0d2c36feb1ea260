"""Where things stand in a picture: the ring of actors, the strip of time, the map. Numbers only; the
templates draw them as SVG, so pictures are text that can be read aloud, copied and printed."""

from __future__ import annotations

from datetime import date
from math import cos, pi, sin

from dragoman.model.lines import Record

RING = 30
"""Actors on the ring at most; more would hide each other's names."""


def ring(names: list[str], pairs: dict[tuple[str, str], tuple[int, float]], size: float = 640) -> Record:
    """Actors on a circle in the given order, and an edge for each pair with its events.

    `pairs`: (a, b) -> events between them and their mean on PLOVER's scale (-10 to 10). Returns nodes
    `{name, x, y, anchor, turn}` and edges `{a, b, path, width, scale, n}`; coordinates from 0 to `size`.
    """
    middle, radius = size / 2, size / 2 - 150
    at: dict[str, tuple[float, float]] = {}
    nodes = []
    for n, name in enumerate(names[:RING]):
        angle = 2 * pi * n / max(1, min(len(names), RING)) - pi / 2
        x, y = middle + radius * cos(angle), middle + radius * sin(angle)
        at[name] = (x, y)
        left = cos(angle) < -1e-9
        turn = angle * 180 / pi + (180 if left else 0)
        nodes.append(
            {
                "name": name,
                "x": round(x, 1),
                "y": round(y, 1),
                "label_x": round(middle + (radius + 10) * cos(angle), 1),
                "label_y": round(middle + (radius + 10) * sin(angle), 1),
                "anchor": "end" if left else "start",
                "turn": round(turn, 1),
            }
        )
    most = max((n for n, _ in pairs.values()), default=1)
    edges = []
    for (a, b), (n, scale) in sorted(pairs.items(), key=lambda p: (p[1][0], p[0])):
        if a not in at or b not in at:
            continue
        (x1, y1), (x2, y2) = at[a], at[b]
        # The curve bends towards the middle, so that edges do not run through the names between.
        path = f"M{x1:.1f},{y1:.1f} Q{middle:.1f},{middle:.1f} {x2:.1f},{y2:.1f}"
        edges.append(
            {
                "a": a,
                "b": b,
                "path": path,
                "width": round(1 + 7 * n / most, 2),
                "scale": round(scale, 2),
                "n": n,
            }
        )
    return {"size": size, "nodes": nodes, "edges": edges}


LANES = 16
"""Bars that may stand above each other on the strip of time; events beyond are only in the list below it."""

STUB = 26.0
"""Length of a bar of which one end is unknown, beyond the day that is known."""


def strip(facts: list[Record], first: str, last: str, width: float = 1000) -> Record:
    """Events on a strip of time from day `first` to day `last`: an imprecise date is as long as its stretch.

    What began or ended on an unknown day is a stub at the day that is known. Lanes are filled from the top, so bars
    do not cover each other. Returns `bars` with x, width, lane and whether an end is open, `ticks` with their
    labels, the number of `lanes`, and how many events found no room (`more`).
    """
    begin, end = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal() + 1
    scale = width / max(1, end - begin)
    lanes: list[float] = []
    bars = []
    more = 0
    for fact in facts:
        when = fact["when"] or {}
        start, stop = when.get("start"), when.get("end")
        if not start and not stop:
            continue
        left = (date.fromisoformat(start).toordinal() if start else begin) - begin
        right = (date.fromisoformat(stop).toordinal() + 1 if stop else end) - begin
        x1, x2 = max(0.0, left * scale), min(width, right * scale)
        if not start:
            x1 = max(x1, x2 - STUB)
        if not stop:
            x2 = min(x2, x1 + STUB)
        if x2 < 0 or x1 > width:
            more += 1
            continue
        long = max(5.0, x2 - x1)
        x1 = min(x1, width - long)
        lane = next((k for k, free in enumerate(lanes) if free <= x1), len(lanes))
        if lane == LANES:
            more += 1
            continue
        if lane == len(lanes):
            lanes.append(0.0)
        lanes[lane] = x1 + long + 2
        bars.append(
            {
                "fact": fact,
                "x": round(x1, 1),
                "width": round(long, 1),
                "lane": lane,
                "open": not start or not stop,
            }
        )
    return {
        "width": width,
        "bars": bars,
        "ticks": ticks(begin, end, scale),
        "lanes": len(lanes),
        "more": more,
    }


def edges(facts: list[Record]) -> tuple[str | None, str | None]:
    """The days between which a strip of these facts is drawn: a few that lie far before or after are left aside."""
    stretches = [f["when"] for f in facts if f["when"]]
    starts = sorted(d for w in stretches if (d := w.get("start") or w.get("end")))
    ends = sorted(d for w in stretches if (d := w.get("end") or w.get("start")))
    if not starts:
        return None, None
    few = len(starts) // ASIDE
    return starts[few], max(ends[-1 - few], starts[few])


ASIDE = 12
"""One in so many facts may lie outside a strip, at each end."""


def ticks(begin: int, end: int, scale: float) -> list[Record]:
    """Between 4 and about 14 marks at the round days of a strip: decades, years, months or days."""
    first, last = date.fromordinal(max(1, begin)), date.fromordinal(max(1, end - 1))
    length = end - begin
    found: list[tuple[date, str]] = []
    if length > 365 * 2:
        years = last.year - first.year + 1
        step = next((s for s in (1, 2, 5, 10, 20, 50, 100) if years / s <= 14), 200)
        found = [(date(y, 1, 1), str(y)) for y in range(-(-first.year // step) * step, last.year + 1, step)]
    elif length > 62:
        months = [(y, m) for y in range(first.year, last.year + 1) for m in range(1, 13)]
        step = 1 if length <= 400 else 2
        found = [(date(y, m, 1), f"{y}-{m:02}") for y, m in months[::step]]
    else:
        step = 1 if length <= 14 else 7
        found = [(date.fromordinal(d), date.fromordinal(d).isoformat()) for d in range(begin, end, step)]
    return [
        {"x": round((day.toordinal() - begin) * scale, 1), "label": label}
        for day, label in found
        if begin <= day.toordinal() < end
    ]


def zoom(first: str, last: str) -> list[tuple[str, str, str]]:
    """Steps from a stretch to its neighbours: (label, first day, last day) for wider, earlier and later."""
    begin, end = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
    length = end - begin + 1

    def days(a: int, b: int) -> tuple[str, str]:
        low, high = date.min.toordinal(), date.max.toordinal()
        return date.fromordinal(max(low, a)).isoformat(), date.fromordinal(min(high, b)).isoformat()

    return [
        ("Wider", *days(begin - length, end + length)),
        ("Earlier", *days(begin - length, begin - 1)),
        ("Later", *days(end + 1, end + length)),
        ("Closer", *days(begin + length // 3, end - length // 3)),
    ]


def series(facts: list[Record], published: dict[str, str]) -> list[Record]:
    """Figures of one measure in the order in which they were first told, each with its bounds as a bar.

    `published`: article id -> the first day it may be from. `left` and `width` are percent of the largest
    bound; an open bound runs to the edge (`open`).
    """
    rows = []
    for fact in facts:
        day = min((published[s["id"]] for s in fact["sources"] if published.get(s["id"])), default="")
        rows.append((day, fact["id"], fact))
    rows.sort(key=lambda row: (row[0] or "9999", row[1]))
    bounds = [b for _, _, f in rows for b in (f["record"]["low"], f["record"]["high"]) if b is not None]
    most = max(bounds, default=0) or 1
    found = []
    for day, _, fact in rows:
        low, high = fact["record"]["low"], fact["record"]["high"]
        left = 100 * max(0.0, low or 0) / most
        right = 100 * max(0.0, high if high is not None else most) / most
        found.append(
            {
                "day": day,
                "fact": fact,
                "left": round(min(left, 99.0), 1),
                "width": round(max(1.0, right - left), 1),
                "open": low is None or high is None,
            }
        )
    return found


WIDEST, NARROWEST = 360.0, 14.0
"""Degrees of longitude that a map shows at most and at least."""

FLAT = 142 / 360
"""Height of a map to its width."""

MOSTLY = 0.85
"""Share of the events whose places a map must show."""

LETTER = 0.012
"""Height of a letter to the width of a map."""


def window(dots: list[Record]) -> tuple[float, float, float, float]:
    """The part of the world where most of it happens: left, top, width, height in degrees on the flat map.

    `dots` have `at` (x, y) and `n` events, most first; those that hold `MOSTLY` of the events are within, with room.
    """
    total, seen = sum(d["n"] for d in dots), 0
    held = []
    for dot in dots:
        if seen >= MOSTLY * total:
            break
        held.append(dot["at"])
        seen += dot["n"]
    if not held:
        return 0.0, 0.0, WIDEST, WIDEST * FLAT
    xs, ys = [x for x, _ in held], [y for _, y in held]
    width = min(WIDEST, max(NARROWEST, 1.5 * (max(xs) - min(xs)), 1.6 * (max(ys) - min(ys)) / FLAT))
    height = width * FLAT
    left = min(max(0.0, (min(xs) + max(xs) - width) / 2), WIDEST - width)
    top = min(max(0.0, (min(ys) + max(ys) - height) / 2), WIDEST * FLAT - height)
    return round(left, 2), round(top, 2), round(width, 2), round(height, 2)


def labels(dots: list[Record], frame: tuple[float, float, float, float]) -> list[Record]:
    """Names beside the dots of a map, most events first, as far as they do not run into each other or out of it."""
    left, top, width, height = frame
    size = width * LETTER
    # No name runs over another dot either.
    taken = [
        (x - 0.8 * size, y - 0.8 * size, x + 0.8 * size, y + 0.8 * size) for x, y in (d["at"] for d in dots)
    ]
    found = []
    for dot in dots[:200]:
        x, y = dot["at"]
        length = 0.62 * size * len(dot["name"])
        # To the right of it, to the left, above, below: where the text begins, its middle line, its anchor.
        places = (
            (x + 1.2 * size, y, "start"),
            (x - 1.2 * size - length, y, "end"),
            (x - length / 2, y - 1.5 * size, "middle"),
            (x - length / 2, y + 1.5 * size, "middle"),
        )
        for begin, middle, anchor in places:
            box = (begin, middle - 0.6 * size, begin + length, middle + 0.6 * size)
            inside = left <= box[0] and box[2] <= left + width and top <= box[1] and box[3] <= top + height
            x1, y1, x2, y2 = box
            if inside and not any(x1 < c and a < x2 and y1 < d and b < y2 for a, b, c, d in taken):
                taken.append(box)
                at = {"start": begin, "middle": x, "end": begin + length}[anchor]
                found.append(
                    {
                        "name": dot["name"],
                        "x": round(at, 2),
                        "y": round(middle + 0.35 * size, 2),
                        "anchor": anchor,
                    }
                )
                break
    return found
