"""bibtex, ris, csl: the sources of the chronology for a library of references (Zotero, JabRef, EndNote ...).

Sources are the articles that tell its lines; where a case has no lines, all its articles.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.telling.citing import Reference, bibtex, csl, reference, ris
from dragoman.telling.exports.chronicle import chapters
from dragoman.telling.exports.pieces import json_list
from dragoman.telling.exports.table import Facts


def as_bibtex(facts: Facts, remark: str) -> Iterator[bytes]:
    """BibTeX, UTF-8; the remark is a comment before the entries."""
    yield f"@comment{{{remark.translate(_NO_BRACES)}}}\n\n".encode()
    for one in cited(facts):
        yield f"{bibtex(one)}\n".encode()


_NO_BRACES = {ord("{"): "(", ord("}"): ")"}


def as_ris(facts: Facts, remark: str) -> Iterator[bytes]:
    """RIS; it has no comments, so the remark is the note (`N1`) of the first source."""
    n = -1
    for n, one in enumerate(cited(facts)):
        yield ris(one, [] if n else [("N1", remark)]).encode()
    if n < 0:
        yield b"\r\n"


def as_csl(facts: Facts, remark: str) -> Iterator[bytes]:
    """CSL-JSON, a list of items; it has no head, so the remark is the `note` of the first source."""
    items = ({**csl(one), **({} if n else {"note": remark})} for n, one in enumerate(cited(facts)))
    opened = b"".join(json_list({}, "items", items))
    yield opened[opened.index(b"[") : opened.rindex(b"]") + 1] + b"\n"


def cited(facts: Facts) -> Iterator[Reference]:
    """Each source once, in the order in which the chronology cites them."""
    told: dict[str, Reference] = {}
    for chapter in chapters(facts):
        for line in chapter.lines:
            told.update((one.source.id, one.source) for one in line.sources if one.source.id not in told)
    if told:
        yield from told.values()
    else:
        yield from (reference(article) for article in facts.sources_cited())
