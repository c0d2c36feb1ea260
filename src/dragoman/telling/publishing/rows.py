"""Records as a site's pages show them: a day, a line in our words, the words that are quoted, their sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256

from dragoman.model.lines import Record
from dragoman.telling.calendar import told_days
from dragoman.telling.exports.chronicle import Line, beside, chapters_of
from dragoman.telling.exports.table import TOGETHER, Facts, Lookup, when_of
from dragoman.telling.interface import Interface
from dragoman.telling.publishing.quoting import Quoting
from dragoman.telling.publishing.redaction import Redactor
from dragoman.telling.wording import (
    commitment_line,
    event_line,
    evidence_of,
    figure_line,
    refs_of,
    source_of,
    state_line,
    title_of,
)

_SAFE = re.compile(r"[a-z]+-[0-9a-f]{16}")

Group = tuple[str, str, list[Record]]
"""Year, month (each "" where it is that of the lines before, or none), and the rows below."""


class Rows:
    """Makes rows, with the words that `quoting` allows."""

    def __init__(self, facts: Facts, redactor: Redactor, face: Interface, quoting: Quoting) -> None:
        self.facts = facts
        self.redactor = redactor
        self.face = face
        self.quoting = quoting
        self.events = Lookup(facts.source.fetch, TOGETHER)

    def name(self, record: str) -> str:
        """What a record is called in addresses and files."""
        outside = self.redactor.id(record)
        return outside if _SAFE.fullmatch(outside) else f"x-{sha256(outside.encode()).hexdigest()[:16]}"

    def page_of(self, kind: str, record: str, root: str = "", at: int = 1) -> str:
        """The page of an article or an actor, from a page `root` below the site's own folder."""
        name = self.name(record)
        return f"{root}{kind}/{name[-2:]}/{name}{'' if at == 1 else f'-{at}'}.html"

    def groups(self, entries: Sequence[Record], root: str) -> list[Group]:
        """Lines of the chronology, in the order of time, under their years and months."""
        of = {e["id"]: e for e in entries}
        found = []
        for chapter in chapters_of(self.facts, entries):
            year = (chapter.year or self.face.say("Undated")) if chapter.opens_year else ""
            rows = []
            for line in chapter.lines:
                entry = of[line.id]
                rows.append(self._entry(entry, line, root))
            found.append((year, chapter.month or "", rows))
        return found

    def _entry(self, entry: Record, line: Line, root: str) -> Record:
        shown = self.quoting.shows(entry)
        told = "" if shown else self._in_our_words(entry)
        return {
            **self._row(entry, told, root),
            "day": line.day,
            "quote": line.text if shown else "",
            "language": line.language,
            "beside": line.beside if shown else "",
            "status": line.status,
            "origins": line.origins,
        }

    def _in_our_words(self, entry: Record) -> str:
        """The surest event of a line, or what and who it is about."""
        self.events.ready(entry["events"])
        known = [event for ref in entry["events"] if (event := self.events.get(ref))]
        if not known:
            return beside(self.facts, entry, self.face) or self.face.say("words not shown")
        surest = min(known, key=lambda event: (-event["confidence"], event["id"]))
        self.facts.parties.ready(refs_of(surest))
        return event_line(surest, self.facts.book)

    def row(self, record: Record, root: str) -> Record:
        """Any other fact."""
        book, face = self.facts.book, self.face
        match record["kind"]:
            case "event":
                return self._row(record, event_line(record, book), root)
            case "statement":
                speaker = book.name(record["speaker"]) or record["speaker_text"] or ""
                how = record["stance"]
                stance = "" if how == "says" else face.say(how)
                made = self._row(record, speaker or face.say("unknown"), root)
                if not self.quoting.shows(record):
                    return {**made, "status": stance, "beside": face.say("words not shown")}
                return {**made, "quote": _one_line(record["content"]), "status": stance}
            case "figure":
                return {
                    **self._row(record, figure_line(record, book), root),
                    "code": face.type_word(record["measure"]),
                }
            case "state":
                return self._row(record, state_line(record, book), root)
            case "commitment":
                return {**self._row(record, commitment_line(record, book), root), "css": record["outcome"]}
        sides = [
            {
                "line": claim["value"],
                "quote": self._words(claim["evidence"]),
                "language": self._language(claim["evidence"][:1]),
                "sources": self._sources(claim["evidence"], root),
                "origins": claim["independent"],
            }
            for claim in record["claims"]
        ]
        return {**self._row(record, record["about"], root), "sides": sides, "sources": []}

    def _row(self, record: Record, line: str, root: str) -> Record:
        evidence = evidence_of(record)
        quoted = record["kind"] not in ("entry", "statement", "dispute") and self.quoting.share >= 1
        status = record.get("status") or record.get("outcome") or ""
        return {
            "id": self.name(record["id"]),
            "css": status,
            "day": "" if record["kind"] in ("figure", "dispute") else told_days(when_of(record), self.face),
            "line": _one_line(line),
            "code": "",
            "status": "" if status in ("", "happened") else self.face.say(status),
            "quote": self._words(evidence) if quoted else "",
            "language": self._language(evidence[:1]),
            "beside": "",
            "sources": self._sources(evidence, root),
            "origins": record.get("independent") or 1,
            "sides": [],
        }

    def _words(self, evidence: Sequence[Record]) -> str:
        """The first words that show something, where they may be quoted."""
        if not evidence or not self.quoting.allows(*(evidence[0][k] for k in ("article", "start", "end"))):
            return ""
        return _one_line(evidence[0]["text"])

    def _language(self, evidence: Sequence[Record]) -> str:
        return str(self.facts.articles.get(evidence[0]["article"]).get("language") or "") if evidence else ""

    def _sources(self, evidence: Sequence[Record], root: str) -> list[Record]:
        found: dict[str, Record] = {}
        for proof in evidence:
            article = self.facts.articles.get(proof["article"])
            if not article or article["id"] in found:
                continue
            shown = self.quoting.allows(article["id"], proof["start"], proof["end"])
            found[article["id"]] = {
                "name": _one_line(source_of(article)),
                "day": told_days(article["published"], self.face) if article["published"] else "",
                "href": self.page_of("article", article["id"], root)
                + (f"#w{proof['start']}" if shown else ""),
                "repeats": bool(proof.get("copy_of")),
            }
        return list(found.values())

    def article(self, article: Record, root: str) -> Record:
        """A line in the list of articles."""
        return {
            "day": told_days(article["published"], self.face),
            "source": _one_line(source_of(article)),
            "title": _one_line(title_of(article)),
            "language": article["language"],
            "repeats": bool(article["copies_of"]),
            "href": self.page_of("article", article["id"], root),
        }


