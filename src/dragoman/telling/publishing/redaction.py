"""Records without those who are hidden: the source of a site, behind which no page ever sees a hidden name.

Names are taken out of articles as wholes, and what stands of an article anywhere is cut out of what was made of it, so
that the same words are told the same way on every page and places of words stay right.
"""

from __future__ import annotations

import hmac
import re
from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from dragoman.model.lines import Record
from dragoman.naming.folding import fold
from dragoman.store.questions import Ask, every, facts, forms
from dragoman.telling.exports.source import Stored
from dragoman.telling.interface import Interface
from dragoman.telling.publishing.hidden import BEGIN, RUN, WITHHELD, Hidden, hide, words_of
from dragoman.telling.publishing.spotting import Rewritten, Spotter, common_words, rewritten

if TYPE_CHECKING:
    from sqlalchemy import Connection


KEPT = 4_000
"""Articles whose texts without hidden names are held; those used longest ago are made again."""

CODES = frozenset(
    {
        *(
            "kind",
            "type",
            "mode",
            "status",
            "basis",
            "language",
            "languages",
            "measure",
            "dispute_kind",
            "stance",
        ),
        *("outcome", "published", "known_from", "start", "end", "day", "rule", "doubts", "contexts"),
    }
)
"""Fields that hold codes and days of the program's own; whatever else is text may hold a name."""

ID = re.compile(r"[a-z]+-[0-9a-f]{16}")
"""The id of a record, see `model.basics.name_by_content`."""


class Redactor:
    """Takes hidden names out of texts and records. Without anybody hidden it leaves them as they are."""

    def __init__(
        self,
        spotter: Spotter,
        face: Interface,
        key: bytes = b"",
        same: Mapping[str, Hidden] | None = None,
    ) -> None:
        self.spotter = spotter
        self.withheld = face.say(WITHHELD)
        self.same = dict(same or {})
        """Ids of records that are one with somebody hidden, by all that they are called."""
        self._key = key

    @property
    def hidden(self) -> tuple[Hidden, ...]:
        return self.spotter.hidden

    def text(self, text: str) -> str:
        """A text with its hidden names replaced."""
        spots = self.spotter.spots(text)
        return rewritten(text, spots, self.withheld).text if spots else text

    def rewritten(self, text: str) -> Rewritten:
        return rewritten(text, self.spotter.spots(text), self.withheld)

    def names_any(self, text: str) -> bool:
        return bool(self.spotter.spots(text))

    def id(self, name: str) -> str:
        """What a record is called outside: its id, or where somebody is hidden a name from which none can be guessed.

        An id is made of a name by a known rule, so whoever suspects a name could hold it against the id.
        """
        if not self.hidden:
            return name
        kind = name.partition("-")[0] if ID.fullmatch(name) else "record"
        return f"{kind}-{hmac.new(self._key, name.encode(), sha256).hexdigest()[:16]}"

    def ref(self, ref: str) -> str:
        """The id of whom a field means: of one who is hidden always the same. Words stay words, without names."""
        if ref in self.same:
            return _first(self.same[ref])
        return ref if ID.fullmatch(ref) else self.text(ref)

    def record(self, record: Record, text_of: Mapping[str, Rewritten]) -> Record:
        """A record without hidden names. `text_of`: the articles that it is told in, as they are now."""
        if not self.hidden:
            return record
        if record["kind"] in ("actor", "place") and (one := self.same.get(record["id"])):
            return _hidden_record(record, one)
        made: Record = {k: self._value(k, v, text_of) for k, v in record.items()}
        if record["kind"] == "entry":
            text = text_of[record["article"]]
            made["span"] = _span(text, record["span"])
            made["text"] = text.text[slice(*made["span"])]
            made["context"] = [
                {**new, "at": text.at(old["at"], end=True)}
                for old, new in zip(record["context"], made["context"], strict=True)
            ]
        elif record["kind"] == "article":
            made["text"] = text_of[record["id"]].text
        elif "forms" in record:
            made["forms"] = list(dict.fromkeys(made["forms"]))
        return made

    def _value(self, name: str, value: Any, text_of: Mapping[str, Rewritten]) -> Any:
        if isinstance(value, str):
            if name in CODES and not (name == "type" and not value.isascii()):
                return value
            return self.address(value) if name == "url" else self.ref(value)
        if isinstance(value, dict):
            text = text_of.get(value.get("article") or "")
            if text is not None and isinstance(value.get("start"), int):
                return self._words(value, text, text_of)
            return {k: self._value(k, v, text_of) for k, v in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._value(name, one, text_of) for one in value]
        return value

    def _words(self, proof: Record, text: Rewritten, text_of: Mapping[str, Rewritten]) -> Record:
        """Words in an article, with the places of all that is marked in them."""
        start, end = _span(text, (proof["start"], proof["end"]))
        rest = {k: v for k, v in proof.items() if k not in ("start", "end", "text", "fields")}
        made = {k: self._value(k, v, text_of) for k, v in rest.items()} | {"start": start, "end": end}
        if "text" in proof:
            whole = proof.get("kind") not in (
                "name",
                "day",
                "year",
            )  # what a bracket says is no slice of an article
            made["text"] = text.text[start:end] if whole else self.text(proof["text"])
        if "fields" in proof:
            made["fields"] = {name: _spans(text, held) for name, held in proof["fields"].items()}
        return {k: made[k] for k in proof}

    def address(self, url: str) -> str | None:
        """An address, or None where it names somebody who is hidden."""
        return None if self.names_any(url) or self.names_any(unquote(url)) else url


