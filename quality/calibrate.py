"""How often an event is right, by the traits of how it is told: weights for them, and how well they keep their word.

    python quality/calibrate.py            print the table on the public development set (`../shared`)
    python quality/calibrate.py --write    also put the weights into the code's data and the table into docs/quality.md

An event is right where type, source and target are those of the set. The set marks one event in a sentence; others that
the program finds there are judged by nobody, so only events that meet the marked pair, or its type, are counted. Beside
them stand events of whole articles that a person judged (`read_by_hand.jsonl`: where each stood, what of it was right,
its traits at that time), for sentences picked for their politics look surer than articles as they come. The
weights are those of a logistic regression that is held back towards zero; every figure of the table comes from
sentences that the weights behind it have not seen (ten folds by sentence).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np

from dragoman.model import Article, EventReport
from dragoman.reading.reader import read_many
from dragoman.reading.rules import confidence, reports

ROOT = Path(__file__).resolve().parents[1]
SET = ROOT.parent / "shared" / "bench" / "events_en.jsonl"
READ = ROOT / "quality" / "read_by_hand.jsonl"
DOCS = ROOT / "docs" / "quality.md"
OLDER = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
MUTUAL = {"CONSULT", "AGREE", "COOPERATE"}
FOLDS = 10
HELD_BACK = 3.0
"""Strength with which weights are held towards zero."""
OFTEN = 8
"""Events that must show a trait before it gets a weight."""
DOUBT = 6
"""A frame's own record counts as if so many average events were added to it."""
FRAME_EVENTS = 3
"""Events that a frame must have before its record is kept."""
FRAME_WEIGHT = 0.6
"""The most that a frame's record may weigh, in logits: the set is one of politics, and its records are short."""
Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Judged:
    """One event that the set can judge: the place of its sentence in the set, its frame, its other traits."""

    row: int
    frame: str
    traits: tuple[str, ...]
    right: bool


