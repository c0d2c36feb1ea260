"""Publication dates narrowed by what other articles tell: who tells of a deed wrote after it."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.linking.days import Stretch, iso_day, stretch_of
from dragoman.linking.events import Group
from dragoman.linking.sources import Library
from dragoman.model import When


def narrow_publication(library: Library, groups: Sequence[Group]) -> None:
    """Set the earliest possible publication of articles without a date of their own.

    An article that tells an event as done, which other articles date, did not appear before it. Copies add nothing.
    """
    found: dict[str, tuple[int, str]] = {}
    for group in groups:
        if group.common.standing != "deed" or len({m.article for m in group.members}) < 2:
            continue
        for member in group.members:
            published = library.published(member.article)
            if published is not None and published.end is not None:
                continue
            dated = [
                (days.first, other.article)
                for other in group.members
                if other.article != member.article
                and library.origin[other.article] != library.origin[member.article]
                and other.dated
                and (days := stretch_of(other.report.when)).first is not None
            ]
            if dated:
                first, teller = min(dated)
                if first is not None and first > found.get(member.article, (0, ""))[0]:
                    found[member.article] = (first, teller)
    for article, (first, teller) in sorted(found.items()):
        _narrow(library, article, first, teller)


def _narrow(library: Library, article: str, first: int, teller: str) -> None:
    old = library.published(article)
    before = stretch_of(old)
    if before.first is not None and before.first >= first:
        return
    if not before.meets(Stretch(first, None)):
        return
    said = library.article(teller).title or teller
    why = f"it tells of what happened on {iso_day(first)}, as {said!r} dates it"
    library.set_published(
        article,
        When(
            start=iso_day(first),
            end=old.end if old else None,
            basis="bounded",
            why=f"{old.why}; {why}" if old and old.why else why,
        ),
    )
