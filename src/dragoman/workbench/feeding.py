"""The chronology, or a saved view, as an Atom feed for readers of feeds."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from dragoman.model.settable import TAG
from dragoman.telling.exports import Stored
from dragoman.telling.exports.atom import feed, items_of
from dragoman.telling.exports.table import Facts
from dragoman.telling.interface import interface, language_for, to_say
from dragoman.telling.kept_views import named
from dragoman.telling.view_lists import listed, members
from dragoman.workbench.kept import NO_VIEW

if TYPE_CHECKING:
    from dragoman.workbench.jobs import Served

router = APIRouter(include_in_schema=False)

MOST = 200
"""Entries of a feed: those that came to be known last."""

LOOKED_AT = 5_000
"""Records of a view among which they are."""


@router.get("/feed.atom")
def atom(request: Request, view: Annotated[str, Query(max_length=TAG)] = "") -> Response:
    """What is not doubtful, the latest known first. The key, where there is one, may stand in the address."""
    case: Served = request.app.state.case
    language = language_for(request.headers.get("accept-language", ""))
    face = interface(language)
    found = named(case.kept, view) if view else None
    if view and found is None:
        raise HTTPException(404, NO_VIEW)
    case.catch_up()
    with case.file.asking() as connection:
        wanted = listed(connection, found.address if found else "/timeline")
        records = list(islice(members(connection, wanted), LOOKED_AT))
        facts = Facts(Stored(connection), language)
        facts.ready([r for r in records if r["kind"] not in ("actor", "place", "article", "storyline")])
        title = f"{request.app.state.show.title}: {found.name if found else face.say('Chronology')}"
        note = face.say(to_say("The latest {n} at most, without what is doubtful."), n=MOST)
        asked = f"?{urlencode([('view', found.name)])}" if found else ""
        own = f"{request.base_url}feed.atom{asked}"
        items = items_of(facts, records, str(request.base_url))
        name = f"{request.app.state.show.title} {found.address if found else ''}"
        content = b"".join(feed(title, name, note, items, language, own, MOST))
    return Response(content, media_type="application/atom+xml", headers={"Vary": "Accept-Language"})