def _hidden_record(record: Record, one: Hidden) -> Record:
    told = {
        "name": one.pseudonym,
        "forms": [one.pseudonym],
        "roles": [],
        "country": None,
        "lat": None,
        "lon": None,
    }
    return {**record, **{k: v for k, v in told.items() if k in record}, "id": _first(one)}


def _first(one: Hidden) -> str:
    return min(one.ids)


def _span(text: Rewritten, span: Sequence[int]) -> list[int]:
    return [text.at(span[0]), text.at(span[1], end=True)]


def _spans(text: Rewritten, held: Any) -> Any:
    if held and isinstance(held[0], int):
        return _span(text, held)
    return [_span(text, one) for one in held]


class Published(Stored):
    """The records of a case as a site shows them: sure ones only or all, without hidden names and without the folders
    that articles came from; articles that name somebody hidden have no address, since it would lead to the name."""

    def __init__(self, connection: Connection, ask: Ask, redactor: Redactor) -> None:
        super().__init__(connection, ask)
        self.redactor = redactor
        self._texts: OrderedDict[str, tuple[Rewritten, bool]] = OrderedDict()

    def of(self, kind: str) -> Iterator[Record]:
        return self._shown(super().of(kind))

    def fetch(self, names: Sequence[str]) -> dict[str, Record]:
        found = super().fetch(names)
        return dict(zip(found, self._shown(iter(found.values())), strict=True))

    def parties(self, names: Sequence[str]) -> dict[str, Record]:
        found = super().parties(names)
        return {name: self.redactor.record(r, {}) for name, r in found.items()}

    def some(self, kind: str, limit: int, skip: int = 0, **conditions: Any) -> list[Record]:
        """Records of a kind that meet further conditions of `Ask`, in order."""
        assert self.ask is not None
        asked = replace(self.ask, kinds=(kind,), **conditions)
        return list(self._shown(iter(facts(self.connection, asked, limit, skip))))

    def shown(self, records: Sequence[Record]) -> list[Record]:
        """Records of the case as the site shows them."""
        return list(self._shown(iter(records)))

    def _shown(self, records: Iterator[Record]) -> Iterator[Record]:
        for record in records:
            if record["kind"] == "article":
                record = {**record, "path": record["path"].replace("\\", "/").rsplit("/", 1)[-1]}
            elif record["kind"] in ("actor", "place"):
                record = {k: v for k, v in record.items() if k != "mentions"} | {
                    "mentioned": len(record["mentions"])
                }
            if not self.redactor.hidden:
                yield record
                continue
            texts = self._texts_of(record)
            made = self.redactor.record(record, {name: text for name, (text, _) in texts.items()})
            if record["kind"] == "article" and texts[record["id"]][1]:
                made["url"] = None
            yield made

    def _texts_of(self, record: Record) -> dict[str, tuple[Rewritten, bool]]:
        """The articles that a record stands in, without hidden names; and whether each had any."""
        if record["kind"] == "article":
            self._keep(record)
            return {record["id"]: self._texts[record["id"]]}
        names = sorted(_articles_in(record))
        missing = [name for name in names if name not in self._texts]
        for article in super().fetch(missing).values():
            self._keep(article)
        found = {name: self._texts[name] for name in names if name in self._texts}
        while len(self._texts) > KEPT:
            self._texts.popitem(last=False)
        return found

    def _keep(self, article: Record) -> None:
        if article["id"] in self._texts:
            self._texts.move_to_end(article["id"])
            return
        made = self.redactor.rewritten(article["text"])
        told = (article["title"], article["byline"], article["outlet"], article["url"])
        named = made.text != article["text"] or any(self.redactor.names_any(one) for one in told if one)
        self._texts[article["id"]] = (made, named)


