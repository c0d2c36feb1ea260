"""markdown: a brief that begins with the chronology; each source is a footnote, numbered where it is first cited."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model.lines import Record
from dragoman.telling.citing import Reference, note, reference
from dragoman.telling.exports.chronicle import Line, chapters
from dragoman.telling.exports.table import Facts
from dragoman.telling.interface import Interface, interface, to_say
from dragoman.telling.wording import brief

SECTIONS = (
    (to_say("Coded events"), "event"),
    (to_say("States"), "state"),
    (to_say("Promised and scheduled"), "commitment"),
    (to_say("Where the sources differ"), "dispute"),
    (to_say("Said"), "statement"),
)


class Footnotes:
    """Sources by their number, in the order in which they are cited."""

    def __init__(self) -> None:
        self._cited: dict[str, tuple[int, Reference]] = {}

    def marks(self, sources: list[Reference]) -> str:
        cited = [self._cited.setdefault(one.id, (len(self._cited) + 1, one)) for one in sources]
        return "".join(f"[^{number}]" for number, _ in cited)

    def written(self, face: Interface) -> Iterator[bytes]:
        for number, one in self._cited.values():
            told = "".join(_styled(words, style) for words, style in note(one, face))
            yield _lines(f"[^{number}]: {told}")


def as_markdown(facts: Facts, remark: str) -> Iterator[bytes]:
    """The chronology by year and month, then the facts behind it, a line each, and the sources."""
    face = interface(facts.language)
    footnotes = Footnotes()
    yield _lines(f"# {escaped(face.say('Chronology'))}", "", f"*{escaped(remark)}*")
    for chapter in chapters(facts):
        if chapter.opens_year:
            yield _lines("", f"## {chapter.year or escaped(face.say('Undated'))}")
        yield _lines("", *([f"### {escaped(chapter.month)}", ""] if chapter.month else []))
        yield from (_lines(_entry(line, footnotes)) for line in chapter.lines)
    for title, kind in SECTIONS:
        begun = False
        for record in facts.in_order(kind):
            if not begun:
                yield _lines("", f"## {escaped(face.say(title))}", "")
                begun = True
            marks = footnotes.marks([reference(a) for a in facts.sources(record)])
            yield _lines(f"- {_fact(record, facts)}{marks}")
    yield _lines("")
    yield from footnotes.written(face)


def _entry(line: Line, footnotes: Footnotes) -> str:
    day = f"**{escaped(line.day)}** " if line.day else ""
    status = f"*({escaped(line.status)})* " if line.status else ""
    beside = f" *\\[{escaped(line.beside)}\\]*" if line.beside else ""
    return f"- {day}{status}{escaped(line.text)}{beside}{footnotes.marks([c.source for c in line.sources])}"


def _fact(record: Record, facts: Facts) -> str:
    return escaped(" ".join(brief(record, facts.book).split()))


def _styled(words: str, style: str) -> str:
    if style == "link" and words.startswith(("https://", "http://")):
        return f"<{_address(words)}>"
    return f"*{escaped(words)}*" if style == "italic" and words.strip() else escaped(words)


def _address(words: str) -> str:
    return "".join(f"%{ord(c):02X}" if c in "<> " or c < " " else c for c in words)


def _lines(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def escaped(text: str) -> str:
    """Words of an article that Markdown takes for words."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in text)
