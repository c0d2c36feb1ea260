"""What two voices tell of what was said, as one: the rules, and the encoder's quotes.

Where both have a statement, its words are the rules' (they know quotation marks to the letter), but the encoder's
where the rules have only the quoted ones of them; its stance is whichever says more than *says*; a speaker on whom they
differ is told only where one of them is sure. What only one has is told where it is sure enough. No speaker is better
than a guessed one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dragoman.encoder.calibration import Bars, logit
from dragoman.model import Span
from dragoman.model.annotation import Quote
from dragoman.model.basics import Stance

Stretches = tuple[Span, ...]
_BLOCK = 64

UNSURE = frozenset(
    (
        "will:infinitive",
        "belief:object",
        "judgement:object",
        "speech:object",
        "speech:infinitive",
        "evidence:clause",
    )
)
"""What the rules tell so is told only where the encoder has it too, or where it is a denial: of 141 such in the
gold 52 in a hundred are statements, of all others 78."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as the rules tell it. `how`: what of a sentence its cue takes as the words (`speech:clause`)."""

    content: Stretches
    speaker: Span | None
    stance: Stance
    quote: bool
    how: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """One statement to tell. `said` and `quote` are the indices of what the voices told; at least one is there."""

    said: int | None
    quote: int | None
    speaker: Span | None
    stance: Stance
    content: Stretches


def join(
    quotes: Sequence[Quote],
    said: Sequence[Said],
    bars: Bars,
    are_one: Callable[[Span, Span], bool] = Span.meets,
) -> list[Joined]:
    """Every statement that is told, those of the rules first, each list in its order.

    `are_one` tells whether two stretches of the text name one speaker.
    """
    content = Shelves(_covered(q.content) for q in quotes)
    taken = Shelves(_covered(s.content) for s in said)
    partner = {n: content.nearest(covered) for n, covered in enumerate(taken.all)}
    out = []
    for n, s in enumerate(said):
        at = partner[n]
        q = quotes[at] if at is not None else None
        if q is None and (not bars.said_alone or (s.how in UNSURE and s.stance != "denies")):
            continue
        stance: Stance = q.stance if q and s.stance == "says" and q.stance_score >= bars.stance else s.stance
        words = s.content
        if at is not None and s.how.endswith(":quote-within") and taken.all[n] < content.all[at]:
            words = quotes[at].content
        out.append(Joined(n, at, _speaker(s.speaker, q, bars, are_one), stance, words))
    for at, q in enumerate(quotes):
        if q.score < bars.quote or taken.holds_alike(content.all[at]):
            continue
        taken.add(content.all[at])
        speaker = q.speaker if q.speaker_score >= bars.speaker else None
        out.append(Joined(None, at, speaker, q.stance, q.content))
    return out


def _speaker(
    by_rules: Span | None, q: Quote | None, bars: Bars, are_one: Callable[[Span, Span], bool]
) -> Span | None:
    if q is None or q.speaker is None:
        return by_rules
    if by_rules is None:
        return q.speaker if q.speaker_score >= bars.speaker else None
    if by_rules.meets(q.speaker):
        return by_rules
    if are_one(by_rules, q.speaker):
        return Span(min(by_rules.start, q.speaker.start), max(by_rules.end, q.speaker.end))
    return None if q.speaker_score >= bars.differing else by_rules


def _covered(stretches: Stretches) -> set[int]:
    return {i for s in stretches for i in range(s.start, s.end)}


def _alike(a: set[int], b: set[int]) -> bool:
    """True where at least half of the shorter is shared."""
    shared = len(a & b)
    return bool(shared) and 2 * shared >= min(len(a), len(b))


class Shelves:
    """Sets of places in a text, found by those that they share: each looks only at its neighbours, not at all."""

    def __init__(self, covered: Iterable[set[int]]) -> None:
        self.all: list[set[int]] = []
        self._by_block: dict[int, list[int]] = {}
        for one in covered:
            self.add(one)

    def add(self, covered: set[int]) -> None:
        for block in {i // _BLOCK for i in covered}:
            self._by_block.setdefault(block, []).append(len(self.all))
        self.all.append(covered)

    def near(self, covered: set[int]) -> list[int]:
        """The indices of those that may share a place, in order."""
        return sorted({n for block in {i // _BLOCK for i in covered} for n in self._by_block.get(block, ())})

    def holds_alike(self, covered: set[int]) -> bool:
        return any(_alike(covered, self.all[n]) for n in self.near(covered))

    def nearest(self, covered: set[int]) -> int | None:
        """The first of those that share most; None where that is too little."""
        best = max(self.near(covered), key=lambda n: (len(covered & self.all[n]), -n), default=None)
        return best if best is not None and _alike(covered, self.all[best]) else None


def traits(joined: Joined, quotes: Sequence[Quote], said: Sequence[Said]) -> dict[str, float]:
    """What the chance is reckoned from that a statement is told soundly, by name."""
    s = said[joined.said] if joined.said is not None else None
    q = quotes[joined.quote] if joined.quote is not None else None
    out = {"one": 1.0, "rules": float(s is not None), "encoder": float(q is not None)}
    out |= {"has speaker": float(joined.speaker is not None), f"is {joined.stance}": 1.0}
    if s is not None:
        out["marks"] = float(s.quote)
    if q is not None:
        out |= {
            "score": logit(q.score),
            "content": logit(q.content_score),
            "has cue": float(q.cue is not None),
        }
        out["speaker"] = logit(q.speaker_score) if q.speaker else 0.0
        if s is not None and s.speaker and q.speaker:
            out["same speaker"] = float(s.speaker.meets(q.speaker))
    return out
