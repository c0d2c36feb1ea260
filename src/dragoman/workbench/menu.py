"""The menu: four groups of pages, and which of them a page belongs to."""

from __future__ import annotations

Page = tuple[str, str]
"""Its address, and its name as a text of the interface."""

GROUPS: tuple[tuple[str, tuple[Page, ...]], ...] = (
    (
        "Chronology",
        (
            ("/", "Overview"),
            ("/timeline", "Timeline"),
            ("/facts/storyline", "Stories"),
            ("/new", "What is new"),
        ),
    ),
    ("Who and where", (("/actors", "Actors"), ("/relations", "Relations"), ("/map", "Map"))),
    (
        "Said and disputed",
        (
            ("/facts/statement", "Statements"),
            ("/facts/figure", "Figures"),
            ("/facts/dispute", "Disputes"),
            ("/promises", "Promises"),
            ("/facts/state", "States"),
            ("/asof", "As of"),
            ("/changes", "What changed"),
        ),
    ),
    (
        "Sources and work",
        (
            ("/articles", "Articles"),
            ("/search", "Search"),
            ("/decide", "To decide"),
            ("/history", "Decisions"),
            ("/add", "Add"),
            ("/aside", "Set aside"),
        ),
    ),
)

BELOW = {"/articles/": "Sources and work", "/beside": "Sources and work", "/actors/": "Who and where"}
"""Pages that are in no menu, by the beginning of their address."""


def group_of(path: str) -> str:
    """The name of the group that a page is in, or ""."""
    for name, pages in GROUPS:
        if any(path == address for address, _ in pages):
            return name
    return next((name for begin, name in BELOW.items() if path.startswith(begin)), "")
