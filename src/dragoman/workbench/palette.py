"""What the palette offers for what was typed: pages, saved views, actors and places, facts by their words, a search.

The palette is `static/palette.js`; without it the search box on every page does the same in two steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request

from dragoman.model.lines import Record
from dragoman.naming.folding import fold
from dragoman.store.counts import busiest
from dragoman.store.questions import Ask, briefs
from dragoman.telling.interface import Interface, interface, to_say
from dragoman.telling.kept_views import KeptView
from dragoman.telling.names_in import name_in
from dragoman.telling.search import search as find
from dragoman.telling.view_lists import page_address
from dragoman.workbench.doubt import shows_doubtful
from dragoman.workbench.menu import GROUPS
from dragoman.workbench.suggesting import bearing, suggested
from dragoman.workbench.views import View

if TYPE_CHECKING:
    from sqlalchemy import Connection

router = APIRouter(include_in_schema=False)

Say = Callable[..., str]

Item = dict[str, str]
"""`group`, `label`, `note` and `to`, an address of the workbench."""

FEW = 6
"""Items of a group."""

BRIEF = 120
"""Code points of a fact's words."""


@router.get("/palette")
def palette(request: Request, q: Annotated[str, Query(max_length=200)] = "") -> dict[str, list[Item]]:
    """Items in the order in which they are shown; for no words the pages and those of whom most is told."""
    face = interface(request.app.state.show.words(request)[1])
    say, typed = face.say, q.strip()
    items = list(_pages(say, typed))
    with request.app.state.case.file.asking() as connection:
        items += _views(connection, say, typed, request.app.state.case.kept)
        items += _names(connection, face, typed)
        if typed:
            items += _facts(connection, say, typed, not shows_doubtful(request))
    if typed:
        items.append(
            _item(say("Search"), say("Search for “{words}”", words=typed), "", f"/search?q={quote(typed)}")
        )
    return {"items": items}


def _item(group: str, label: str, note: str, to: str) -> Item:
    return {"group": group, "label": label, "note": note, "to": to}


def _pages(say: Say, typed: str) -> Iterator[Item]:
    """Pages of whose name, or whose group's, a word begins with what was typed."""
    wanted = fold(typed)
    for group, pages in (*GROUPS, ("", (("/help", to_say("Help")),))):
        for address, page in pages:
            words = f" {fold(say(page))} {fold(say(group)) if group else ''}"
            if f" {wanted}" in words:
                yield _item(say("Pages"), say(page), say(group) if group else "", address)


def _views(connection: Connection, say: Say, typed: str, kept: Sequence[KeptView]) -> list[Item]:
    """Lists that people keep, a word of whose name begins with what was typed; `kept`: all of them."""
    wanted = fold(typed)
    found = [view for view in kept if f" {wanted}" in f" {fold(view.name)}"][:FEW]
    return [
        _item(say("Views"), v.name, say("saved view"), page_address(connection, v.address)) for v in found
    ]


def _names(connection: Connection, face: Interface, typed: str) -> list[Item]:
    exact = [ref for kind in ("actor", "place") for ref in bearing(connection, kind, typed)] if typed else []
    refs = [*exact, *suggested(connection, typed)] if typed else [ref for ref, _ in busiest(connection, FEW)]
    refs = list(dict.fromkeys(refs))[:FEW]
    known = briefs(connection, refs)
    return [
        _item(
            face.say("Who and where"),
            name_in(name, kind, face.language),
            face.type_word(kind),
            f"/actors/{ref}",
        )
        for ref, (name, _, kind) in ((ref, known[ref]) for ref in refs if ref in known)
    ]


def _facts(connection: Connection, say: Say, typed: str, sure: bool) -> list[Item]:
    found = find(connection, typed, FEW, wanted=Ask(sure=sure))
    shown = [(fact, fact["kind"]) for fact in View(connection).shown(found.facts) if fact["proof"]]
    return [_item(say("Facts"), _brief(fact), say(kind), _where(fact)) for fact, kind in shown]


def _brief(fact: Record) -> str:
    words = fact["words"]
    return words if len(words) <= BRIEF else f"{words[: BRIEF - 1].rstrip()}…"


def _where(fact: Record) -> str:
    return f"/articles/{fact['proof'][0]['article']}?fact={fact['id']}#chosen"
