"""What of a mark is told: fields at their bars, lower ones where a second voice says the same, and how sure it all is.

Two readers that agree are the strongest sign of truth that was measured; what neither is sure of is left empty.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dragoman.encoder.calibration import FIELDS, Bars, logit
from dragoman.encoder.labels import STATUSES, TYPES
from dragoman.model import Status
from dragoman.model.annotation import Participant, ParticipantRole, TimeLink, Trigger
from dragoman.model.event_types import MUTUAL

Stretch = tuple[int, int]
Label = TypeVar("Label", bound=str)
SIDES: tuple[ParticipantRole, ...] = ("who", "whom")
ROLES: tuple[ParticipantRole, ...] = (*SIDES, "place")
LEAST_MODE = 0.5
"""A mode that is less likely than not is not told: a strangling is no shooting."""
EVEN = 0.5
LEAST_CHANCE = 1e-3
"""Of a side's score, so that it has a logarithm."""
BY_SECOND = 0.5
"""The score of days or a place that only the second voice is sure of: right in about three of four cases."""


@dataclass(frozen=True, slots=True)
class Voice:
    """An event as the second voice tells it; spans in code points, days ISO."""

    trigger: Stretch
    sentence: int
    type: str
    mode: str | None
    status: Status
    who: tuple[Stretch, ...] = ()
    whom: tuple[Stretch, ...] = ()
    place: tuple[Stretch, ...] = ()
    start: str | None = None
    end: str | None = None

    def words(self, role: ParticipantRole) -> tuple[Stretch, ...]:
        if role == "place":
            return self.place
        return self.who if role == "who" else self.whom


@dataclass(frozen=True, slots=True)
class Choice:
    """What is told of a mark.

    Attributes:
        time: The days of the mark's own link; None where they are left empty.
        by_second: True where the days are the second voice's, which tells the same deed and knows them.
        scores: The score of each field, None where it is left empty.
    """

    type: str
    mode: str | None
    status: Status
    participants: tuple[Participant, ...]
    time: TimeLink | None
    by_second: bool
    scores: dict[str, float | None]

    def by_role(self, role: ParticipantRole) -> tuple[Participant, ...]:
        return tuple(p for p in self.participants if p.role == role)


def second_of(t: Trigger, sentence: int, voices: Sequence[Voice]) -> Voice | None:
    """What the second voice tells of the same words, else the event of the same type in the sentence."""
    near = [v for v in voices if v.sentence == sentence]
    over = [v for v in near if _meet((t.start, t.end), v.trigger)]
    alike = [v for v in near if v.type == t.type]
    return next(iter([*over, *alike]), None)


def choose(t: Trigger, second: Voice | None, bars: Bars) -> Choice:
    """Decide each field by its bar: the lower one where the second voice says the same."""
    here = second if second is not None and _meet((t.start, t.end), second.trigger) else None
    kind, sure_kind = vote_of(TYPES, t.types, here.type if here else None, bars.votes.get("type", 0.0))
    status, sure_status = vote_of(
        STATUSES, t.statuses, here.status if here else None, bars.votes.get("status", 0.0)
    )
    same = here is not None and here.type == kind
    own = t.mode if kind == t.type and t.mode_score >= LEAST_MODE else None
    mode = here.mode if here is not None and same and here.mode else own
    told: list[Participant] = []
    for p in t.participants:
        agreed = second is not None and any(_meet((p.start, p.end), w) for w in _named(second, p.role, kind))
        if p.score >= (bars.agreed if agreed else bars.alone)[p.role]:
            told.append(p)
    places = [p for p in told if p.role == "place"]
    if len(places) > 1:
        best = max(places, key=lambda p: (p.score, -p.start))
        told = [p for p in told if p.role != "place" or p is best]
    if not places and here is not None and same and here.place:
        (start, end), *_ = here.place
        told.append(Participant(start=start, end=end, role="place", score=BY_SECOND))
    time = t.time
    if time is not None:
        agreed = second is not None and (second.start, second.end) == (time.start, time.end)
        if t.time_score < (bars.agreed if agreed else bars.alone)["when"]:
            time = None
    scores: dict[str, float | None] = {"type": sure_kind, "status": sure_status}
    for role in ROLES:
        some = [p.score for p in told if p.role == role]
        scores[role] = min(some) if some else None
    by_second = time is None and here is not None and same and bool(here.start or here.end)
    scores["when"] = t.time_score if time is not None else BY_SECOND if by_second else None
    return Choice(kind, mode, status, tuple(told), time, by_second, scores)


def vote_of(
    labels: tuple[Label, ...], chances: Sequence[float], second: str | None, vote: float
) -> tuple[Label, float]:
    """The likeliest label and its chance, when the second voice's has its vote."""
    weights = [
        max(p, 1e-4) * (math.exp(vote) if label == second else 1.0)
        for label, p in zip(labels, chances, strict=True)
    ]
    best = max(range(len(labels)), key=lambda n: (weights[n], -n))
    return labels[best], round(weights[best] / sum(weights), 4)


def _named(second: Voice, role: ParticipantRole, kind: str) -> tuple[Stretch, ...]:
    if role != "place" and kind in MUTUAL:
        return (*second.who, *second.whom)
    return second.words(role)


def _meet(a: Stretch, b: Stretch) -> bool:
    return a[0] < b[1] and b[0] < a[1]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside a mark: code points of its sentence, and how many marks of even chance or more are in it."""

    length: int
    marks: int


def likely_in(marks: Sequence[Trigger], sentences: Sequence[int]) -> Counter[int]:
    """Of all marks of an article, how many of even chance or more are in each sentence.

    Args:
        sentences: For each mark, its sentence by any number that is the sentence's own.
    """
    return Counter(n for m, n in zip(marks, sentences, strict=True) if m.score >= EVEN)


def traits(t: Trigger, choice: Choice, second: Voice | None, beside: Around) -> dict[str, float]:
    """What the chance of an event's soundness is reckoned from, by name; each about as large as one."""
    out = {"one": 1.0, "trigger": logit(t.score), "letters": (t.end - t.start) / 10}
    out |= {"sentence": beside.length / 100, "marks": float(beside.marks)}
    for name in FIELDS:
        score = choice.scores[name]
        out[f"has {name}"] = float(score is not None)
        out[name] = 0.0 if score is None else logit(score)
    out |= {f"is {kind}": float(choice.type == kind) for kind in TYPES}
    out |= {f"is {choice.status}": 1.0, "known": t.known, "weight": t.weight - 2}
    out |= {"mode": t.mode_score, "has mode": float(choice.mode is not None)}
    # Each further side can be wrong, and a day that the words name errs otherwise than one that is concluded.
    for role in SIDES:
        both = choice.by_role(role)
        out[f"number of {role}"] = float(len(both))
        out[f"every {role}"] = sum(math.log(max(p.score, LEAST_CHANCE)) for p in both)
    relation = choice.time.relation if choice.time is not None else "none"
    out[f"days {relation}"] = 1.0
    out["days named"] = float(choice.time is not None and choice.time.expression is not None)
    if second is not None:
        out |= {
            "second": 1.0,
            "second type": float(second.type == choice.type),
            "second status": float(second.status == choice.status),
        }
        for role in SIDES:
            both = choice.by_role(role)
            out[f"second {role}"] = float(
                bool(both) and all(_any(p, _named(second, role, choice.type)) for p in both)
            )
    return out


def _any(p: Participant, words: Iterable[Stretch]) -> bool:
    return any(_meet((p.start, p.end), w) for w in words)
