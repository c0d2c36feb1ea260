"""A record of a case -> its row of `record`, and what it is found by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b, sha256
from importlib.metadata import version
from importlib.resources import files
from typing import Any, Literal, get_args

import msgspec

from dragoman.model import ArticleRecord, CaseRecord, Commitment, When
from dragoman.model.standing import standing
from dragoman.model.sureness import is_doubtful
from dragoman.store.packing import RECORDS
from dragoman.store.stretches import length_of, stretch_of
from dragoman.store.whole import record_digest
from dragoman.store.words import STEMMERS, indexed

content_of = msgspec.json.Encoder().encode
"""The line of a record in the export."""

Kind = Literal[
    "article",
    "actor",
    "place",
    "event",
    "statement",
    "entry",
    "figure",
    "state",
    "commitment",
    "dispute",
    "storyline",
]
KINDS: tuple[str, ...] = get_args(Kind)
"""The kinds of record, in the order in which they are exported."""

_RANK = {kind: n for n, kind in enumerate(KINDS, start=1)}


@dataclass(frozen=True, slots=True)
class Origin:
    """What facts are filtered by that is known of their articles."""

    language: str
    outlet: str | None


class Proof(msgspec.Struct, frozen=True):
    """What of a piece of evidence keys are made of."""

    article: str
    text: str


class Told(msgspec.Struct, frozen=True):
    """What of a claim keys are made of."""

    evidence: tuple[Proof, ...]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What of a record's line its keys are made of."""

    id: str
    kind: str
    who: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    speaker: str | None = None
    subject: str | None = None
    object: str | None = None
    actors: tuple[str, ...] = ()
    evidence: tuple[Proof, ...] = ()
    sources: tuple[Proof, ...] = ()
    claims: tuple[Told, ...] = ()
    name: str = ""
    forms: tuple[str, ...] = ()
    title: str | None = None
    articles: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    copies_of: str | None = None


_line = msgspec.json.Decoder(Line).decode


@dataclass(frozen=True, slots=True)
class Row:
    """A record as the tables hold it: `columns` of `record`, and the keys of its rows elsewhere.

    `articles`: those that tell it; of an article that is a copy, what it copies. `said`: what it is found by, each text
    with its language.
    """

    columns: Mapping[str, Any]
    actors: tuple[str, ...]
    articles: tuple[str, ...]
    outlets: tuple[str, ...]
    forms: tuple[str, ...]
    parts: tuple[str, ...]
    said: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """What it is found by as the index holds it, see `words.indexed`."""
        return " ".join(indexed(text, language) for text, language in self.said)


def row_of(record: CaseRecord, origins: Mapping[str, Origin], content: bytes | None = None) -> Row:
    """The row of a record; `origins` are those of the case's articles by id, `content` its line, if made already."""
    content = content_of(record) if content is None else content
    when = _when(record)
    columns = {
        "id": record.id,
        "kind": record.__struct_config__.tag,
        "type": _type(record),
        "mode": getattr(record, "mode", None),
        "status": getattr(record, "status", None) or getattr(record, "outcome", None),
        "first": when.start if when else None,
        "last": when.end if when else None,
        "stretch": stretch_of(when),
        "length": length_of(when),
        "made": made.start if (made := getattr(record, "made", None)) else None,
        "known_from": getattr(record, "known_from", None),
        "place": getattr(record, "place", None),
        "confidence": getattr(record, "confidence", None),
        "independent": getattr(record, "independent", None),
        "weight": getattr(record, "weight", None),
        "doubtful": int(
            getattr(record, "doubtful", False) or is_doubtful(getattr(record, "confidence", None))
        ),
        "name": _name(record),
        "content": RECORDS.pack(content),
        "digest": digest_of(content),
    }
    return with_keys(columns, content, origins)


