"""Lines in, lines out: `dragoman annotate` and `dragoman same --jsonl`. One line out for each line in."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from dragoman.model import Article, When

AT_ONCE = 64
"""Lines read ahead, so that texts of one language are parsed together."""


class _Row(msgspec.Struct):
    text: str
    id: str | int = ""
    language: str | None = None
    published: str | None = None


class _Pair(msgspec.Struct):
    a: str
    b: str


_rows = msgspec.json.Decoder(_Row)
_pairs = msgspec.json.Decoder(_Pair)
_encode = msgspec.json.Encoder().encode


def annotate_lines(lines: Iterable[bytes], explain: bool = False) -> Iterator[bytes]:
    """JSON lines of texts -> JSON lines of marks, in order. A line that is no such JSON gives an `error` line."""
    waiting = _filled(lines)
    while some := list(islice(waiting, AT_ONCE)):
        yield from _annotate_some(some, explain)


def _filled(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines that are not blank, without the byte order mark that some programs put before the first."""
    for n, line in enumerate(lines):
        bare = line if n else line.removeprefix(codecs.BOM_UTF8)
        if bare.strip():
            yield bare


def _annotate_some(lines: list[bytes], explain: bool) -> list[bytes]:
    from dragoman.reading.pool import read_batch
    from dragoman.telling.annotation import annotation

    out: list[bytes] = [b""] * len(lines)
    by_language: dict[str, list[tuple[int, _Row, Article]]] = {}
    for n, line in enumerate(lines):
        try:
            row = _rows.decode(line)
            article = _article(row)
        except (msgspec.MsgspecError, ValueError, UnicodeDecodeError) as error:
            out[n] = _encode(
                {"id": None, "error": f"not a line of {{id, text, language?, published?}}: {error}"}
            )
            continue
        by_language.setdefault(article.language, []).append((n, row, article))
    for batch in by_language.values():
        for (n, row, _), reading in zip(batch, read_batch([a for _, _, a in batch]), strict=True):
            if hasattr(reading, "reason"):
                out[n] = _encode({"id": row.id, "error": reading.reason})
            else:
                out[n] = _encode(annotation(row.id, reading, explain))
    return out


def _article(row: _Row) -> Article:
    published = None
    if row.published:
        day = _day(row.published)
        published = When(start=day, end=day, basis="stated", why="given with the text")
    if row.language is None:
        from dragoman.intake.language import language_of

        language = language_of(row.text)
    else:
        language = row.language
    return Article(
        id=str(row.id), path="-", text=row.text, raw=row.text, language=language, published=published
    )


def _day(published: str) -> str:
    from datetime import date

    from dragoman.intake.days import FIRST_YEAR, LAST_YEAR

    day = date.fromisoformat(published[:10])
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"published lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return day.isoformat()


def compare_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """`{"a", "b"}` lines -> `{"same", "score", "reasons"}` lines, in order."""
    from dragoman.linking.same import same

    for line in _filled(lines):
        try:
            pair = _pairs.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            yield _encode({"same": None, "error": f"not a line of {{a, b}}: {error}"})
            continue
        verdict = same(pair.a, pair.b)
        yield _encode({"same": verdict.same, "score": verdict.score, "reasons": list(verdict.reasons)})
