"""Who deals with whom: a table of pairs, when and how they dealt with each other, their newest line, and a drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from dragoman.model.event_types import OTHER
from dragoman.model.lines import Record
from dragoman.store.counts import Count, Dealt, Pair, busiest, dealings, pairs, years_of_pair
from dragoman.store.questions import Ask, contents, parties
from dragoman.store.stretches import UNDATED
from dragoman.telling.exports.plover import scale_of
from dragoman.workbench.doubt import shows_doubtful
from dragoman.workbench.drawing import RING, ring
from dragoman.workbench.flow import Flow, flow_of
from dragoman.workbench.leaving import Text
from dragoman.workbench.pages import Skip, show_page
from dragoman.workbench.summed import count, doubtful
from dragoman.workbench.views import PAGE, View

if TYPE_CHECKING:
    import sqlalchemy as sa

    from dragoman.workbench.jobs import Served

router = APIRouter(include_in_schema=False)


ROWS = 50
"""Pairs on one page of the table."""

Order = Literal["", "newest", "conflict", "cooperation"]


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of the table. `first`, `last`: how its earliest and latest event are dated; `newest`: that latest event,
    ready to show; `flow`: their cooperation and conflict over time; `undated`: how many of their events have no day."""

    pair: Pair
    n: int
    mean: float
    first: str
    last: str
    newest: Record | None
    flow: Flow
    undated: int


def mean_of(dealt: Mapping[tuple[str, str], int]) -> tuple[float, int]:
    """Of events by type and mode, their mean on PLOVER's scale and how many they are; OTHER has no scale."""
    n = sum(dealt.values())
    scaled = {kind: some for kind, some in dealt.items() if kind[0] != OTHER}
    return sum(some * scale_of(*kind) for kind, some in scaled.items()) / max(1, sum(scaled.values())), n


def of_one_camp(one: Record, other: Record) -> bool:
    """True for a state and its forces, and for two forces of one state: one acts for the other, so they are no pair."""
    country = one.get("country")
    kinds = {one.get("type"), other.get("type")}
    return bool(country) and country == other.get("country") and kinds <= CAMP and "armed_force" in kinds


CAMP = {"state", "armed_force"}


@dataclass(frozen=True, slots=True)
class Dealings:
    """What two did with each other: how many events, `undated` ones of them, and their mean on PLOVER's scale; `dated`:
    the stretches of the others, from the earliest on; `months`: how many were cooperation and conflict, by month."""

    n: int
    mean: float
    undated: int
    dated: Sequence[str]
    months: Sequence[tuple[str, int, int]]


ORDERS: dict[str, Callable[[Dealings], tuple[Any, ...]]] = {
    "": lambda d: (-d.n, d.mean),
    "conflict": lambda d: (d.mean, -d.n),
    "cooperation": lambda d: (-d.mean, -d.n),
}
"""How pairs are ordered: by the number of events, or by their mean on PLOVER's scale; `newest`: by the last day."""


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
                years={y: mean_of(dealt) for y, dealt in years_of_pair(connection, a, b).items()},
                facts=view.facts(both, PAGE, skip),
                total=count(request, connection, both, skip),
                doubtful=doubtful(request, connection, both),
                skip=skip,
                page=PAGE,
            )
        names = [name for name, _ in busiest(connection, RING)]
        case: Served = request.app.state.case
        dealt = case.counted(("dealt",), partial(_dealt, connection, names))
        ordered = _ordered(dealt, order)
        held = [n for n in names if any(n in pair for pair in dealt)]
        return show_page(
            request,
            "relations.html",
            ring=ring(held, {pair: (d.n, d.mean) for pair, d in dealt.items()}),
            rows=_rows(view, dealt, ordered[skip : skip + ROWS]),
            order=order,
            names={n["id"]: n for n in view.named(held)},
            total=Count(len(ordered)),
            skip=skip,
            page=ROWS,
        )


def _dealt(connection: sa.Connection, names: Sequence[str]) -> dict[Pair, Dealings]:
    """The pairs of these actors, without those of one camp."""
    known = parties(connection, names)
    found: dict[Pair, Dealings] = {}
    for pair, told in pairs(connection, names).items():
        if not of_one_camp(*(known.get(side, {}) for side in pair)):
            sums: Counter[tuple[str, str]] = Counter()
            for kinds in told.values():
                sums.update(kinds)
            mean, n = mean_of(sums)
            dated, undated = sorted(s for s in told if s != UNDATED), sum(told.get(UNDATED, {}).values())
            found[pair] = Dealings(n, mean, undated, dated, tuple(_signed(told)))
    return found


def _ordered(dealt: Mapping[Pair, Dealings], order: Order) -> list[Pair]:
    if order == "newest":  # days descend, so they are no key beside what ascends
        by_name = sorted(dealt)
        return sorted(by_name, key=lambda pair: (dealt[pair].dated or [""])[-1], reverse=True)
    return sorted(dealt, key=lambda pair: (*ORDERS[order](dealt[pair]), pair))


def _rows(view: View, dealt: Mapping[Pair, Dealings], some: Sequence[Pair]) -> list[Row]:
    """Rows of the table, whose bars share one span of time and one scale."""
    ends = [(pair, s) for pair in some for s in _ends(dealt[pair])]
    numbers = dealings(view.connection, ends)
    records = contents(view.connection, [n for n in numbers if n is not None])
    shown = iter(view.shown(records))
    told = {end: next(shown) for end, n in zip(ends, numbers, strict=True) if n is not None}
    flows = flow_of([dealt[pair].months for pair in some])
    rows = []
    for pair, flow in zip(some, flows, strict=True):
        d = dealt[pair]
        first, last = (told.get((pair, s)) for s in _ends(d))
        since, until = (f["day"] if f and d.dated else "" for f in (first, last))
        rows.append(Row(pair, d.n, d.mean, since, until, last, flow, d.undated))
    return rows


def _ends(d: Dealings) -> tuple[str, str]:
    """The stretches of their earliest and latest event."""
    return (d.dated[0], d.dated[-1]) if d.dated else (UNDATED, UNDATED)


def _signed(told: Mapping[str, Dealt]) -> Iterable[tuple[str, int, int]]:
    """Month, and how many events of it are cooperation and conflict; what is neither, or has no day, is left out."""
    sums: Counter[tuple[str, bool]] = Counter()
    for stretch, kinds in told.items():
        if stretch != UNDATED:
            for kind, n in kinds.items():
                if kind[0] != OTHER and (scale := scale_of(*kind)):
                    sums[stretch[:7], scale > 0] += n
    for month in sorted({at for at, _ in sums}):
        yield month, sums[month, True], sums[month, False]
