"""What people decided, applied: to the reports of articles before they are merged, to the records after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, TypeVar

import msgspec

from dragoman.model import Actor, CaseRecord, Decision, Entry, Evidence, Place, Span, Target, When
from dragoman.model.settable import ANCHORS, NAMED, fields

Key = TypeVar("Key")
R = TypeVar("R", bound=CaseRecord)


class Verdicts:
    """The decisions that stand, by what they are about. Built once for a link."""

    def __init__(self, decisions: Sequence[Decision] = ()) -> None:
        self.decisions = tuple(decisions)
        self.named: dict[tuple[str, str], str] = {}
        self._rejected: dict[tuple[str, str], dict[tuple[int, int], bool]] = {}
        for decision in self.decisions:
            if decision.kind in ("reject", "accept"):
                for t in decision.targets:
                    spans = self._rejected.setdefault((t.kind, t.article), {})
                    spans[t.start, t.end] = decision.kind == "reject"

    def rejects(self, kind: str, article: str, span: Span) -> bool:
        """True where the last word on a report whose trigger or content is `span` is that it is wrong."""
        spans = self._rejected.get((kind, article))
        return bool(spans) and _judged(spans, span) is True

    def accepts(self, kind: str, article: str, span: Span) -> bool:
        """True where a person said that the report is right."""
        spans = self._rejected.get((kind, article))
        return bool(spans) and _judged(spans, span) is False

    def know(self, records: Iterable[Actor | Place]) -> None:
        """Learn who and where is meant by the names that people set; a name that several bear is the first's."""
        if any(d.kind in ("set", "add") for d in self.decisions):
            found = sorted(records, key=lambda r: r.id)
            for names in (lambda r: (r.name, r.id), lambda r: r.forms):
                for record in found:
                    side = "place" if isinstance(record, Place) else "actor"
                    for name in names(record):
                        self.named.setdefault((side, name.casefold()), record.id)

    def meant(self, field: str, name: str) -> str:
        """The id of whom or what a name stands for in a field; the name itself where nobody bears it."""
        sides = ("place", "actor") if field == "place" else ("actor", "place")
        return next((ref for side in sides if (ref := self.named.get((side, name.casefold())))), name)

    def resolved(self, field: str, value: str) -> str:
        """A value of one of the fields `NAMED`, with ids for the names in it."""
        return "; ".join(self.meant(field, name.strip()) for name in value.split(";") if name.strip())

    def rejected(self, kind: str) -> list[Target]:
        """What a person said is wrong and did not later accept, for records that no article tells by itself."""
        last: dict[Target, bool] = {}
        for decision in self.decisions:
            if decision.kind in ("reject", "accept"):
                last.update({t: decision.kind == "reject" for t in decision.targets if t.kind == kind})
        return [t for t, wrong in last.items() if wrong]

    def groups(self, kind: str, verdict: str) -> list[tuple[Target, ...]]:
        """The targets of each `join` or `split` of this kind of record, oldest first."""
        return [
            d.targets for d in self.decisions if d.kind == verdict and d.targets and d.targets[0].kind == kind
        ]


def _judged(spans: dict[tuple[int, int], bool] | None, span: Span) -> bool | None:
    found = [verdict for (start, end), verdict in (spans or {}).items() if span.meets(Span(start, end))]
    return found[-1] if found else None


def judged_lines(lines: Iterable[Entry], verdicts: Verdicts) -> tuple[Entry, ...]:
    """The lines of the chronology but those whose sentence a person rejected; what a person accepted is not doubtful.

    The facts that a line rests on are judged by themselves: a line may be wrong where they are not.
    """
    left = [line for line in lines if not verdicts.rejects("entry", line.article, line.span)]
    return tuple(
        msgspec.structs.replace(line, doubtful=False, doubts=())
        if line.doubtful and verdicts.accepts("entry", line.article, line.span)
        else line
        for line in left
    )


