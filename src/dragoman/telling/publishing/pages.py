"""The pages of a site, one after the other, each of a bounded size and written as soon as it is made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import chain, islice
from typing import Any

from dragoman import __version__
from dragoman.model.lines import Record
from dragoman.store import chronology
from dragoman.store.counts import tally
from dragoman.store.questions import Ask
from dragoman.telling.calendar import told_days
from dragoman.telling.exports.pieces import json_line
from dragoman.telling.exports.table import FACTS, Facts
from dragoman.telling.interface import Interface, to_say
from dragoman.telling.publishing.folder import Folder
from dragoman.telling.publishing.quoting import Quoting
from dragoman.telling.publishing.redaction import ID, Published
from dragoman.telling.publishing.rows import Rows, pieces, quotes
from dragoman.telling.wording import evidence_of, refs_of, source_of, title_of

PAGE = 100
"""Rows of a page."""

FRONT = 30
"""Lines of the first page, the weightiest."""

SHARD = 500
"""Lines of a piece of what is searched."""

SOURCES = 12
"""Sources named beside a row; the others are counted."""

FORMS = 20
"""Spellings named beside an actor in the list."""

SECTIONS = (
    ("chronology", "entry", to_say("Chronology")),
    ("events", "event", to_say("Events")),
    ("statements", "statement", to_say("Statements")),
    ("figures", "figure", to_say("Figures")),
    ("disputes", "dispute", to_say("Disputes")),
    ("promises", "commitment", to_say("Promises")),
    ("states", "state", to_say("States")),
    ("actors", "actor", to_say("Actors")),
    ("articles", "article", to_say("Articles")),
)
"""Folder of a list, the kind that it lists, its name."""

Searched = tuple[Record, str]
"""A row, and the page that it stands on."""


class Site:
    """Writes a site into a folder.

    Attributes:
        share: The largest share of an article, 0 to 1, that is quoted where not the whole of it is shown.
    """

    def __init__(
        self,
        published: Published,
        folder: Folder,
        face: Interface,
        title: str,
        whole: bool,
        share: float,
        remark: str,
    ) -> None:
        self.published = published
        self.folder = folder
        self.face = face
        self.title = published.redactor.text(title)
        self.whole = whole
        self.remark = remark
        self.share = 0.0
        self.facts = Facts(published, face.language)
        self.quoting = Quoting(published, 1.0 if whole else share)
        self.rows = Rows(self.facts, published.redactor, face, self.quoting)
        self.counts = {kind: published.count(kind) for _, kind, _ in SECTIONS}
        self.sections = [
            (name, face.say(text), self.counts[kind]) for name, kind, text in SECTIONS if self.counts[kind]
        ]
        self._environment = _environment()
        self._shards = 0
        self._years: dict[str, int] = {}

    def write(self) -> None:
        for name in ("site.css", "site.js"):
            self.folder.write(name, [_asset(name)])
        lists = (self._list(*one) for one in SECTIONS if one[1] in FACTS and self.counts[one[1]])
        self._into_shards(chain(self._chronology(), chain.from_iterable(lists)))
        self._front()
        self._actors()
        self._articles()
        self._page("search.html", "search.html", self.face.say("Search"), "", shards=self._shards)
        self.folder.write("data.jsonl", self._data())

    # --- pages

    def _page(self, path: str, template: str, heading: str, section: str, at: int = 1, **held: Any) -> None:
        html = self._environment.get_template(template).render(
            title=self.title,
            heading=heading,
            language=self.face.language,
            say=self.face.say,
            version=__version__,
            sections=self.sections,
            section=section,
            at=at,
            root="../" * path.count("/"),
            MOST=SOURCES,
            **held,
        )
        self.folder.write(path, [html.encode()])

    def _chronology(self) -> Iterator[Searched]:
        """Write the lines."""
        last = -(-self.counts["entry"] // PAGE)
        records = self.facts.of("entry")
        for at in range(1, last + 1):
            some = list(islice(records, PAGE))
            for entry in some:
                if day := entry["start"] or entry["end"]:
                    self._years.setdefault(day[:4].lstrip("0"), at)
            groups = self.rows.groups(some, "../")
            path, heading = f"chronology/{at}.html", self.face.say("Chronology")
            self._page(
                path, "list.html", heading, "chronology", at, last=last, name=_sheet, groups=groups, note=""
            )
            yield from ((row, path) for _, _, rows in groups for row in rows)

    def _front(self) -> None:
        """The first page, written when the others are: it says where each year begins."""
        wanted = chronology.Lines(doubtful=not self.published.sure)
        connection = self.published.connection
        front = self.published.shown(chronology.weightiest(connection, wanted, FRONT))
        counted = chronology.count(connection, wanted)
        dated = counted.dated + (counted.doubtful_dated if wanted.doubtful else 0)
        self._page(
            "index.html",
            "index.html",
            self.title,
            "",
            articles=self.counts["article"],
            span=self._span(),
            remark=self.remark,
            share=round(100 * self.quoting.share) if self.quoting.share < 1 else 0,
            hidden=len(self.published.redactor.hidden),
            years=sorted(self._years.items(), key=lambda year: int(year[0] or 0)),
            groups=self.rows.groups(front, ""),
            shown=len(front),
            dated=dated,
        )

    def _span(self) -> str:
        """From the first day of publication to the last, where any is known."""
        found = sorted(tally(self.published.connection, Ask(kinds=("article",)), "year"))
        return "–".join(dict.fromkeys((found[0], found[-1]))) if found else ""

    def _list(self, name: str, kind: str, text: str) -> Iterator[Searched]:
        """Write a list of facts of a kind."""
        heading, last = self.face.say(text), -(-self.counts[kind] // PAGE)
        hidden = self.published.doubtful(kind)
        note = self.face.say("{n} doubtful left out", n=hidden) if hidden else ""
        records = self.facts.of(kind)
        for at in range(1, last + 1):
            rows = [self.rows.row(record, "../") for record in islice(records, PAGE)]
            path = f"{name}/{at}.html"
            self._page(
                path,
                "list.html",
                heading,
                name,
                at,
                last=last,
                name=_sheet,
                groups=None,
                rows=rows,
                note=note,
            )
            yield from ((row, path) for row in rows)

    def _actors(self) -> None:
        if not self.counts["actor"]:
            return
        known: dict[str, tuple[int, str]] = {}
        for actor in self.facts.of("actor"):  # one who is hidden may be several in the case
            n, name = known.get(actor["id"], (0, actor["name"]))
            known[actor["id"]] = (n + actor["mentioned"], name)
        order = sorted(known, key=lambda ref: (-known[ref][0], known[ref][1], self.rows.name(ref)))
        last = max(1, -(-len(order) // PAGE))
        for at in range(1, last + 1):
            some = order[(at - 1) * PAGE : at * PAGE]
            records = self.published.fetch(some)
            rows = [self._actor(records[ref], known[ref][0]) for ref in some]
            self._page(
                f"actors/{at}.html",
                "actors.html",
                self.face.say("Actors"),
                "actors",
                at,
                last=last,
                name=_sheet,
                rows=rows,
            )

    def _actor(self, actor: Record, mentions: int) -> Record:
        """Write the pages of an actor of whom something is told; gives the row in the list."""
        refs = self._refs(actor["id"])
        forms = [f for f in actor["forms"] if f != actor["name"]]
        kind = self.face.type_word(actor["type"])
        named = sorted(
            {r["title"] + (f" · {self.facts.book.name(r['of'])}" if r["of"] else "") for r in actor["roles"]}
        )
        said = self.published.some("statement", PAGE + 1, actors=refs)
        lines = self.published.some("entry", PAGE + 1, actors=refs)
        at = 1
        while lines or (said and at == 1):
            is_last = len(lines) <= PAGE
            groups = self.rows.groups(lines[:PAGE], "../../")
            self._page(
                self.rows.page_of("actor", actor["id"], at=at),
                "actor.html",
                " ".join(actor["name"].split()),
                "actors",
                at + 1,
                kind=kind,
                mentions=mentions,
                roles="; ".join(named),
                forms=", ".join(forms),
                groups=groups,
                said=[self.rows.row(s, "../../") for s in said[:PAGE]] if at == 1 else [],
                more_said=len(said) > PAGE,
                before=self._beside(actor["id"], at - 1) if at > 1 else "",
                after="" if is_last else self._beside(actor["id"], at + 1),
            )
            at += 1
            if is_last:
                break
            lines = self.published.some("entry", PAGE + 1, (at - 1) * PAGE, actors=refs)
        return {
            "id": self.rows.name(actor["id"]),
            "name": " ".join(actor["name"].split()),
            "kind": kind,
            "mentions": mentions,
            "forms": ", ".join(forms[:FORMS]) + (f" +{len(forms) - FORMS}" if len(forms) > FORMS else ""),
            "href": self.rows.page_of("actor", actor["id"], "../") if at > 1 else "",
        }

    def _refs(self, actor: str) -> tuple[str, ...]:
        """The ids in the case of an actor of the site."""
        redactor = self.published.redactor
        one = redactor.same.get(actor)
        return tuple(sorted(ref for ref, held in redactor.same.items() if held is one)) if one else (actor,)

    def _beside(self, actor: str, at: int) -> str:
        return self.rows.page_of("actor", actor, at=at).rsplit("/", 1)[-1]

    def _articles(self) -> None:
        if not self.counts["article"]:
            return
        last = max(1, -(-self.counts["article"] // PAGE))
        articles = self.published.of("article")
        for at in range(1, last + 1):
            some = list(islice(articles, PAGE))
            for article in some:
                self._article(article)
            self._page(
                f"articles/{at}.html",
                "articles.html",
                self.face.say("Articles"),
                "articles",
                at,
                last=last,
                name=_sheet,
                rows=[self.rows.article(a, "../") for a in some],
            )

    def _article(self, article: Record) -> None:
        told = [
            r for kind in ("entry", *FACTS) for r in self.published.some(kind, PAGE, article=article["id"])
        ]
        self.facts.parties.ready([ref for r in told for ref in refs_of(r)])
        spans = [
            (e["start"], e["end"]) for r in told for e in evidence_of(r) if e["article"] == article["id"]
        ]
        if not self.whole:
            spans = [span for span in spans if self.quoting.allows(article["id"], *span)]
            spans += [*self.quoting.spans(article["id"])] if self.quoting.share < 1 else []
        shown = quotes(article, spans)
        quoted = sum(len(words) for words, _ in shown)
        share = quoted / len(article["text"]) if article["text"] else 0.0
        self.share = max(self.share, 0.0 if self.whole else share)
        copied = self.facts.articles.get(article["copies_of"]) if article["copies_of"] else {}
        address = article["url"] or ""
        self._page(
            self.rows.page_of("article", article["id"]),
            "article.html",
            " ".join(title_of(article).split()),
            "articles",
            2,
            source=" ".join(source_of(article).split()),
            day=told_days(article["published"], self.face) if article["published"] else "",
            article_language=article["language"],
            byline=" ".join((article["byline"] or "").split()),
            address=address if address.startswith(("https://", "http://")) else "",
            of={
                "href": self.rows.page_of("article", copied["id"], "../../"),
                "title": " ".join(title_of(copied).split()),
            }
            if copied
            else None,
            pieces=pieces(article, spans) if self.whole else None,
            quotes=shown,
            share=max(1, round(100 * share)) if shown else 0,
            rows=[self.rows.row(r, "../../") for r in told if r["kind"] != "entry"],
        )

    # --- what is searched, and what programs read

    def _into_shards(self, rows: Iterator[Searched]) -> None:
        while some := list(islice(rows, SHARD)):
            self._shards += 1
            lines = [[row["day"], _words(row), f"{path}#{row['id']}"] for row, path in some]
            held = json.dumps(lines, ensure_ascii=False).replace("<", "\\u003c")
            self.folder.write(f"search/{self._shards}.js", [f"dragomanLines({held});\n".encode()])

    def _data(self) -> Iterator[bytes]:
        """All that the site shows, a record a line, as in the export; words that it does not show are null."""
        for kind in ("article", "actor", "place", "entry", *FACTS):
            for record in self.published.of(kind):
                yield json_line(self._outside(self._cut(record)))

    def _cut(self, record: Record) -> Record:
        """A record without the words that the site does not show."""
        if self.whole:
            return record
        made: Record = self._without(record)
        if record["kind"] == "article":
            return {**made, "text": None}
        if record["kind"] == "entry" and not self.quoting.shows(record):
            return {**made, "text": None}
        if record["kind"] == "statement" and not self.quoting.shows(record):
            return {**made, "content": None}
        return made

    def _without(self, value: Any) -> Any:
        if isinstance(value, dict):
            made = {k: self._without(v) for k, v in value.items()}
            article, start, end = (value.get(k) for k in ("article", "start", "end"))
            if (
                "text" in value
                and isinstance(article, str)
                and isinstance(start, int)
                and isinstance(end, int)
            ):
                made["text"] = value["text"] if self.quoting.allows(article, start, end) else None
            return made
        return [self._without(one) for one in value] if isinstance(value, (list, tuple)) else value

    def _outside(self, value: Any) -> Any:
        """A record with what its ids are outside."""
        if isinstance(value, str):
            return self.published.redactor.id(value) if ID.fullmatch(value) else value
        if isinstance(value, dict):
            return {k: self._outside(v) for k, v in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._outside(one) for one in value]
        return value


def _words(row: Record) -> str:
    """What a row is found by, and shown as among what was found."""
    told = [row["code"], row["line"], row["quote"], row["beside"]]
    told += [said for side in row["sides"] for said in (side["line"], side["quote"])]
    return " · ".join(words for words in told if words)


def _sheet(at: int) -> str:
    return f"{at}.html"


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("dragoman.telling", "templates/site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _asset(name: str) -> bytes:
    from importlib.resources import files

    return files("dragoman.telling").joinpath("templates", "site", name).read_bytes()
