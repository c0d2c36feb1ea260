"""Two people's decisions on one case, as a file: what is new, what is known, and where they contradict each other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from dragoman.model import MARKS, VIEWS, Decision, Target
from dragoman.telling.deciding import BadDecision, check

Kept = tuple[int, Decision, bool]

HEAD = {"dragoman": "decisions", "version": 1}
"""The first line of a file of decisions."""


class _Head(msgspec.Struct):
    dragoman: str = ""
    version: int = 0


def written(decisions: Iterable[Kept]) -> Iterator[str]:
    """The decisions that stand, a JSON line each, oldest first, under a head."""
    yield json.dumps(HEAD)
    for _, decision, stands in decisions:
        if stands:
            yield json.dumps(msgspec.to_builtins(decision), ensure_ascii=False)


def read_back(text: str) -> list[Decision]:
    """The decisions of such a file.

    Raises:
        BadDecision: it is none, or a line of it cannot be applied; the message names the line.
    """
    lines = text.removesuffix("\n").split("\n")  # a note may hold what else parts lines
    try:
        head = msgspec.json.decode(lines[0], type=_Head)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        head = _Head()
    if head.dragoman != HEAD["dragoman"]:
        raise BadDecision("this is no file of decisions; one is made by: dragoman decisions export CASE FILE")
    if head.version != HEAD["version"]:
        raise BadDecision("this file of decisions is of a newer version of Dragoman.")
    found = []
    for number, line in enumerate(lines[1:], start=2):
        try:
            decision = msgspec.json.decode(line, type=Decision)
            check(decision)
        except (msgspec.DecodeError, BadDecision, UnicodeEncodeError, RecursionError) as error:
            raise BadDecision(f"line {number}: {error}") from error
        found.append(_plain(decision))
    return found


@dataclass(frozen=True, slots=True)
class Conflict:
    """A decision of the file, and the one of the case, by its number, that says otherwise; `stands` is False where
    the same was decided here and taken back."""

    theirs: Decision
    number: int
    mine: Decision
    stands: bool


@dataclass(frozen=True, slots=True)
class Joined:
    """What a file of decisions would bring: those to be kept, how many are in the case already, and conflicts."""

    new: list[Decision] = field(default_factory=list)
    known: int = 0
    conflicts: list[Conflict] = field(default_factory=list)

    def taken(self, take: str | None, who: str) -> list[Decision]:
        """What is to be kept, brought by `who`: the new, and with `take` as "theirs" those that contradict."""
        some = [*self.new, *((c.theirs for c in self.conflicts) if take == "theirs" else ())]
        return [msgspec.structs.replace(decision, brought_by=who) for decision in some]


def join(mine: Sequence[Kept], theirs: Sequence[Decision]) -> Joined:
    """Hold the decisions of a file against those of a case. Nothing is kept."""
    new: list[Decision] = []
    conflicts: list[Conflict] = []
    known = 0
    same = {_plain(d): (n, stands) for n, d, stands in mine}
    standing = [(n, d) for n, d, stands in mine if stands]
    said = {_said(d) for _, d in standing}
    about: dict[tuple[str, str], list[int]] = {}
    for at, (_, d) in enumerate(standing):
        for key in _about(d):
            about.setdefault(key, []).append(at)
    for decision in dict.fromkeys(theirs):
        if decision in same:
            number, stands = same[decision]
            if stands:
                known += 1
            else:
                conflicts.append(Conflict(decision, number, decision, False))
            continue
        near = sorted({at for key in _about(decision) for at in about.get(key, ())}, reverse=True)
        against = next((standing[at] for at in near if contradict(standing[at][1], decision)), None)
        if against:
            conflicts.append(Conflict(decision, *against, True))
        elif _said(decision) in said:
            known += 1
        else:
            new.append(decision)
    return Joined(new, known, conflicts)


def _plain(decision: Decision) -> Decision:
    """A decision as it was made: who brought it where is no part of it."""
    return msgspec.structs.replace(decision, brought_by="") if decision.brought_by else decision


def contradict(one: Decision, other: Decision) -> bool:
    """True where two decisions cannot both be meant."""
    kinds = {one.kind, other.kind}
    if kinds & set(MARKS):
        return False
    if kinds & set(VIEWS):
        same = kinds <= set(VIEWS) and (one.value or "").casefold() == (other.value or "").casefold()
        return same and (one.kind, one.given) != (other.kind, other.given)
    if "remove" in kinds and kinds != {"remove"}:
        left, rest = (one, other) if one.kind == "remove" else (other, one)
        return not {t.article for t in left.targets}.isdisjoint(t.article for t in rest.targets)
    meeting = sum(any(_meet(a, b) for b in other.targets) for a in one.targets)
    if kinds == {"join", "split"}:
        return meeting > 1
    if not meeting:
        return False
    if kinds in ({"accept", "reject"}, {"reject", "set"}):
        return True
    if kinds == {"set"}:
        return one.field == other.field and one.value != other.value
    return kinds == {"rename"} and one.value != other.value


def _about(decision: Decision) -> set[tuple[str, str]]:
    """What a decision is about: two that have none of it in common cannot contradict each other."""
    if decision.kind in VIEWS:
        return {("view", (decision.value or "").casefold())}
    named = {("name", t.name) for t in decision.targets if t.name}
    return {("article", t.article) for t in decision.targets} | named


def _said(decision: Decision) -> tuple[object, ...]:
    """What a decision says, whoever made it when and why."""
    return decision.kind, decision.targets, decision.field, decision.value, decision.given


def _meet(a: Target, b: Target) -> bool:
    if a.kind != b.kind:
        return False
    if a.name and b.name and a.name == b.name:
        return True
    if a.article != b.article:
        return False
    return (a.start, a.end) == (b.start, b.end) or (a.start < b.end and b.start < a.end)
