"""The pages. Each route hands its question to `View` and its answer to a template."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from dragoman.languages import READ
from dragoman.model.lines import Record
from dragoman.model.sureness import is_doubtful
from dragoman.store.counts import Count, company
from dragoman.store.questions import Ask, Met, by_id, facts, held_on, newest, undated, who_is
from dragoman.telling.deciding import is_by_hand
from dragoman.telling.wording import ROLES, days, evidence_of, source_of, title_of
from dragoman.workbench.beside import relatives
from dragoman.workbench.doubt import shows_doubtful
from dragoman.workbench.drawing import edges, series, strip, zoom
from dragoman.workbench.leaving import UNKNOWN, Asked, Day, Text
from dragoman.workbench.lists import before_in_words, by_weight, names_them_otherwise, revised, titled
from dragoman.workbench.marked import marked_text
from dragoman.workbench.setting import choices, fields_of
from dragoman.workbench.summed import count, doubtful, known, spots, tally
from dragoman.workbench.views import PAGE, WITH_NAMES, View

router = APIRouter(include_in_schema=False)

LISTED = 50
"""Statements, states and promises on the page of an actor."""

BESIDE = ("dispute", "entry")
"""Kinds of record that are no facts of one article, but whose words stand in articles."""

CHANGES = 500
"""Changes on one page."""

Skip = Annotated[int, Query(ge=0, le=100_000_000)]


@router.get("/events")
def events(request: Request, ask: Asked, skip: Skip = 0) -> Response:
    """Coded events by day, zoomed by `since` and `until`."""
    with request.app.state.case.file.asking() as connection:
        view = View(connection)
        shown = view.facts(ask, PAGE, skip)
        begun, ended = edges(shown)
        first, last = ask.since or begun, ask.until or ended
        drawn = strip(shown, first, last) if first and last and first <= last else None
        return show_page(
            request,
            "events.html",
            facts=shown,
            strip=drawn,
            zoom=zoom(first, last) if drawn and first and last else [],
            total=count(request, connection, ask, skip),
            years=tally(request, connection, replace(ask, since=None, until=None), "year"),
            types=tally(request, connection, Ask(sure=ask.sure), "type"),
            statuses=tally(request, connection, Ask(sure=ask.sure), "status"),
            doubtful=doubtful(request, connection, ask),
            chosen=[n for n in view.named(ask.actors) if n["id"]],
            at=next(iter(view.named([ask.place] if ask.place and ask.place != UNKNOWN else [])), None),
            tale=tale_of(view, ask.storyline),
            known=known(request, connection),
            spots=spots(request, connection),
            unknown=_unknown(request, ask),
            skip=skip,
            page=PAGE,
        )


@router.get("/actors/{name}")
def actor(request: Request, name: str, skip: Skip = 0) -> Response:
    with request.app.state.case.file.asking() as connection:
        view = View(connection)
        record = who_is(connection, name)
        if record is None:
            raise HTTPException(404, "There is no such actor in this case.")
        # A place takes part in what is done to it, and it is where other things happen.
        sure = not shows_doubtful(request)
        here = Ask(place=name, sure=sure) if record["kind"] == "place" else None
        mine = here or Ask(actors=(name,), sure=sure)

        def others(kind: str) -> list[Record]:
            return view.facts(replace(mine, kinds=(kind,)), LISTED)

        return show_page(
            request,
            "actor.html",
            actor=record,
            roles=[(r["title"], view.named([r["of"]] if r["of"] else []), days(r)) for r in record["roles"]],
            languages=_forms_by_language(view, record),
            events=view.facts(mine, PAGE, skip),
            total=count(request, connection, mine, skip),
            years=tally(request, connection, mine, "year"),
            types=tally(request, connection, mine, "type"),
            company=view.ranked(company(connection, name)),
            known=known(request, connection),
            named_by="place" if here else "actor",
            doubtful=doubtful(request, connection, mine),
            states=others("state"),
            statements=[] if here else others("statement"),
            promises=[] if here else others("commitment"),
            skip=skip,
            page=PAGE,
        )


@router.get("/facts/{kind}")
def facts_of(request: Request, kind: str, conditions: Asked, skip: Skip = 0) -> Response:
    """Statements, figures, states, disputes, stories: one list each, filtered as the timeline is."""
    if kind not in ("statement", "figure", "state", "dispute", "storyline"):
        raise HTTPException(404, "There is no such list.")
    ask = replace(conditions, kinds=(kind,))
    measured = kind == "figure" and len(ask.types) == 1
    with request.app.state.case.file.asking() as connection:
        view = View(connection)
        some = newest if kind == "figure" else facts
        shown = view.shown(some(connection, ask, PAGE, skip))
        if kind == "storyline":
            case = request.app.state.case
            shown = [case.counted(("titled", s["id"]), partial(titled, view, s)) for s in shown]
        template = "disputes.html" if kind == "dispute" else "facts.html"
        return show_page(
            request,
            template,
            kind=kind,
            types=tally(request, connection, Ask(kinds=(kind,)), "type")
            if kind in ("figure", "state")
            else {},
            chosen=ask.types[0] if ask.types else "",
            series=series(shown, _published(connection, shown)) if measured else [],
            facts=shown,
            known=known(request, connection),
            unknown=_unknown(request, ask),
            total=count(request, connection, ask, skip),
            skip=skip,
            page=PAGE,
        )


@router.get("/fact/{name}")
def one(request: Request, name: str) -> Response:
    """The address of one record, to be cited: it leads to the words that show it."""
    with request.app.state.case.file.asking() as connection:
        found = by_id(connection, [name]).get(name)
    if found is None:
        raise HTTPException(404, "No record of this case has this id.")
    kind, evidence = found["kind"], evidence_of(found)
    if kind in ("actor", "place", "article"):
        return RedirectResponse(f"/{'articles' if kind == 'article' else 'actors'}/{name}", 303)
    if kind == "storyline" or not evidence:
        return RedirectResponse(f"/timeline?story={name}&lines=all", 303)
    return RedirectResponse(f"/articles/{evidence[0]['article']}?fact={name}#chosen", 303)


@router.get("/asof")
def asof(request: Request, on: Day = "", known: Day = "") -> Response:
    """What held on a day, as it was known on a day."""
    from dragoman.telling.asof import as_of

    case = request.app.state.case
    then = case.known_on(known) if known else None
    with case.file.asking() as connection:
        view = View(connection)
        bounds = _bounds(request, connection)
        day = on or bounds[1] or "2000-01-01"
        if then is not None:
            view.put([r for kind in WITH_NAMES for r in then.get(kind, [])])
        held, doubtful = {}, 0
        for kind, all_of in as_of(held_on(connection, day, PAGE + 1) if then is None else then, day).items():
            some = [
                one for one in all_of if shows_doubtful(request) or not is_doubtful(one[1].get("confidence"))
            ]
            doubtful += len(all_of) - len(some)
            shown = view.shown([r for _, r in some[:PAGE]])
            more = len(some) > PAGE
            held[kind] = (Count(len(shown), more), [(some[n][0], fact) for n, fact in enumerate(shown)])
        return show_page(
            request, "asof.html", found=held, on=day, known=known, bounds=bounds, doubtful=doubtful
        )


@router.get("/changes")
def changed(request: Request, start: Day = "", end: Day = "") -> Response:
    """What changed in what is known between two days."""
    from dragoman.telling.asof import changes

    case = request.app.state.case
    found: list[tuple[str, list[str], Record, list[tuple[str, str]]]] = []
    doubtful = 0
    if start and end:
        before, after = case.known_on(start), case.known_on(end)
        with case.file.asking() as connection:
            view = View(connection)
            view.put([r for known in (before, after) for kind in WITH_NAMES for r in known.get(kind, [])])
            for change in sorted(changes(before, after), key=by_weight)[:CHANGES]:
                record = change["record"] or change["was"]
                if not shows_doubtful(request) and is_doubtful(record.get("confidence")):
                    doubtful += 1
                    continue
                was = before_in_words(view, change["was"], change["fields"]) if change["fields"] else []
                if was and change["record"]:
                    was = revised(was, before_in_words(view, record, change["fields"]))
                    was = [
                        one for one in was if one[0] not in ROLES or names_them_otherwise(view, *one, record)
                    ]
                    if not was:  # it reads as it did
                        continue
                found.append((change["change"], change["fields"], view.shown([record])[0], was))
    return show_page(request, "changes.html", found=found, start=start, end=end, doubtful=doubtful)


@router.get("/articles")
def articles(
    request: Request,
    outlet: Annotated[str, Query(max_length=200)] = "",
    language: Annotated[str, Query(max_length=20)] = "",
    order: Literal["", "old"] = "",
    skip: Skip = 0,
) -> Response:
    """The latest first, or the earliest; those without any date are last."""
    with request.app.state.case.file.asking() as connection:
        ask = Ask(kinds=("article",), outlet=outlet or None, language=language or None)
        total = count(request, connection, ask, skip)
        backwards = not order and not total.more
        found = _latest(connection, ask, total, skip) if backwards else facts(connection, ask, PAGE, skip)
        return show_page(
            request,
            "articles.html",
            articles=[(a, days(a["published"]), source_of(a), title_of(a)) for a in found],
            total=total,
            skip=skip,
            page=PAGE,
            aside=request.app.state.case.file.set_aside(1),
        )


def _latest(connection: Any, ask: Ask, total: int, skip: int) -> list[Record]:
    """A page of what meets the conditions, from the last day on backwards; the undated follow."""
    dated = total - undated(connection, ask)
    first = max(0, dated - skip - PAGE)
    found = facts(connection, ask, dated - skip - first, first)[::-1] if skip < dated else []
    room = PAGE - len(found)
    return found + facts(connection, ask, room, max(dated, skip)) if room else found


@router.get("/articles/{name}")
def reader(
    request: Request,
    name: str,
    fact: Text = "",
    at: Annotated[str, Query(pattern=r"^(\d{1,9}-\d{1,9})?$")] = "",
) -> Response:
    """The article with its marks; the chosen fact's words stand out, field by field."""
    with request.app.state.case.file.asking() as connection:
        view = View(connection)
        article = by_id(connection, [name]).get(name)
        if article is None or article["kind"] != "article":
            raise HTTPException(404, "There is no such article in this case.")
        kinds = ("event", "statement", "figure", "state", "commitment")
        ask = Ask(kinds=kinds, article=name, sure=not shows_doubtful(request))
        told = view.facts(ask, 1000)
        chosen = next((f for f in told if f["id"] == fact), None)
        if at and not fact:  # words that a person marked
            chosen = _told_at(told, name, *map(int, at.split("-")))
        if fact and chosen is None:  # what is no fact of this article's list may still have its words here
            held = view.fetch([fact]).get(fact)
            chosen = view.shown([held])[0] if held and held["kind"] in (*kinds, *BESIDE) else None
        return show_page(
            request,
            "reader.html",
            article=article,
            day=days(article["published"]),
            source=source_of(article),
            headline=title_of(article),
            pieces=marked_text(article, told if chosen in told or not chosen else [*told, chosen], chosen),
            doubtful=doubtful(request, connection, ask),
            told=told,
            chosen=chosen,
            removed=request.app.state.case.file.removed(name),
            relatives=relatives(request, view, article),
            fields=fields_of(view, chosen["record"]) if chosen and not is_by_hand(chosen["record"]) else [],
            known=known(request, connection),
            spots=spots(request, connection),
            kinds_of_event=choices("event", "type"),
            statuses=choices("event", "status"),
            by_hand=_added_as(request, chosen) if chosen else None,
            is_read=article["language"] in READ,
        )


