"""What was read of articles as rows of Parquet: those that a case is made from, and facts that an analyst can query.

A row of kind `article` holds the article and its reading exactly, `again` one met before in the shard, `aside` what
could not be read. All other rows are for people's queries and are never read back: `event`, `statement`, `figure`,
`state`, `commitment`. Pages of the file are not packed, and the exact part is packed by us: what a file of others may
unfold to is then ours to bound (`taking`).
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np

from dragoman.model import Arg, Article, Reading, SetAside, Span, When
from dragoman.model.lines import Json

Row = Json

MET = ("article", "again", "aside")
"""Kinds of the rows that a case is made from; they stand in groups of rows of their own."""

VECTOR = 512
LEVEL = 1
"""How hard the exact part is packed: level 6 takes four times as long for a sixth less."""

_json = msgspec.json.Encoder().encode


class Read(NamedTuple):
    """An article with its reading and the vector of its headline and lead."""

    article: Article
    reading: Reading
    vector: np.ndarray


class Again(NamedTuple):
    """An article met once more, at another path."""

    article: str
    path: str


class Aside(NamedTuple):
    """What could not be read; of an article on which reading failed, its id."""

    item: SetAside
    article: str | None = None


Outcome = Read | Again | Aside


@cache
def schema() -> Any:
    """The columns and their types."""
    import pyarrow as pa

    text, day = pa.string(), pa.date32()
    columns = {
        **{"kind": text, "article": text, "path": text, "url": text, "title": text, "outlet": text},
        **{"language": text, "published_start": day, "published_end": day},
        **{"start": pa.int32(), "end": pa.int32(), "words": text},
        **{"sentence": text, "sentence_start": pa.int32(), "sentence_end": pa.int32()},
        **{"type": text, "mode": text, "status": text, "stance": text},
        **{"who": pa.list_(text), "whom": pa.list_(text), "place": text},
        **{"date_start": day, "date_end": day, "date_basis": text, "made": day},
        **{"low": pa.float64(), "high": pa.float64(), "unit": text, "approx": pa.bool_(), "value": text},
        **{"confidence": pa.float64(), "weight": pa.float64(), "rule": text},
        **{"reason": text, "hint": text},
        **{"content": pa.binary(), "reading": pa.binary(), "vector": pa.binary(4 * VECTOR)},
    }
    return pa.schema(list(columns.items()))


class Writer:
    """A Parquet file that is written some outcomes at a time. Close it."""

    def __init__(self, path: Path, about: dict[str, str]) -> None:
        """`about` is kept in the file's metadata under `dragoman`, as JSON."""
        import pyarrow.parquet as pq

        self._file = pq.ParquetWriter(
            path,
            schema().with_metadata({"dragoman": _json(about)}),
            compression="none",
            use_dictionary=[
                f.name for f in schema() if f.name not in ("content", "reading", "vector", "words")
            ],
            write_statistics=["kind", "language", "published_start", "date_start", "date_end", "type"],
        )

    def write(self, outcomes: Sequence[Outcome]) -> None:
        """What a case is made from, and its facts, each in a group of rows."""
        self._write([_met(o) for o in outcomes])
        self._write([row for o in outcomes if isinstance(o, Read) for row in facts(o.article, o.reading)])

    def _write(self, rows: list[Row]) -> None:
        import pyarrow as pa

        if rows:
            self._file.write_table(pa.Table.from_pylist(rows, schema=schema()))

    def close(self) -> None:
        self._file.close()


def _met(outcome: Outcome) -> Row:
    match outcome:
        case Again(article, path):
            return {"kind": "again", "article": article, "path": path}
        case Aside(item, article):
            return {"kind": "aside", "article": article, **_fields(item, "path", "reason", "hint")}
        case Read(article, reading, vector):
            return {
                **_of(article, reading),
                "kind": "article",
                "content": zlib.compress(_json(article), LEVEL),
                "reading": zlib.compress(_json(reading), LEVEL),
                "vector": vector.astype("<f4").tobytes(),
            }


