"""The map: where events happened, and what held there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import Response

from dragoman.model.lines import Record
from dragoman.store.counts import places
from dragoman.store.questions import Ask, parties
from dragoman.telling.names_in import name_in
from dragoman.workbench.atlas import bounds, countries, point
from dragoman.workbench.doubt import shows_doubtful
from dragoman.workbench.drawing import LETTER, WIDEST, labels, window
from dragoman.workbench.leaving import Day
from dragoman.workbench.pages import show_page
from dragoman.workbench.summed import count, doubtful
from dragoman.workbench.views import PAGE, View

if TYPE_CHECKING:
    import sqlalchemy as sa

router = APIRouter(include_in_schema=False)


@router.get("/map")
def world(request: Request, on: Day = "", whole: bool = False) -> Response:
    """Where events happened; with a day, also the deployments and controls that held on it.

    It shows the part of the world where most of them did, or with `whole` all of it. A settlement is a dot, a region
    a ring, a country its shape.
    """
    with request.app.state.case.file.asking() as connection:
        view = View(connection)
        ask = Ask(since=on or None, until=on or None, sure=not shows_doubtful(request))
        dots, areas = placed(connection, places(connection, ask))
        held = _held(view, on) if on else []
        kept, kept_in = placed(connection, [(ref, 1) for ref in _where_held(held)])
        _, language = request.app.state.show.words(request)
        for spot in (*dots, *areas, *kept):
            spot["name"] = name_in(spot["name"], "place", language)
        corners = [corner for area in [*areas, *kept_in] for corner in _corners(area)]
        named = {dot["id"] for dot in dots}
        frame = window([] if whole else [*dots, *kept] or corners)
        return show_page(
            request,
            "map.html",
            countries=countries(),
            dots=dots,
            areas={area["code"]: area for area in areas},
            kept=kept,
            kept_in={area["code"] for area in kept_in},
            where=sorted([*dots, *areas], key=lambda p: (-p["n"], p["name"])),
            frame=frame,
            labels=labels([*dots, *(k for k in kept if k["id"] not in named)], frame),
            scale=round(frame[2] / WIDEST, 4),
            letter=round(frame[2] * LETTER, 3),
            most=max((d["n"] for d in dots), default=1),
            held=held,
            on=on,
            doubtful=doubtful(request, connection, ask),
            unplaced=count(request, connection, ask) - sum(p["n"] for p in (*dots, *areas)),
        )


def placed(connection: sa.Connection, found: Sequence[tuple[str, int]]) -> tuple[list[Record], list[Record]]:
    """Of places with a number each, those with a spot on the map, and the countries that are drawn whole.

    A place without a spot whose country is known stands for that country, as a country itself does.
    """
    known = parties(connection, [ref for ref, _ in found])
    dots, by_code = [], dict[str, Record]()
    for ref, n in found:
        one = known.get(ref)
        if one is None:
            continue
        if one["lat"] is not None and one["lon"] is not None:
            at = point(one["lon"], one["lat"])
            dots.append({"id": ref, "name": one["name"], "n": n, "at": at, "wide": not one["country"]})
        elif one["country"] and bounds(one["country"]):
            area = by_code.setdefault(
                one["country"], {"id": ref, "name": one["name"], "n": 0, "code": one["country"]}
            )
            area["n"] += n
            if one["type"] == "state":
                area |= {"id": ref, "name": one["name"]}
    return dots, list(by_code.values())


def _held(view: View, on: str) -> list[Record]:
    from dragoman.telling.asof import holds

    ask = Ask(kinds=("state",), types=("deployment", "control"), since=on, until=on)
    return [fact for fact in view.facts(ask, PAGE) if holds(fact["when"], on)]


def _where_held(held: Sequence[Record]) -> list[str]:
    """Where forces are, and what is controlled, each once."""
    named = [n["id"] for fact in held for n in (fact["place"] or fact["whom"]) if n["id"]]
    return list(dict.fromkeys(named))


def _corners(area: Record) -> list[Record]:
    return [{"at": corner, "n": area["n"]} for corner in bounds(area["code"]) or ()]