def _told_at(told: list[Record], article: str, start: int, end: int) -> Record | None:
    """The fact of an article's list whose words stand at a place: that of just these words before others."""
    near = [
        f
        for f in told
        if any(e["article"] == article and e["start"] < end and start < e["end"] for e in f["proof"])
    ]
    exact = [f for f in near if any((e["start"], e["end"]) == (start, end) for e in f["proof"])]
    return next(iter([*exact, *near]), None)


def _added_as(request: Request, fact: Record) -> Record | None:
    """The decision by which a person added a fact: its number, and who."""
    if not is_by_hand(fact["record"]):
        return None
    words = fact["proof"][0]
    at = (words["article"], words["start"], words["end"])
    return next(
        (
            {"number": number, "who": d.who}
            for number, d, stands in reversed(request.app.state.case.file.decisions())
            if stands and d.kind == "add" and (t := d.targets[0]) and (t.article, t.start, t.end) == at
        ),
        None,
    )


def show_page(request: Request, template: str, **context: Any) -> Response:
    response: Response = request.app.state.show.page(request, template, **context)
    return response


def _published(connection: Any, shown: list[Record]) -> dict[str, str]:
    """Article id -> the first day it may be from, for the articles that tell these facts."""
    articles = by_id(connection, sorted({s["id"] for f in shown for s in f["sources"]}))
    return {name: (a["published"] or {}).get("start") or "" for name, a in articles.items()}


