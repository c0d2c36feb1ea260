"""One judgement on many records at once: a decision for each, all of one act, which is taken back in one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dragoman.model import Decision, Record, name_by_content
from dragoman.telling.deciding import BadDecision, propose
from dragoman.telling.pointing import NotOne

if TYPE_CHECKING:
    from dragoman.telling.asked import Asked

AT_ONCE = 500
"""Records that one act is about, at most."""

KINDS = ("accept", "reject", "star", "tag", "note", "join", "split")
"""What can be done with many at once. A join or a split is one decision about all of them."""

TOGETHER = ("join", "split")


class Refused(Record, frozen=True, kw_only=True):
    """A record, as it was named, on which nothing was decided, and why; `gone`: none, or several, are called so."""

    about: str
    why: str
    gone: bool = False


class Proposed(Record, frozen=True, kw_only=True):
    """The decisions of an act, and what it cannot be about; nothing is kept yet."""

    decisions: tuple[Decision, ...]
    refused: tuple[Refused, ...] = ()


def propose_all(
    case: Asked,
    kind: str,
    about: Sequence[str],
    value: str | None = None,
    why: str = "",
    who: str | None = None,
    language: str = "en",
) -> Proposed:
    """The decisions of a kind on many records, which are named or given by id. Nothing is kept.

    A record that cannot be decided on is refused, and the others are not.

    Raises:
        BadDecision, NotOne: no record is named, or more than `AT_ONCE`; or none of them can be decided on; or one of
            those that are to be joined or split.
    """
    named = list(dict.fromkeys(one.strip() for one in about if one.strip()))
    if kind not in KINDS:
        raise BadDecision(f"{kind!r} cannot be done with many at once; what can: {', '.join(KINDS)}.")
    if not named:
        raise BadDecision("nothing was chosen.")
    if len(named) > AT_ONCE:
        raise BadDecision(f"{len(named)} are more than can be decided on at once; those are {AT_ONCE}.")
    if kind in TOGETHER:
        return Proposed(decisions=(propose(case, kind, named, None, value, why, who, language).decision,))
    made: list[Decision] = []
    refused: list[Refused] = []
    fault: BadDecision | NotOne | None = None
    with case.asking():
        for one in named:
            try:
                made.append(propose(case, kind, [one], None, value, why, who, language).decision)
            except (BadDecision, NotOne) as error:
                refused.append(Refused(about=one, why=str(error), gone=isinstance(error, NotOne)))
                fault = fault or error
    if fault and not made:
        raise fault
    return Proposed(decisions=in_one_act(made), refused=tuple(refused))


def in_one_act(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Decisions with the name of their common act and one moment; one alone is no act."""
    if len(decisions) < 2:
        return tuple(replace(decision, act="") for decision in decisions)
    first = decisions[0]
    told = [
        (d.kind, d.value, *((t.kind, t.article, t.start, t.end, t.name) for t in d.targets))
        for d in decisions
    ]
    act = name_by_content("act", first.who, first.when, first.why, *map(str, told))
    return tuple(replace(decision, act=act, when=first.when) for decision in decisions)
