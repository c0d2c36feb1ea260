"""The pages that are pictures: who deals with whom, and where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from dragoman.model.event_types import OTHER
from dragoman.store.counts import busiest, count, pairs, places, years_of_pair
from dragoman.store.questions import Ask, parties, points
from dragoman.telling.exports.plover import scale_of
from dragoman.workbench.atlas import countries, point
from dragoman.workbench.doubt import doubtful_of, shows_doubtful
from dragoman.workbench.drawing import LETTER, RING, WIDEST, labels, ring, window
from dragoman.workbench.leaving import Day, Text
from dragoman.workbench.pages import Skip, show_page
from dragoman.workbench.views import PAGE, View

router = APIRouter(include_in_schema=False)


def _mean(dealt: dict[tuple[str, str], int]) -> tuple[float, int]:
    """Of events by type and mode, their mean on PLOVER's scale and how many they are; OTHER has no scale."""
    n = sum(dealt.values())
    scaled = {kind: some for kind, some in dealt.items() if kind[0] != OTHER}
    return sum(some * scale_of(*kind) for kind, some in scaled.items()) / max(1, sum(scaled.values())), n


def of_one_camp(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """True for a state and its forces, and for two forces of one state: one acts for the other, so they are no pair."""
    country = one.get("country")
    kinds = {one.get("type"), other.get("type")}
    return bool(country) and country == other.get("country") and kinds <= CAMP and "armed_force" in kinds


CAMP = {"state", "armed_force"}

Order = Literal["", "conflict", "cooperation"]

ORDERS: dict[str, Callable[[int, float], tuple[float, float]]] = {
    "": lambda n, mean: (-n, mean),
    "conflict": lambda n, mean: (mean, -n),
    "cooperation": lambda n, mean: (-mean, -n),
}
"""How pairs are ordered: by the number of their events, or by their mean on PLOVER's scale."""


@router.get("/relations")
def relations(request: Request, a: Text = "", b: Text = "", order: Order = "", skip: Skip = 0) -> Response:
    """Who deals with whom; for a pair, its events and their mean on PLOVER's scale by year."""
    with request.app.state.case.file.asking() as connection:
        view = View(connection)
        if a and b:
            both = Ask(all_actors=(a, b), sure=not shows_doubtful(request))
            return show_page(
                request,
                "pair.html",
                pair=view.named([a, b]),
                years={y: _mean(dealt) for y, dealt in years_of_pair(connection, a, b).items()},
                facts=view.facts(both, PAGE, skip),
                total=count(connection, both, skip),
                doubtful=doubtful_of(connection, both),
                skip=skip,
                page=PAGE,
            )
        names = [name for name, _ in busiest(connection, RING)]
        known = parties(connection, names)
        dealt = {}
        for pair, kinds in pairs(connection, names).items():
            if not of_one_camp(*(known.get(side, {}) for side in pair)):
                mean, n = _mean(kinds)
                dealt[pair] = (n, mean)
        held = [n for n in names if any(n in pair for pair in dealt)]
        return show_page(
            request,
            "relations.html",
            ring=ring(held, dealt),
            rows=sorted(dealt.items(), key=lambda row: (*ORDERS[order](*row[1]), row[0])),
            order=order,
            names={n["id"]: n["name"] for n in view.named(held)},
        )


@router.get("/map")
def world(request: Request, on: Day = "", whole: bool = False) -> Response:
    """Where events happened; with a day, also the deployments and controls that held on it.

    It shows the part of the world where most of them did, or with `whole` all of it.
    """
    from dragoman.telling.asof import holds

    with request.app.state.case.file.asking() as connection:
        view = View(connection)
        ask = Ask(since=on or None, until=on or None, sure=not shows_doubtful(request))
        found = places(connection, ask)
        known = points(connection, [p for p, _ in found])
        dots: list[dict[str, Any]] = [
            {"id": p, "name": at.name, "n": n, "at": point(at.lon, at.lat)}
            for p, n in found
            if (at := known.get(p)) and at.lat is not None and at.lon is not None
        ]
        held = (
            [
                fact
                for fact in view.facts(
                    Ask(kinds=("state",), types=("deployment", "control"), since=on, until=on), PAGE
                )
                if holds(fact["when"], on)
            ]
            if on
            else []
        )
        frame = window([] if whole else dots)
        return show_page(
            request,
            "map.html",
            countries=countries(),
            dots=dots,
            frame=frame,
            labels=labels(dots, frame),
            scale=round(frame[2] / WIDEST, 4),
            letter=round(frame[2] * LETTER, 3),
            most=max((d["n"] for d in dots), default=1),
            held=held,
            on=on,
            doubtful=doubtful_of(connection, ask),
            unplaced=count(connection, ask) - sum(d["n"] for d in dots),
        )