class Ties:
    """Which keys must be one record and which must not: union and find, with walls between groups."""

    def __init__(self) -> None:
        self._up: dict[Any, Any] = {}
        self._walls: set[frozenset[Any]] = set()

    def find(self, key: Any) -> Any:
        root = key
        while (up := self._up.get(root, root)) != root:
            root = up
        while (up := self._up.get(key, key)) != root:
            self._up[key], key = root, up
        return root

    def join(self, keys: Iterable[Any]) -> None:
        for a, b in pairwise(sorted(set(keys))):
            first, second = sorted((self.find(a), self.find(b)))
            self._up[second] = first

    def split(self, groups: Sequence[Iterable[Any]]) -> None:
        """No two of these groups are one."""
        firsts = [sorted(g) for g in groups]
        for i, left in enumerate(firsts):
            for right in firsts[i + 1 :]:
                self._walls.update(frozenset((a, b)) for a in left for b in right if a != b)

    def apart(self, left: Iterable[Any], right: Iterable[Any]) -> bool:
        """True where a wall stands between any of the one and any of the other."""
        if not self._walls:
            return False
        others = list(right)
        return any(frozenset((a, b)) in self._walls for a in left for b in others)


def override(records: Iterable[R], verdicts: Verdicts) -> tuple[R, ...]:
    """Records with the fields that people set, and without the records that they rejected as a whole.

    `value` of a stretch of days is `2024-06-12` or `2024-06-01/2024-06-30`, open ends left empty; of a
    list, its items with `; ` between them; of a side or a place, its name or id; "" stands for unknown.
    """
    setting = [d for d in verdicts.decisions if d.kind in ("set", "rename")]
    if not setting:
        return tuple(records)
    return tuple(_changed(record, setting, verdicts) for record in records)


def _changed(record: R, setting: Sequence[Decision], verdicts: Verdicts) -> R:
    kind = str(record.__struct_config__.tag)
    for decision in setting:
        if not any(t.kind == kind and is_meant(record, t) for t in decision.targets):
            continue
        field = (
            decision.field if decision.kind == "set" else ("title" if hasattr(record, "title") else "name")
        )
        if field and field in fields(kind):
            value = decision.value
            if field in NAMED and value:
                value = verdicts.resolved(field, value)
            record = msgspec.structs.replace(record, **{field: as_field(kind, field, value)})
    return record


def is_meant(record: CaseRecord, target: Target) -> bool:
    """True where a target names this record: by a place in an article where it is told or named."""
    if record.__struct_config__.tag == "article":
        return getattr(record, "id", None) == target.article
    if record.__struct_config__.tag == "storyline":
        return target.article in getattr(record, "articles", ())
    wanted = Span(target.start, target.end)
    evidence = [*getattr(record, "evidence", ())]
    evidence += [e for claim in getattr(record, "claims", ()) for e in claim.evidence]
    told = [
        (e.article, span)
        for e in evidence
        if e.article == target.article
        for span in _words_of(target.kind, e)
    ]
    told += [(m.article, Span(m.start, m.end)) for m in getattr(record, "mentions", ())]
    met = any(article == target.article and wanted.meets(span) for article, span in told)
    return met and (target.name is None or target.name in getattr(record, "forms", (target.name,)))


def _words_of(kind: str, evidence: Evidence) -> tuple[Span, ...]:
    held = evidence.fields.get(ANCHORS.get(kind, ""))
    if held is None:
        return (Span(evidence.start, evidence.end),)
    return (held,) if isinstance(held, Span) else held


def as_field(kind: str, field: str, value: str | None) -> Any:
    """What a field of a kind of record holds, of a value as decisions keep it."""
    form = fields(kind)[field].form
    if form == "day":
        if not value:
            return None
        start, _, end = value.partition("/")
        return When(
            start=start or None,
            end=(end or None) if "/" in value else start,
            basis="stated",
            why="set by hand",
        )
    if form in ("names", "list"):
        return tuple(item for item in (value or "").split("; ") if item)
    if form == "number":
        return float(value) if value else None
    if form == "truth":
        return value == "true"
    return value or None
