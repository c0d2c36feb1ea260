"""The chronology in the browser: the front page and the timeline, a sentence a line in the sources' own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from dragoman.languages import SUPPORTED
from dragoman.model.lines import Record
from dragoman.store import chronology as stored
from dragoman.store.chronology import Lines
from dragoman.store.counts import Count
from dragoman.store.questions import briefs
from dragoman.telling.chronology import Chosen, Chronicle
from dragoman.telling.exports.chronicle import chapters_of
from dragoman.telling.exports.table import Facts
from dragoman.workbench.doubt import shows_doubtful
from dragoman.workbench.glance import glance, news
from dragoman.workbench.kept import rows
from dragoman.workbench.leaving import UNKNOWN, Day, Many, Text
from dragoman.workbench.pages import show_page, tale_of
from dragoman.workbench.suggesting import bearing
from dragoman.workbench.summed import known, spots
from dragoman.workbench.views import View

if TYPE_CHECKING:
    import sqlalchemy as sa

    from dragoman.store.seen import New

router = APIRouter(include_in_schema=False)

HowMany = Literal["10", "30", "100", "all"]

STEPS: tuple[HowMany, ...] = ("10", "30", "100", "all")

MOST = 500
"""Lines on one page, where all are asked for: the weightiest."""

FOLDED = 12
"""Facts folded beneath a line."""

STATUSES = ("happened", "ongoing", "planned", "possible", "alleged", "denied")


class Briefly(Chosen):
    """Lines whose actors and places are known by name and kind alone: their records, which list every mention, may be
    long."""

    def parties(self, names: Sequence[str]) -> dict[str, Record]:
        known = briefs(self.connection, names)
        return {ref: {"id": ref, "kind": b.kind, "name": b.name, "type": b.kind} for ref, b in known.items()}


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address of a chronology asks for; `unknown`: names in it that nobody and no place bears."""

    lines: Lines
    how_many: HowMany
    unknown: str


def filtered(
    request: Request,
    actor: Many,
    status: Many,
    who: Text = "",
    where: Text = "",
    place: Text = "",
    story: Text = "",
    language: Text = "",
    since: Day = "",
    until: Day = "",
    lines: Annotated[HowMany, Query()] = "30",
) -> Filter:
    """The conditions on lines in a page's address; `who` and `where` are names, which nobody may bear."""
    actors, spots, unknown = list(actor), [place] if place else [], []
    if who or where:
        with request.app.state.case.file.asking() as connection:
            for name, into in ((who, actors), (where, spots)):
                found = (
                    [ref for kind in ("actor", "place") for ref in bearing(connection, kind, name)]
                    if name
                    else []
                )
                unknown += [name] if name and not found else []
                into += found or ([UNKNOWN] if name else [])
    wanted = Lines(
        since=since or None,
        until=until or None,
        actors=tuple(actors),
        places=tuple(spots),
        story=story or None,
        language=language or None,
        statuses=tuple(s for s in status if s),
        doubtful=shows_doubtful(request),
    )
    return Filter(wanted, lines, ", ".join(unknown))


Filtered = Annotated[Filter, Depends(filtered)]


@router.get("/")
def front(request: Request, asked: Filtered) -> Response:
    """What the case is about, what is new in it, and its weightiest lines."""
    with request.app.state.case.file.asking() as connection:
        view = View(connection)
        beside, new = glance(request, connection, view, not asked.lines.doubtful)
        context = _chronology(request, connection, view, asked, new)
        return show_page(request, "front.html", kept=rows(request, connection), **context, **beside)


@router.get("/timeline")
def timeline(request: Request, asked: Filtered) -> Response:
    """The lines alone, for work with them."""
    with request.app.state.case.file.asking() as connection:
        view = View(connection)
        _, new, _ = news(request, connection, not asked.lines.doubtful)
        return show_page(request, "timeline.html", **_chronology(request, connection, view, asked, new))


def _chronology(
    request: Request, connection: sa.Connection, view: View, asked: Filter, new: New | None
) -> Record:
    """What the chronology's part of a page needs."""
    _, language = request.app.state.show.words(request)
    most = MOST if asked.how_many == "all" else int(asked.how_many)
    records = stored.weightiest(connection, asked.lines, most)
    undated = stored.undated(connection, asked.lines, min(most, 30))
    counted = partial(stored.count, connection, asked.lines)
    counts: stored.Counts = request.app.state.case.counted(("lines", asked.lines), counted)
    facts = Facts(Briefly(connection, Chronicle([*records, *undated], {}, {})), language)
    chapters = list(chapters_of(facts, facts.of("entry")))
    shown = {fact["id"]: fact for fact in view.shown([*records, *undated])}
    shown_names = view.named([r for r in asked.lines.actors if r != UNKNOWN])
    return {
        "chapters": chapters,
        "lines": shown,
        "folded": _folded(view, [*records, *undated], not asked.lines.doubtful),
        "unread": _unread(records, new),
        "counts_of_lines": counts,
        "shown_lines": len(records),
        "dated": Count(counts.dated + (counts.doubtful_dated if asked.lines.doubtful else 0), counts.more),
        "how_many": asked.how_many,
        "steps": STEPS,
        "most": MOST,
        "chosen": [n for n in shown_names if n["id"]],
        "at": [n for n in view.named([p for p in asked.lines.places if p != UNKNOWN]) if n["id"]],
        "tale": tale_of(view, asked.lines.story),
        "statuses": STATUSES,
        "languages": SUPPORTED,
        "known": known(request, connection),
        "spots": spots(request, connection),
        "unknown": asked.unknown,
        "doubtful": Count(counts.doubtful, counts.more),
    }


def _folded(view: View, records: Sequence[Record], sure: bool) -> dict[str, list[Record]]:
    """Line -> the facts that it rests on, ready to show; with `sure`, none that is doubtful."""
    refs = {r["id"]: [*r["events"], *r["figures"], *r["statements"], *r["states"]][:FOLDED] for r in records}
    held = view.fetch([ref for some in refs.values() for ref in some])
    kept = [r for r in held.values() if not (sure and view.is_doubtful(r))]
    shown = {fact["id"]: fact for fact in view.shown(kept)}
    return {line: [shown[ref] for ref in some if ref in shown] for line, some in refs.items()}


def _unread(records: Sequence[Record], new: New | None) -> frozenset[str]:
    """Lines that only articles tell which came in since they were last marked as seen."""
    articles = set(new.articles) if new else set()
    return frozenset(
        r["id"] for r in records if articles and all(s["article"] in articles for s in r["sources"])
    )
