"""What waits for a person: pairs that may be one, dates with two readings, facts of low confidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from dragoman.model import Doubt
from dragoman.model.lines import Record
from dragoman.model.sureness import SURE
from dragoman.store.chronology import Lines, weightiest
from dragoman.store.questions import least_sure, unsure_among
from dragoman.telling.pointing import places
from dragoman.telling.wording import source_of, title_of
from dragoman.workbench.marked import marked_words
from dragoman.workbench.views import View

if TYPE_CHECKING:
    from dragoman.case import Case


KINDS = ("event", "actor", "date", "fact")
"""What may be asked, in the order in which it is."""

LOW = SURE
"""Facts of less confidence wait for a person."""

FEW, MANY = 15, 60
"""Questions of a kind on the page of all kinds, and on the page of one."""

LOOKED_AT = 300
"""Lines of the chronology, and questions of a kind, among which those are looked for that would change most lines."""

AROUND = 90
"""Code points shown before and after a name."""

MENTIONS = 3
"""Places shown in which an actor is named."""


def waiting(case: Case, view: View, kind: str = "", among: Sequence[str] = KINDS) -> list[Record]:
    """What waits, of one kind or of all, as far as it is `among` those: first, in each, what would change most lines of
    the chronology; then the least sure.

    Each has `kind`, `key` (the same on the next visit), `sure` (0 to 1), `why` (codes), `about` (ids), `lines` (how
    many rest on it), and for its kind `sides`, `values` or `fact`.
    """
    found: list[Record] = []
    limit = MANY if kind else FEW
    resting = _resting(view)
    for each in among if not kind else (kind,) if kind in among else ():
        if each == "fact":
            found += _facts(case, view, limit, resting)
        else:
            doubts = case.file.doubts(each, LOOKED_AT)
            doubts.sort(key=lambda d: -max(resting[ref] for ref in (d.left, d.right or d.left)))
            found += _doubts(view, doubts[:limit])
    for question in found:
        question["lines"] = max((resting[ref] for ref in question["about"]), default=0)
    return found


def _resting(view: View) -> Counter[str]:
    """Record -> how many of the weightiest lines of the chronology, doubtful ones too, rest on it or name it."""
    lines = weightiest(view.connection, Lines(doubtful=True), LOOKED_AT)
    return Counter(
        ref
        for line in lines
        for ref in {*line["events"], *line["actors"], *(s["article"] for s in line["sources"])}
    )


def _doubts(view: View, doubts: Sequence[Doubt]) -> list[Record]:
    records = view.fetch([ref for d in doubts for ref in (d.left, d.right) if ref])
    found = []
    for doubt in doubts:
        about = [ref for ref in (doubt.left, doubt.right) if ref]
        if any(ref not in records for ref in about):
            continue
        held = [records[ref] for ref in about]
        question = {
            "kind": doubt.about,
            "key": "|".join((doubt.about, *about)),
            "sure": doubt.sure,
            "why": doubt.why,
            "about": about,
            "field": doubt.field,
            "values": doubt.values,
            "words": doubt.words,
        }
        if doubt.about == "event":
            sides = question["sides"] = _tellings(view, held)
            question["why"] = reasons(doubt.why, sides[0]["differ"])
        elif doubt.about == "actor":
            question["sides"] = [_actor(view, record) for record in held]
        elif held[0]["kind"] == "article":
            question["article"] = {
                "id": held[0]["id"],
                "title": title_of(held[0]),
                "source": source_of(held[0]),
            }
        else:
            question["fact"] = view.shown(held)[0]
        found.append(question)
    return found


SEEN = {"sides_differ": {"who", "whom"}, "place_unknown": {"place"}}
"""Reasons -> the fields in which a person looks for them."""


def reasons(why: Sequence[str], differ: Set[str]) -> list[str]:
    """Why two tellings may be two events, without what does not show in them: where neither names a side, these do not
    differ."""
    return [code for code in why if code not in SEEN or SEEN[code] & differ]


def _tellings(view: View, events: Sequence[Record]) -> list[Record]:
    """Two events side by side; `differ` names the fields in which they do."""
    shown = view.shown(events)
    differ = {
        field
        for field in ("day", "who", "whom", "place", "code", "status")
        if shown[0][field] != shown[1][field]
    }
    titles = view.fetch([f["proof"][0]["article"] for f in shown if f["proof"]])
    sides = []
    for fact in shown:
        proof = fact["proof"][0] if fact["proof"] else None
        sides.append(
            {
                "fact": fact,
                "differ": differ,
                "pieces": marked_words(proof) if proof else [],
                "title": title_of(titles[proof["article"]]) if proof and proof["article"] in titles else "",
            }
        )
    return sides


def _actor(view: View, actor: Record) -> Record:
    mentions = actor["mentions"]
    articles = list(dict.fromkeys(m["article"] for m in mentions))
    texts = view.fetch(articles[:MENTIONS])
    shown = []
    for name in articles[:MENTIONS]:
        first = next(m for m in mentions if m["article"] == name)
        if name in texts:
            shown.append(
                {"article": name, "source": source_of(texts[name]), **_around(texts[name]["text"], first)}
            )
    return {
        "id": actor["id"],
        "name": actor["name"],
        "type": actor["type"],
        "country": actor["country"],
        "forms": [f for f in actor["forms"] if f != actor["name"]],
        "roles": [(r["title"], view.named([r["of"]] if r["of"] else [])) for r in actor["roles"][:4]],
        "articles": len(articles),
        "mentions": shown,
    }


def _around(text: str, mention: Record) -> Record:
    start, end = mention["start"], mention["end"]
    return {
        "before": text[max(0, start - AROUND) : start],
        "name": text[start:end],
        "after": text[end : end + AROUND],
    }


def _facts(case: Case, view: View, limit: int, resting: Counter[str]) -> list[Record]:
    weighty = unsure_among(view.connection, sorted(resting), LOW)
    least = [r for r in least_sure(view.connection, LOW, limit) if r["id"] not in resting]
    weighty.sort(key=lambda r: (-resting[r["id"]], r["confidence"], r["id"]))
    doubtful = [*weighty, *least][:limit]
    settled = {
        (t.article, t.start, t.end) for _, d, stands in case.file.decisions() if stands for t in d.targets
    }
    left = [r for r in doubtful if settled.isdisjoint(places(r))]
    return [
        {
            "kind": "fact",
            "key": f"fact|{fact['id']}",
            "sure": fact["confidence"],
            "why": (),
            "about": [fact["id"]],
            "fact": fact,
        }
        for fact in view.shown(left)
    ]


def counts(case: Case, facts: int) -> dict[str, int]:
    """How many wait of each kind; `facts` of low confidence."""
    found = {**case.file.doubts_by_kind(), "fact": facts}
    return {kind: found.get(kind, 0) for kind in KINDS}