@dataclass(frozen=True)
class Fitted:
    start: float
    traits: dict[str, float]
    frames: dict[str, float]

    def share(self, event: Judged) -> float:
        total = self.start + self.frames.get(event.frame, 0.0)
        total += sum(self.traits.get(trait, 0.0) for trait in event.traits)
        share = 1.0 / (1.0 + float(np.exp(-total)))
        return round(min(max(share, confidence.LOWEST), confidence.HIGHEST), 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    rows = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
    events, read = judged(rows), read_by_hand()
    of_set, of_read = unseen(events, read)
    told = shown((events, of_set), (read, of_read))
    print(told)
    if asked.write:
        write(fitted(events + read), told)


def write(weights: Fitted, told: str) -> None:
    data = {
        "start": round(weights.start, 2),
        "traits": {k: round(v, 2) for k, v in sorted(weights.traits.items())},
        "frames": {k: round(v, 2) for k, v in sorted(weights.frames.items())},
    }
    confidence.WHERE.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    text = re.sub(
        r"(<!-- confidence -->\n).*(<!-- end confidence -->)",
        lambda m: f"{m[1]}{told}\n{m[2]}",
        DOCS.read_text(encoding="utf-8"),
        flags=re.S,
    )
    DOCS.write_text(text, encoding="utf-8")


def judged(rows: list[dict]) -> list[Judged]:
    """The events of the set's sentences that it can judge."""
    articles = [
        Article(id=str(r["id"]), path="-", text=r["text"], raw=r["text"], language="en") for r in rows
    ]
    found: list[Judged] = []
    with_traits = Kept(reports.share_right)
    reports.share_right = with_traits
    try:
        for n, (row, reading) in enumerate(zip(rows, read_many(articles), strict=True)):
            traits = with_traits.taken()
            for event, (frame, *others) in zip(reading.events, traits, strict=True):
                same_type = OLDER.get(event.type, event.type) == row["gold"]["type"]
                same_sides = meets_both(event, row["gold"])
                if same_type or same_sides:
                    found.append(Judged(n, frame, tuple(others), same_type and same_sides))
    finally:
        reports.share_right = with_traits.real
    return found


def read_by_hand() -> list[Judged]:
    """Events of whole articles as a person judged them; type and both sides are asked for, as in the set."""
    found = []
    for n, line in enumerate(READ.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        frame, *others = row["traits"]
        found.append(Judged(n, frame, tuple(others), {"type", "sides"} <= set(row["right"])))
    return found


class Kept:
    """Stands in for the function that weighs traits, and keeps what it is asked about."""

    def __init__(self, real: Callable[[Iterable[str]], float]) -> None:
        self.real = real
        self._asked: list[tuple[str, ...]] = []

    def __call__(self, traits: Iterable[str]) -> float:
        self._asked.append(tuple(traits))
        return self.real(self._asked[-1])

    def taken(self) -> list[tuple[str, ...]]:
        """What was asked since the last call: one for each event of a text, in order."""
        asked, self._asked = self._asked, []
        return asked


def meets_both(event: EventReport, gold: dict) -> bool:
    who, whom = [(a.start, a.end) for a in event.who], [(a.start, a.end) for a in event.whom]
    if gold["type"] in MUTUAL:
        who = whom = who + whom
    return any_meets(who, gold["who"]) and any_meets(whom, gold["whom"])


def any_meets(ours: Spans, theirs: Spans) -> bool:
    return any(a < d and c < b for a, b in ours for c, d in theirs)


# --- weights --------------------------------------------------------------------------------------


def fitted(events: list[Judged]) -> Fitted:
    """The weights that tell right from wrong best among these events."""
    often = Counter(trait for e in events for trait in e.traits)
    names = sorted(trait for trait, count in often.items() if count >= OFTEN)
    place = {trait: n for n, trait in enumerate(names)}
    right = np.array([e.right for e in events], float)
    table = np.zeros((len(events), len(names) + 2))
    table[:, -1] = 1.0
    record = Record(events)
    for line, event in zip(table, events, strict=True):
        line[[place[t] for t in event.traits if t in place]] = 1.0
        line[-2] = record.without(event)
    weight = logistic(table, right)
    return Fitted(
        start=float(weight[-1]),
        traits=dict(zip(names, weight[:-2].tolist(), strict=True)),
        frames={
            f: float(np.clip(weight[-2] * record.of(f), -FRAME_WEIGHT, FRAME_WEIGHT)) for f in record.frames()
        },
    )


class Record:
    """How often each frame was right, as a distance in logits from the average of all."""

    def __init__(self, events: list[Judged]) -> None:
        self.right = Counter(e.frame for e in events if e.right)
        self.all = Counter(e.frame for e in events)
        self.mean = sum(self.right.values()) / len(events)

    def frames(self) -> Iterator[str]:
        return (f for f, count in self.all.items() if count >= FRAME_EVENTS)

    def of(self, frame: str) -> float:
        return self._distance(self.right[frame], self.all[frame])

    def without(self, event: Judged) -> float:
        """The record of an event's frame from the other events: none may vouch for itself."""
        return self._distance(self.right[event.frame] - event.right, self.all[event.frame] - 1)

    def _distance(self, right: int, count: int) -> float:
        share = (right + DOUBT * self.mean) / (count + DOUBT)
        return log(share / (1 - share)) - log(self.mean / (1 - self.mean))


def logistic(table: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Weights of a logistic regression by Newton's method; the last column, the start, is not held back."""
    weight = np.zeros(table.shape[1])
    back = np.full(table.shape[1], HELD_BACK)
    back[-1] = 1e-6
    for _ in range(50):
        share = 1 / (1 + np.exp(-table @ weight))
        slope = table.T @ (share - right) + back * weight
        bend = (table * (share * (1 - share))[:, None]).T @ table + np.diag(back)
        step = np.linalg.solve(bend, slope)
        weight -= step
        if abs(step).max() < 1e-8:
            break
    return weight


def unseen(events: list[Judged], read: list[Judged]) -> tuple[list[float], list[float]]:
    """The share that each event is given by weights made without its fold, of the set and of whole articles."""
    shares, of_read = [0.0] * len(events), [0.0] * len(read)
    for fold in range(FOLDS):
        others = [e for e in events if e.row % FOLDS != fold]
        weights = fitted(others + [e for e in read if e.row % FOLDS != fold])
        for given, into in ((events, shares), (read, of_read)):
            for n, event in enumerate(given):
                if event.row % FOLDS == fold:
                    into[n] = weights.share(event)
    return shares, of_read


# --- table ----------------------------------------------------------------------------------------


def shown(of_set: tuple[list[Judged], list[float]], of_read: tuple[list[Judged], list[float]]) -> str:
    lines = [
        "| confidence given | events of the set | right | read in whole articles | right |",
        "|---|---|---|---|---|",
    ]
    for tenth in range(10):
        cells = [f"{tenth / 10:.1f} to {(tenth + 1) / 10:.1f}"]
        for events, shares in (of_set, of_read):
            held = [e.right for e, s in zip(events, shares, strict=True) if int(s * 10 + 1e-9) == tenth]
            cells += [str(len(held)), f"{sum(held) / len(held):.2f}" if held else ""]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