def tale_of(view: View, story: str | None) -> dict[str, str] | None:
    found = view.fetch([story]).get(story) if story else None
    if found is None or found["kind"] != "storyline":
        return None
    return {"id": found["id"], "name": titled(view, view.shown([found])[0])["text"]}


def _unknown(request: Request, ask: Ask) -> str:
    """The name that was asked for and that nobody bears, or ""."""
    asked = {"who": UNKNOWN in ask.actors, "where": ask.place == UNKNOWN}
    return ", ".join(request.query_params.get(name, "") for name, missing in asked.items() if missing)


def _bounds(request: Request, connection: Any) -> tuple[str | None, str | None]:
    years = sorted(tally(request, connection, Ask(kinds=("event",)), "year"))
    return (f"{years[0]}-01-01", f"{years[-1]}-12-31") if years else (None, None)


def _forms_by_language(view: View, record: Record) -> dict[str, list[str]]:
    """Written forms by the language of an article that has them, until each was seen or 120 articles were."""
    mentions: dict[str, list[Met]] = {}
    for mention in record["mentions"][:2000]:
        mentions.setdefault(mention.article, []).append(mention)
    found: dict[str, set[str]] = {}
    forms = set(record["forms"])  # mentions may be pronouns too
    left = set(forms)
    for some in (list(mentions)[n : n + 40] for n in range(0, min(len(mentions), 120), 40)):
        for name, article in view.fetch(some).items():
            held = {article["text"][m.start : m.end] for m in mentions[name]} & forms
            found.setdefault(article["language"], set()).update(held)
            left -= held
        if not left:
            break
    return {language: sorted(forms) for language, forms in sorted(found.items())}
