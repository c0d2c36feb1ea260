"""An article as a source that can be cited: a note that stands alone, BibTeX, RIS and CSL-JSON.

A source is named by what is known of it, and what is not known is not made up: without an outlet it is its file,
without a day it has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.model.lines import Record
from dragoman.telling.calendar import long_day, month
from dragoman.telling.interface import Interface


@dataclass(frozen=True, slots=True)
class Reference:
    """What of an article a citation tells.

    Attributes:
        day: As far as it is known: (year, month, day), (year, month), (year,) or ().
        address: Of the page; "" where it came as a file.
    """

    id: str
    author: str
    title: str
    outlet: str
    day: tuple[int, ...]
    address: str
    language: str


def reference(article: Record) -> Reference:
    """Of an article's record."""
    return Reference(
        id=article["id"],
        author=" ".join((article.get("byline") or "").split()),
        title=" ".join((article.get("title") or "").split()),
        outlet=article.get("outlet") or article.get("wire") or article["path"].rsplit("/", 1)[-1],
        day=_known_day(article.get("published")),
        address=article.get("url") or "",
        language=article["language"],
    )


def _known_day(published: Record | None) -> tuple[int, ...]:
    start, end = (published or {}).get("start"), (published or {}).get("end")
    if not start or not end:
        return ()
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    parts = ((first.year, last.year), (first.month, last.month), (first.day, last.day))
    same = next((n for n, (a, b) in enumerate(parts) if a != b), 3)
    return tuple(a for a, _ in parts[:same])


def told_day(ref: Reference, face: Interface) -> str:
    """The day of publication in words, as far as it is known; "" where it is not."""
    if len(ref.day) == 3:
        return long_day(date(*ref.day).isoformat(), face)
    if len(ref.day) == 2:
        return month(f"{ref.day[0]:04}-{ref.day[1]:02}-01", face.locale)
    return str(ref.day[0]) if ref.day else ""


def note(ref: Reference, face: Interface, fact: str = "") -> list[tuple[str, str]]:
    """A note in the manner of Chicago, in pieces `(words, style)`; style is "", "italic" or "link".

    `fact` is the address of the fact in a workbench, told last.
    """
    pieces: list[tuple[str, str]] = []

    def add(words: str, style: str = "") -> None:
        if words:
            pieces.extend([(", ", "")] if pieces else [])
            pieces.append((words, style))

    add(ref.author)
    add(quoted(ref.title, face) if ref.title else "")
    add(ref.outlet, "italic")
    add(told_day(ref, face))
    add(ref.address, "link")
    add(fact, "link")
    return [*pieces, (".", "")]


def note_text(ref: Reference, face: Interface, fact: str = "") -> str:
    """A note as plain text: `Ana Lopes, “A bridge opens”, The Harbour Post, 12 June 2024, https://...`."""
    return "".join(words for words, _ in note(ref, face, fact))


def quoted(words: str, face: Interface) -> str:
    """Words between the language's quotation marks."""
    return str(face.say("“{words}”", words=words))


def bibtex(ref: Reference) -> str:
    """An entry of BibTeX, each value in braces with TeX's own letters spelled out."""
    fields = {
        "author": _braced(f"{{{_tex(ref.author)}}}") if ref.author else "",
        "title": _braced(f"{{{_tex(ref.title)}}}") if ref.title else "",
        "journal": _braced(_tex(ref.outlet)),
        "year": _braced(f"{ref.day[0]:04}") if ref.day else "",
        "month": _MONTHS[ref.day[1] - 1] if len(ref.day) > 1 else "",
        "day": _braced(str(ref.day[2])) if len(ref.day) > 2 else "",
        "url": _braced(_plain_address(ref.address)) if ref.address else "",
        "language": _braced(_LANGUAGES.get(ref.language, ref.language)),
    }
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items() if value)
    return f"@article{{{key(ref)},\n{lines}\n}}\n"


def ris(ref: Reference, more: Sequence[tuple[str, str]] = ()) -> str:
    """An entry of RIS, a newspaper article; `more` are further lines, by tag."""
    day = "/".join(f"{part:02}" for part in ref.day)
    fields = [
        ("TY", "NEWS"),
        ("ID", key(ref)),
        ("AU", ref.author),
        ("TI", ref.title),
        ("T2", ref.outlet),
        ("PY", f"{ref.day[0]:04}" if ref.day else ""),
        ("DA", f"{day}{'/' * (3 - len(ref.day))}" if ref.day else ""),
        ("UR", ref.address),
        ("LA", ref.language),
        *more,
    ]
    lines = "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in fields if value)
    return f"{lines}ER  - \r\n\r\n"


def csl(ref: Reference) -> Record:
    """An item of CSL-JSON."""
    item: Record = {"id": key(ref), "type": "article-newspaper", "container-title": ref.outlet}
    if ref.title:
        item["title"] = ref.title
    if ref.author:
        item["author"] = [{"literal": ref.author}]
    if ref.day:
        item["issued"] = {"date-parts": [list(ref.day)]}
    if ref.address:
        item["URL"] = ref.address
    return {**item, "language": ref.language}


def key(ref: Reference) -> str:
    """What other programs call the source by: its record's id, which is the same in every export."""
    return re.sub(r"[^A-Za-z0-9-]", "-", ref.id)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_LANGUAGES = {"en": "english", "fr": "french", "ru": "russian"}

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def _tex(text: str) -> str:
    return "".join(_TEX.get(c, c) for c in text)


def _braced(value: str) -> str:
    return f"{{{value}}}"


def _plain_address(address: str) -> str:
    """An address whose braces and backslashes cannot end the field that it stands in."""
    return "".join(f"%{ord(c):02X}" if c in "{}\\" else c for c in address)
