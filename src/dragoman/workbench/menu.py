"""The menu: four groups of pages, and which of them a page belongs to."""

from __future__ import annotations

from dragoman.telling.interface import to_say
from dragoman.workbench.rights import Act, Person, may

Page = tuple[str, str]
"""Its address, and its name as a text of the interface."""

GROUPS: tuple[tuple[str, tuple[Page, ...]], ...] = (
    (
        to_say("Chronology"),
        (
            ("/", to_say("Chronology")),
            ("/timeline", to_say("Timeline")),
            ("/events", to_say("Events")),
            ("/facts/storyline", to_say("Stories")),
            ("/new", to_say("What is new")),
            ("/views", to_say("Views")),
        ),
    ),
    (
        to_say("Who and where"),
        (("/actors", to_say("Actors")), ("/relations", to_say("Relations")), ("/map", to_say("Map"))),
    ),
    (
        to_say("Said and disputed"),
        (
            ("/facts/statement", to_say("Statements")),
            ("/facts/figure", to_say("Figures")),
            ("/facts/dispute", to_say("Disputes")),
            ("/promises", to_say("Promises")),
            ("/facts/state", to_say("States")),
            ("/asof", to_say("As of")),
            ("/changes", to_say("What changed")),
        ),
    ),
    (
        to_say("Sources and work"),
        (
            ("/articles", to_say("Articles")),
            ("/search", to_say("Search")),
            ("/decide", to_say("To decide")),
            ("/marked", to_say("Marked")),
            ("/history", to_say("Decisions")),
            ("/add", to_say("Add")),
            ("/aside", to_say("Set aside")),
        ),
    ),
)

FOR: dict[str, Act] = {"/decide": "decide", "/add": "edit"}
"""Pages that are of use only to who may do this."""

BELOW = {
    "/view": "Chronology",
    "/articles/": "Sources and work",
    "/beside": "Sources and work",
    "/actors/": "Who and where",
}
"""Pages that are in no menu, by the beginning of their address."""


def groups_for(person: Person | None) -> list[tuple[str, list[Page]]]:
    """The menu of a person."""
    return [
        (name, [page for page in pages if may(person, FOR.get(page[0], "read"))]) for name, pages in GROUPS
    ]


def group_of(path: str) -> str:
    """The name of the group that a page is in, or ""."""
    for name, pages in GROUPS:
        if any(path == address for address, _ in pages):
            return name
    return next((name for begin, name in BELOW.items() if path.startswith(begin)), "")
