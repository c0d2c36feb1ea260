"""A record of a case -> its row of `record`, and what it is found by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from dragoman.model import Actor, ArticleRecord, CaseRecord, Dispute, Evidence, Place, Storyline, When
from dragoman.store.stretches import length_of, stretch_of
from dragoman.store.words import STEMMERS, indexed

_to_json = msgspec.json.Encoder().encode

SIDES = ("who", "whom", "by", "to", "speaker", "subject", "object")
"""Fields that name who takes part."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What facts are filtered by that is known of their articles."""

    language: str
    outlet: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A record as the tables hold it: `columns` of `record`, and the keys of its rows elsewhere.

    `articles`: those that tell it; of an article that is a copy, what it copies.
    """

    columns: dict[str, Any]
    actors: tuple[str, ...]
    articles: tuple[str, ...]
    outlets: tuple[str, ...]
    forms: tuple[str, ...]
    parts: tuple[str, ...]
    words: str


def row_of(record: CaseRecord, origins: Mapping[str, Origin]) -> Row:
    """The row of a record; `origins` are those of the case's articles by id."""
    articles = tuple(sorted({e.article for e in _evidence(record)}))
    told = articles
    if isinstance(record, ArticleRecord):
        told, articles = (record.id,), (record.copies_of,) if record.copies_of else ()
    known = [origins[a] for a in told if a in origins]
    when = _when(record)
    columns = {
        "id": record.id,
        "kind": record.__struct_config__.tag,
        "type": getattr(record, "type", None) or getattr(record, "measure", None),
        "mode": getattr(record, "mode", None),
        "status": getattr(record, "status", None) or getattr(record, "outcome", None),
        "first": when.start if when else None,
        "last": when.end if when else None,
        "stretch": stretch_of(when),
        "length": length_of(when),
        "made": made.start if (made := getattr(record, "made", None)) else None,
        "known_from": getattr(record, "known_from", None),
        "place": getattr(record, "place", None),
        "languages": "".join(f" {code}" for code in sorted({o.language for o in known})) + " ",
        "confidence": getattr(record, "confidence", None),
        "independent": getattr(record, "independent", None),
        "name": _name(record),
        "content": _to_json(record),
    }
    return Row(
        columns=columns,
        actors=_actors(record),
        articles=articles,
        outlets=tuple(sorted({o.outlet for o in known if o.outlet})),
        forms=_forms(record),
        parts=tuple(sorted({*record.articles, *record.events})) if isinstance(record, Storyline) else (),
        words=_words(record, origins),
    )


def _when(record: CaseRecord) -> When | None:
    held = (getattr(record, f) for f in ("when", "valid", "due", "published") if hasattr(record, f))
    return next(held, None)


def _actors(record: CaseRecord) -> tuple[str, ...]:
    found: set[str] = set()
    for role in SIDES:
        filled = getattr(record, role, None) or ()
        found |= {filled} if isinstance(filled, str) else set(filled)
    return tuple(sorted(found))


def _evidence(record: CaseRecord) -> tuple[Evidence, ...]:
    if isinstance(record, Dispute):
        return tuple(e for c in record.claims for e in c.evidence)
    return getattr(record, "evidence", ())


def _name(record: CaseRecord) -> str | None:
    if isinstance(record, ArticleRecord):
        return record.outlet or record.wire or record.path.rsplit("/", 1)[-1]
    return getattr(record, "name", None)


def _forms(record: CaseRecord) -> tuple[str, ...]:
    if not isinstance(record, Actor | Place):
        return ()
    return tuple(sorted({form.casefold() for form in (record.id, record.name, *record.forms)}))


def _words(record: CaseRecord, origins: Mapping[str, Origin]) -> str:
    """What a fact is found by: the words that show it. Articles have an index of their own."""
    if isinstance(record, ArticleRecord):
        return ""
    if isinstance(record, Actor | Place):
        return " ".join(indexed(form, code) for form in (record.name, *record.forms) for code in STEMMERS)
    if isinstance(record, Storyline):
        return indexed(record.title, "en")
    shown = {(e.text, origins[e.article].language if e.article in origins else "") for e in _evidence(record)}
    return " ".join(indexed(text, language) for text, language in sorted(shown))
