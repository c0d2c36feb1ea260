"""Two articles beside each other: copies, versions and translations, with what differs marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from dragoman.model.lines import Record
from dragoman.store.questions import Ask, by_id, facts
from dragoman.telling.wording import days, source_of, title_of
from dragoman.workbench.views import View

router = APIRouter(include_in_schema=False)

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, each with True where the other text lacks it."""

MOST_SENTENCES = 1_000
MOST_WORDS = 400
"""Sentences of a text, and words of a stretch that differs, which are compared; longer ones only stand beside each
other, so that the work stays in proportion to the texts."""

SHOWN = 2
"""Sentences alike that are shown; longer stretches are folded."""

COPIES = 60
"""Copies listed with an article."""

_SENTENCE = re.compile(r"[^\n.!?…]*[.!?…]*[\s\"”»’)]*")
_WORD = re.compile(r"\w+|\W")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of both texts: `alike`, with so many sentences, or not."""

    left: Pieces
    right: Pieces
    alike: int = 0


def sentences(text: str) -> list[str]:
    """A text cut after sentences and lines; together they are the text."""
    return [m.group() for m in _SENTENCE.finditer(text) if m.group()]


def compare(a: str, b: str) -> list[Stretch]:
    """Two texts of one language as stretches, in order. Words that differ only in their spacing are alike."""
    left, right = sentences(a), sentences(b)
    tail_a, tail_b = "".join(left[MOST_SENTENCES:]), "".join(right[MOST_SENTENCES:])
    left, right = left[:MOST_SENTENCES], right[:MOST_SENTENCES]
    matcher = SequenceMatcher(None, [_plain(s) for s in left], [_plain(s) for s in right])
    found: list[Stretch] = []
    for how, i, j, k, m in matcher.get_opcodes():
        one, other = "".join(left[i:j]), "".join(right[k:m])
        if how == "equal":
            found.append(Stretch(((one, False),), ((other, False),), j - i))
        else:
            found.append(_words(one, other))
    if tail_a or tail_b:
        same = _plain(tail_a) == _plain(tail_b)
        found.append(Stretch(((tail_a, not same),), ((tail_b, not same),), int(same)))
    return found


def _plain(sentence: str) -> str:
    return " ".join(sentence.split())


def _words(a: str, b: str) -> Stretch:
    """A stretch that differs, word by word."""
    one, other = _WORD.findall(a), _WORD.findall(b)
    if not a or not b or max(len(one), len(other)) > 2 * MOST_WORDS:
        return Stretch(((a, True),) if a else (), ((b, True),) if b else ())
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for how, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        left.append(("".join(one[i:j]), how != "equal"))
        right.append(("".join(other[k:m]), how != "equal"))
    return Stretch(_joined(left), _joined(right))


def _joined(pieces: list[tuple[str, bool]]) -> Pieces:
    """Neighbours of one kind as one piece; a blank between two marked words is marked with them."""
    found: list[tuple[str, bool]] = []
    for n, (text, marked) in enumerate(pieces):
        if not text:
            continue
        between = not text.strip() and 0 < n < len(pieces) - 1 and pieces[n - 1][1] and pieces[n + 1][1]
        is_marked = marked or between
        if found and found[-1][1] == is_marked:
            found[-1] = (found[-1][0] + text, is_marked)
        else:
            found.append((text, is_marked))
    return tuple(found)


def relatives(request: Request, view: View, article: Record) -> list[Record]:
    """Copies of an article, what it copies, and other versions found under the same name or address.

    Each as `{"id", "title", "source", "day", "language", "overlap", "kind"}`, by day; `kind` is `original`, `copy`,
    `translation` or `version`.
    """
    name, root = article["id"], article["copies_of"] or article["id"]
    copies = facts(view.connection, Ask(kinds=("article",), article=root), COPIES)
    versions = request.app.state.case.file.versions(name, COPIES)
    near = view.fetch([root, *(c["id"] for c in copies), *versions])
    found = [_relative(article, other, set(versions)) for ref, other in near.items() if ref != name]
    return sorted(found, key=lambda r: (r["since"] or "9999", r["id"]))


def _relative(article: Record, other: Record, versions: set[str]) -> Record:
    same_page = bool(article["url"]) and article["url"] == other["url"]
    if other["id"] in versions or same_page:
        kind = "version"
    elif other["language"] != article["language"]:
        kind = "translation"
    else:
        kind = "original" if other["id"] == article["copies_of"] else "copy"
    told = article if other["id"] == article["copies_of"] else other
    published = other["published"] or {}
    return {
        "id": other["id"],
        "title": title_of(other),
        "source": source_of(other),
        "day": days(other["published"]),
        "since": published.get("start") or published.get("end"),
        "language": other["language"],
        "overlap": told["overlap"],
        "kind": kind,
    }


@router.get("/beside")
def beside(
    request: Request, a: Annotated[str, Query(max_length=200)], b: Annotated[str, Query(max_length=200)]
) -> Response:
    """Two articles in two columns, stretch by stretch."""
    with request.app.state.case.asking() as connection:
        records = by_id(connection, [a, b])
        both = [records.get(ref) for ref in (a, b)]
        left, right = both
        if left is None or right is None or left["kind"] != "article" or right["kind"] != "article":
            raise HTTPException(404, "There is no such article in this case.")
        one_language = left["language"] == right["language"]
        stretches = compare(left["text"], right["text"]) if one_language else _paragraphs(left, right)
        page: Response = request.app.state.show.page(
            request,
            "beside.html",
            sides=[
                {"id": r["id"], "title": title_of(r), "source": source_of(r), "day": days(r["published"])}
                for r in (left, right)
            ],
            stretches=stretches,
            one_language=one_language,
            differ=sum(not s.alike for s in stretches),
            shown=SHOWN,
        )
        return page


def _paragraphs(left: Record, right: Record) -> list[Stretch]:
    """Two languages: paragraph by paragraph, nothing marked."""
    one, other = ([p for p in r["text"].split("\n") if p.strip()] for r in (left, right))
    length = max(len(one), len(other))
    one, other = one + [""] * (length - len(one)), other + [""] * (length - len(other))
    return [Stretch(((x, False),), ((y, False),)) for x, y in zip(one, other, strict=True)]