def _articles_in(value: Any) -> set[str]:
    """Ids of the articles whose words a record holds."""
    found: set[str] = set()
    if isinstance(value, dict):
        if isinstance(value.get("article"), str):
            found.add(value["article"])
        for held in value.values():
            if isinstance(held, (dict, list, tuple)):
                found |= _articles_in(held)
    elif isinstance(value, (list, tuple)):
        for held in value:
            if isinstance(held, (dict, list, tuple)):
                found |= _articles_in(held)
    return found


def redactor(connection: Connection, names: Sequence[str], face: Interface) -> Redactor:
    """What hides those who are named, with all that the case knows of them."""
    hidden = hide(connection, names, face)
    if not hidden:
        return Redactor(Spotter(()), face)
    hidden_ids = {ref: one for one in hidden for ref in one.ids}
    bare = {fold(run) for one in hidden for form in one.forms for run in RUN.findall(form)}
    shared: set[str] = set()
    others: set[str] = set()
    for ref, called in groupby(forms(connection), key=lambda row: row.id):
        words = {
            form: [fold(run) for run in RUN.findall(form)]
            for form in (row.form for row in called)
            if form != ref
        }
        if ref not in hidden_ids:
            shared |= {word[:BEGIN] for ws in words.values() for word in ws}
            others |= {" ".join(ws) for ws in words.values() if len(ws) > 1 and bare.intersection(ws)}
    for one in hidden:
        words_of(one, shared)
    counts, key = _through_articles(connection, {w.folded for one in hidden for w in one.words})
    spotter = Spotter(hidden, others, common_words(counts))
    made = Redactor(spotter, face, key, hidden_ids)
    for ref, one in _same(connection, made).items():
        made.same[ref] = one
        one.ids |= {ref}
    return made


def _same(connection: Connection, made: Redactor) -> dict[str, Hidden]:
    """Actors and places of the case who are called by nothing but names of one who is hidden."""
    by_name = {one.pseudonym: one for one in made.hidden}
    found: dict[str, Hidden] = {}
    for ref, rows in groupby(forms(connection), key=lambda row: row.id):
        if ref in made.same:
            continue
        told = {made.text(row.form.title()) for row in rows if row.form != ref}
        if len(told) == 1 and (one := by_name.get(told.pop())):
            found[ref] = one
    return found


def _through_articles(connection: Connection, words: set[str]) -> tuple[dict[str, tuple[int, int]], bytes]:
    """How often each word stands in the articles, written small and in all; and a key made of all of them."""
    small: Counter[str] = Counter()
    all_of: Counter[str] = Counter()
    key = sha256()
    for article in every(connection, Ask(kinds=("article",))):
        key.update(article["id"].encode() + sha256(article["text"].encode("utf-8", "replace")).digest())
        for run in RUN.findall(article["text"]):
            if (folded := fold(run)) in words:
                all_of[folded] += 1
                small[folded] += run.islower()
    return {word: (small[word], n) for word, n in all_of.items()}, key.digest()