def with_keys(columns: Mapping[str, Any], content: bytes, origins: Mapping[str, Origin]) -> Row:
    """A row by its columns and its record's line, which tells its keys."""
    line = _line(content)
    proofs = (*line.evidence, *line.sources, *(proof for claim in line.claims for proof in claim.evidence))
    told = articles = tuple(sorted({p.article for p in proofs}))
    if line.kind == "article":
        told, articles = (line.id,), (line.copies_of,) if line.copies_of else ()
    known = [origins[a] for a in told if a in origins]
    return Row(
        columns={
            "languages": "".join(f" {code}" for code in sorted({o.language for o in known})) + " ",
            **columns,
        },
        actors=tuple(sorted({*line.who, *line.whom, *line.by, *line.to, *line.actors, *_one(line)})),
        articles=articles,
        outlets=tuple(sorted({o.outlet for o in known if o.outlet})),
        forms=_forms(line),
        parts=tuple(sorted({*line.articles, *line.events})) if line.kind == "storyline" else (),
        said=_said(line, proofs, origins),
    )


def _one(line: Line) -> Iterator[str]:
    yield from (side for side in (line.speaker, line.subject, line.object) if side)


digest_of = record_digest


_HASHED = re.compile(r"-([0-9a-f]{16})\Z")
_BITS = 36


def number_of(record: CaseRecord) -> int:
    """The number under which a record is looked for first; by kind, then id, and the same in every run.

    Two records may get one number, if seldom (two of a kind in 400,000): the later then takes the next free one.
    """
    found = _HASHED.search(record.id)
    digits = found[1] if found else sha256(record.id.encode()).hexdigest()
    rank = _RANK[str(record.__struct_config__.tag)]
    return rank << _BITS | int(digits[: _BITS // 4], 16)


def first_number(kind: str) -> int:
    """The number from which on those of records of a kind begin, up to those of the next kind."""
    return _RANK[kind] << _BITS


@cache
def rules() -> str:
    """A digest of the code that makes rows of records: rows of other rules cannot be told from their records."""
    made = blake2b(version("PyStemmer").encode(), digest_size=8)
    for module in (
        "store/rows.py",
        "naming/stems.py",
        "store/words.py",
        "store/stretches.py",
        "store/fill.py",
        "model/records.py",
        "model/standing.py",
        "model/sureness.py",
    ):
        made.update(files("dragoman").joinpath(module).read_bytes())
    return made.hexdigest()


def _when(record: CaseRecord) -> When | None:
    held = (getattr(record, f) for f in ("when", "valid", "due", "published") if hasattr(record, f))
    return next(held, None)


def _type(record: CaseRecord) -> str | None:
    """Type or measure; of a promise how it stands, by which a board finds those of a column."""
    if isinstance(record, Commitment):
        due = record.due.end if record.due else None
        return standing(record.outcome, record.replaced_by is not None, due)
    return getattr(record, "type", None) or getattr(record, "measure", None)


def _name(record: CaseRecord) -> str | None:
    if isinstance(record, ArticleRecord):
        return record.outlet or record.wire or record.path.rsplit("/", 1)[-1]
    return getattr(record, "name", None)


def _forms(line: Line) -> tuple[str, ...]:
    if line.kind not in ("actor", "place"):
        return ()
    return tuple(sorted({form.casefold() for form in (line.id, line.name, *line.forms)}))


def _said(line: Line, proofs: Sequence[Proof], origins: Mapping[str, Origin]) -> tuple[tuple[str, str], ...]:
    """What a fact is found by: the words that show it. Articles have an index of their own; a line of the chronology
    is found by the facts that it rests on."""
    if line.kind in ("article", "entry"):
        return ()
    if line.kind in ("actor", "place"):
        return tuple((form, code) for form in (line.name, *line.forms) for code in STEMMERS)
    if line.kind == "storyline":
        return ((line.title or "", "en"),)
    shown = {(p.text, origins[p.article].language if p.article in origins else "") for p in proofs}
    return tuple(sorted(shown))