def _of(article: Article, reading: Reading) -> Row:
    published = reading.published
    return {
        "article": article.id,
        **_fields(article, "path", "url", "title", "outlet", "language"),
        "published_start": _day(published.start) if published else None,
        "published_end": _day(published.end) if published else None,
    }


def facts(article: Article, reading: Reading) -> Iterator[Row]:
    """A row for each event, statement, figure, state and commitment, as this article alone tells them.

    Offsets count code points of its clean text. A side is named by the article's fullest name of it, or by the words
    where nobody is named.
    """
    about = _Telling(article, reading)
    for row in about.rows():
        yield {**about.common, **row}


class _Telling:
    def __init__(self, article: Article, reading: Reading) -> None:
        self.text, self.reading = article.text, reading
        self.common = _of(article, reading)
        self._starts = [s.start for s in reading.sentences]

    def rows(self) -> Iterator[Row]:
        for e in self.reading.events:
            yield {
                "kind": "event",
                **self._at(e.trigger, e.sentence),
                **self._sides(e.who, e.whom),
                **_days(e.when),
                "place": self._name(e.place),
                **_fields(e, "type", "mode", "status", "confidence", "weight", "rule"),
            }
        for s in self.reading.statements:
            yield {
                "kind": "statement",
                **self._at(Span(s.content[0].start, s.content[-1].end) if s.content else s.cue, s.sentence),
                **self._sides((s.speaker,), ()),
                **_days(s.when),
                "status": "denied" if s.denied else None,
                **_fields(s, "stance", "confidence", "rule"),
            }
        for f in self.reading.figures:
            yield {
                "kind": "figure",
                **self._at(Span(f.start, f.end), self._sentence(f.start)),
                "who": [] if f.of is None else [self.reading.entities[f.of].name],
                "type": f.measure,
                **_fields(f, "low", "high", "unit", "approx", "rule"),
            }
        for h in self.reading.states:
            yield {
                "kind": "state",
                **self._at(h.sentence, h.sentence),
                **self._sides((h.subject,), (h.object,)),
                **_days(h.valid),
                "place": self._name(h.place),
                **_fields(h, "type", "value", "rule"),
            }
        for c in self.reading.commitments:
            yield {
                "kind": "commitment",
                **self._at(c.what, c.sentence),
                **self._sides(c.by, c.to),
                **_days(c.due),
                "made": _day(c.made.start) if c.made and c.made.is_day else None,
                "type": c.event_type,
                "mode": c.event_mode,
                "rule": c.rule,
            }

    def _at(self, span: Span | None, sentence: Span | None) -> Row:
        row: Row = {}
        if span is not None:
            row |= {"start": span.start, "end": span.end, "words": self.text[span.start : span.end]}
        if sentence is not None:
            row |= {
                "sentence_start": sentence.start,
                "sentence_end": sentence.end,
                "sentence": self.text[sentence.start : sentence.end],
            }
        return row

    def _sentence(self, offset: int) -> Span | None:
        at = bisect_right(self._starts, offset) - 1
        return self.reading.sentences[at] if at >= 0 else None

    def _sides(self, who: Iterable[Arg | None], whom: Iterable[Arg | None]) -> Row:
        return {
            side: [name for arg in args if arg for name in self._names(arg)]
            for side, args in (("who", who), ("whom", whom))
        }

    def _names(self, arg: Arg) -> list[str]:
        named = [self.reading.entities[i].name for i in arg.entities]
        return named or [self.text[arg.start : arg.end]]

    def _name(self, arg: Arg | None) -> str | None:
        return "; ".join(self._names(arg)) if arg else None


def _fields(record: msgspec.Struct, *names: str) -> Row:
    return {name: getattr(record, name) for name in names}


def _days(when: When | None) -> Row:
    if when is None:
        return {}
    return {"date_start": _day(when.start), "date_end": _day(when.end), "date_basis": when.basis}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