def quotes(article: Record, spans: Sequence[tuple[int, int]]) -> list[tuple[str, list[str]]]:
    """The words of an article that are quoted, each stretch once, with the anchors that stand before it."""
    return [(words, anchors) for words, marked, anchors in pieces(article, spans) if marked]


def pieces(article: Record, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool, list[str]]]:
    """An article in stretches, quoted and not, each with the anchors of the quotations that begin in it."""
    text, at = article["text"], 0
    found: list[tuple[str, bool, list[str]]] = []
    for start, end, begun in _together(sorted(set(spans)), len(text)):
        if at < start:
            found.append((text[at:start], False, []))
        found.append((text[start:end], True, [f"w{n}" for n in begun]))
        at = end
    return [*found, (text[at:], False, [])] if at < len(text) else found


def _together(spans: Sequence[tuple[int, int]], length: int) -> Iterator[tuple[int, int, list[int]]]:
    """Stretches of spans that overlap, as one, with where each of them begins."""
    start = end = -1
    begun: dict[int, None] = {}
    for first, last in spans:
        if not 0 <= first < last <= length:
            continue
        if first < end:
            end = max(end, last)
            begun[first] = None
            continue
        if end > start:
            yield start, end, list(begun)
        start, end, begun = first, last, {first: None}
    if end > start:
        yield start, end, list(begun)


def _one_line(text: str) -> str:
    return " ".join(text.split())
