"""Fit what is told and how sure it is, on whole articles that the weights did not see.

    python training/fit.py MARKS.jsonl --weights FOLDER [--score ../shared/score] [--report]

Bars are the lowest under which a field is right often enough; chances are logistic regressions, judged by the scorer
of the gold (`gold.py`, `statements.py`). With --report, figures come from halves: fitted on one half of the articles,
counted on the other.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from data import Gold, read_lines

from dragoman.encoder.calibration import FIELDS, Bars, Curve, chance, logit, squash
from dragoman.encoder.labels import STATUSES, TYPES
from dragoman.encoder.manifest import read_manifest
from dragoman.model import Span
from dragoman.model.annotation import Annotation, Quote, Trigger
from dragoman.reading.events.choice import Around, Choice, Voice, choose, likely_in, traits, vote_of
from dragoman.reading.events.doubles import told_marks
from dragoman.reading.events.sides import is_mutual
from dragoman.reading.statements import joint

RIGHT = {"who": 0.72, "whom": 0.66, "place": 0.5, "when": 0.64}
"""A field's bar lies where what is at it is right so often."""
SPOKEN: dict[str, Any] = {"speaker": 0.5, "differing": 0.5, "stance": 0.5, "said_alone": True}
"""Bars of statements, chosen by hand on the fitting half: their gold is too small to fit so many."""
FEW = 40
"""Over so many examples around a score its share of right ones is read."""


class Marks(msgspec.Struct):
    id: str
    language: str
    annotation: Annotation


@dataclass(frozen=True, slots=True)
class Judge:
    """The gold, its two scorers (modules outside the project), and what the rules tell of each article."""

    gold: Gold
    score: Any
    statements: Any
    voices: dict[str, list[Voice]]
    said: dict[str, list[joint.Said]]


@dataclass(slots=True)
class Told:
    """One event as told, and what the gold says of it. `fields` is empty where it met nothing."""

    article: str
    language: str
    where: int
    mark: Trigger
    choice: Choice
    second: Voice | None
    beside: Around
    met: bool
    fields: dict[str, tuple[bool, bool]]
    sound: bool
    gold: Any


def scorer(folder: Path, name: str) -> Any:
    """A module of the scores, which live outside the project."""
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def voices_of(path: Path, gold: Gold, score: Any) -> dict[str, list[Voice]]:
    """What the rules tell of each article, from the output of `annotate` by the rules alone."""
    out: dict[str, list[Voice]] = {}
    for row in read_lines(path):
        article = gold.articles[row["id"]]
        out[row["id"]] = [
            Voice(
                tuple(e["trigger"]), score.sentence_of(article, e["trigger"][0]), e["type"], e["mode"], e["status"],
                tuple(map(tuple, e["who"])), tuple(map(tuple, e["whom"])), (tuple(e["place"]),) if e["place"] else (),
                *((e["when"]["start"], e["when"]["end"]) if e["when"] else (None, None)),
            )
            for e in row["events"]
        ]  # fmt: skip
    return out


def as_told(t: Trigger, choice: Choice, second: Voice | None) -> dict[str, Any]:
    """A mark as `annotate` would tell it, its words as they stand."""
    side = lambda role: [[p.start, p.end] for p in choice.by_role(role)]  # noqa: E731
    who, whom = side("who"), side("whom")
    if is_mutual(choice.type, choice.mode):
        who, whom = who + whom, []
    place = next(iter(side("place")), None)
    days = choice.time or (second if choice.by_second else None)
    when = {"start": days.start, "end": days.end} if days else None
    return {
        "trigger": [t.start, t.end],
        "type": choice.type,
        "mode": choice.mode,
        "status": choice.status,
        "who": who,
        "whom": whom,
        "place": place,
        "when": when,
    }


def judged(marks: Iterable[Marks], judge: Judge, bars: Bars) -> tuple[list[Told], dict[str, dict[str, int]]]:
    """Every told event with its judgement, and by language how many events were read and how many of weight."""
    gold, score, voices = judge.gold, judge.score, judge.voices
    out: list[Told] = []
    read: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for m in marks:
        article, text = gold.articles[m.id], gold.articles[m.id]["text"]
        wanted = []
        for s in article["sentences"]:
            for g in gold.events[m.id].get(s["n"], []):
                at = text.find(g["trigger"], s["start"])
                wanted.append({**g, "n": s["n"], "span": (at, at + len(g["trigger"]))})
        read[m.language]["read"] += len(wanted)
        read[m.language]["weighty"] += sum(g["weight"] >= 2 for g in wanted)
        every = [score.sentence_of(article, t.start) for t in m.annotation.triggers]
        likely = likely_in(m.annotation.triggers, every)
        picked = told_marks(m.annotation.triggers, every, voices.get(m.id, []), bars)
        marked, seconds = [t for t, _ in picked], [v for _, v in picked]
        where = [score.sentence_of(article, t.start) for t in marked]
        choices = [choose(t, v, bars) for t, v in zip(marked, seconds, strict=True)]
        told = [
            as_told(t, c, v) | {"n": n} for t, c, v, n in zip(marked, choices, seconds, where, strict=True)
        ]
        pairs = []
        for i, e in enumerate(told):
            for j, g in enumerate(wanted):
                over = e["trigger"][0] < g["span"][1] and g["span"][0] < e["trigger"][1]
                alike = score.same_type(e, g)
                if over or (e["n"] == g["n"] and alike):
                    pairs.append((-(2 * over + alike), i, j))
        met: dict[int, int] = {}
        for _, i, j in sorted(pairs):
            if i not in met and j not in met.values():
                met[i] = j
        for i, (t, e) in enumerate(zip(marked, told, strict=True)):
            g = wanted[met[i]] if i in met else None
            fields = score.judge(e, g, text, article["sentences"][g["n"]]["text"]) if g else {}
            sound = bool(fields) and all(ok for ok, _ in fields.values())
            home = article["sentences"][where[i]]
            beside = Around(home["end"] - home["start"], likely[where[i]])
            found = g is not None
            out.append(
                Told(m.id, m.language, where[i], t, choices[i], seconds[i], beside, found, fields, sound, g)
            )
    return out, read


# --- fitting ----------------------------------------------------------------------------------------------


def logistic(rows: list[dict[str, float]], right: list[bool], ridge: float = 3.0) -> dict[str, float]:
    """Weights of a logistic regression, by Newton's method; rounded, so that they are the same everywhere."""
    names = sorted({n for r in rows for n in r})
    x = np.array([[r.get(n, 0.0) for n in names] for r in rows])
    y = np.array(right, float)
    w = np.zeros(len(names))
    keep = np.array([0.01 if n == "one" else ridge for n in names])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(keep), x.T @ (y - p) - keep * w)
        w += step
        if np.abs(step).max() < 1e-7:
            break
    return {n: round(float(v), 4) for n, v in zip(names, w, strict=True)}


def curve(scores: list[float], right: list[bool]) -> Curve:
    if len(scores) < FEW:
        return Curve(slope=1.0, shift=0.0)
    w = logistic([{"one": 1.0, "s": logit(s)} for s in scores], right, 1.0)
    return Curve(slope=w["s"], shift=w["one"])


def bar(scores: list[float], right: list[bool], wanted: float, least: float) -> float:
    """The score from which on what scores so is right as often as is wanted, by the curve over all: of fields there
    are too few for the steps of an isotonic regression, which jump with every handful of articles."""
    if len(scores) < FEW:
        return 0.9
    fitted = curve(scores, right)
    if fitted.slope <= 0:
        return 0.98
    return min(0.98, max(least, round(squash((logit(wanted) - fitted.shift) / fitted.slope), 2)))


def step(scores: list[float], right: list[bool], wanted: float, least: float) -> float:
    """The same by isotonic regression: whether marks are events at all does not follow a curve of their scores."""
    if len(scores) < FEW:
        return 0.9
    blocks: list[tuple[float, int, float]] = []  # share right, how many, the lowest score
    for s, r in sorted(zip(scores, right, strict=True)):
        blocks.append((float(r), 1, s))
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            (p, n, low), (q, m, _) = blocks[-2:]
            blocks[-2:] = [((p * n + q * m) / (n + m), n + m, low)]
    return max(least, round(next((low for p, n, low in blocks if p >= wanted), 0.98), 2))


def open_bars(trigger: float, weights: str, votes: dict[str, float]) -> Bars:
    every = {"who": 0.25, "whom": 0.25, "place": 0.25, "when": 0.0}
    return Bars(
        weights=weights,
        trigger=trigger,
        seconded=trigger,
        doubled=trigger,
        quote=0.5,
        alone=every,
        agreed=every,
        votes=votes,
        **SPOKEN,
        curves={},
        sound={},
        said={},
    )


@dataclass(slots=True)
class Scored:
    """Scores of what could be told in a field, whether it would be right, whether the second voice says the same."""

    scores: list[float]
    right: list[bool]
    agreed: list[bool]

    def of(self, agreed: bool | None) -> tuple[list[float], list[bool]]:
        picked = [
            (s, r)
            for s, r, a in zip(self.scores, self.right, self.agreed, strict=True)
            if agreed in (None, a)
        ]
        return [s for s, _ in picked], [r for _, r in picked]


def single(told: list[Told], gold: Gold, score: Any) -> dict[str, Scored]:
    """By field, of met events: each participant and each choice of days alone."""
    out = {f: Scored([], [], []) for f in FIELDS}

    def add(name: str, value: float, right: bool, agreed: bool) -> None:
        out[name].scores.append(value)
        out[name].right.append(right)
        out[name].agreed.append(agreed)

    for t in told:
        if not t.met:
            continue
        for f in ("type", "status"):
            add(f, t.choice.scores[f] or 0.0, t.fields[f][0], False)
        if t.mark.time is not None:
            same = t.second is not None and (t.second.start, t.second.end) == (
                t.mark.time.start,
                t.mark.time.end,
            )
            add("when", t.mark.time_score, t.fields["when"][0], same)
        text, g = gold.articles[t.article]["text"], t.gold
        for p in t.mark.participants:
            words = text[p.start : p.end]
            if p.role == "place":
                right = bool(g.get("place")) and score.alike(words, {"text": g["place"]})
            else:
                right = any(
                    score.alike(words, s)
                    for s in (g["who"] + g["whom"] if g["type"] in score.MUTUAL else g[p.role])
                )
            named = (
                [] if t.second is None else t.second.place if p.role == "place" else t.second.words(p.role)
            )
            add(p.role, p.score, right, any(a < p.end and p.start < b for a, b in named))
    return out


def event_bars(marks: list[Marks], judge: Judge, trigger: float, weights: str) -> tuple[float, float]:
    """The bars of seconded and of doubled events, where they are events as often as at the bar of all others."""
    told, _ = judged(marks, judge, open_bars(0.2, weights, {}))
    here = [
        t
        for t in told
        if t.second and t.second.trigger[0] < t.mark.end and t.mark.start < t.second.trigger[1]
    ]
    alone = [t for t in told if t not in here]
    at = [t for t in alone if trigger - 0.08 <= t.mark.score <= trigger + 0.08]
    wanted = sum(t.met for t in at) / max(1, len(at))
    seconded = step([t.mark.score for t in here], [t.met for t in here], wanted, 0.2)
    stronger = {
        (t.article, t.choice.type, t.where): max(
            o.mark.score
            for o in told
            if (o.article, o.choice.type, o.where) == (t.article, t.choice.type, t.where)
        )
        for t in told
    }
    double = [t for t in told if stronger[t.article, t.choice.type, t.where] > t.mark.score]
    return min(seconded, trigger), step(
        [t.mark.score for t in double], [t.met for t in double], wanted, trigger
    )


def voted(told: list[Told]) -> dict[str, float]:
    """What the second voice's type and status are worth beside the encoder's: the step that gets most of them right."""
    out = {}
    here = [
        t
        for t in told
        if t.met and t.second and t.second.trigger[0] < t.mark.end and t.mark.start < t.second.trigger[1]
    ]
    for f, labels, chances in (("type", TYPES, "types"), ("status", STATUSES, "statuses")):

        def right(vote: float, f: str = f, labels: Any = labels, chances: str = chances) -> int:
            names = (vote_of(labels, getattr(t.mark, chances), getattr(t.second, f), vote)[0] for t in here)
            return sum(name == t.gold[f] for name, t in zip(names, here, strict=True))

        out[f] = max((0.25 * n for n in range(17)), key=lambda v: (right(v), -v))
    return out


def fit(marks: list[Marks], judge: Judge, trigger: float, quote: float, weights: str) -> Bars:
    """Everything that is fitted, on the articles of the marks."""
    votes = voted(judged(marks, judge, open_bars(trigger, weights, {}))[0])
    told, _ = judged(marks, judge, open_bars(trigger, weights, votes))
    scores = single(told, judge.gold, judge.score)
    seconded, doubled = event_bars(marks, judge, trigger, weights)
    bars = Bars(
        weights=weights, trigger=trigger, seconded=seconded, doubled=doubled, quote=quote,
        alone={f: bar(*scores[f].of(False), RIGHT[f], 0.3) for f in RIGHT},
        agreed={f: bar(*scores[f].of(True), RIGHT[f], 0.26) for f in RIGHT}, votes=votes, **SPOKEN,
        curves={f: curve(*scores[f].of(None)) for f in FIELDS}, sound={}, said={},
    )  # fmt: skip
    told, _ = judged(marks, judge, bars)
    sound = logistic([traits(t.mark, t.choice, t.second, t.beside) for t in told], [t.sound for t in told])
    spoken, _ = judged_statements(marks, judge, bars)
    weights_said = (
        logistic([t.traits for t in spoken], [t.sound for t in spoken]) if len(spoken) > FEW else {}
    )
    return msgspec.structs.replace(bars, sound=sound, said=weights_said)


@dataclass(slots=True)
class ToldStatement:
    """One statement as told, and whether it is sound; `gold` is None where it met nothing."""

    language: str
    traits: dict[str, float]
    joined: joint.Joined
    gold: Any
    right: bool
    swapped: bool
    sound: bool


def said_of(path: Path) -> dict[str, list[joint.Said]]:
    """What the rules tell of each article, from the output of `annotate` by the rules alone."""
    return {
        row["id"]: [
            joint.Said(
                tuple(Span(*c) for c in s["content"]),
                Span(*s["speaker"]) if s["speaker"] else None,
                s.get("stance", "says"),
                s["quote"],
            )
            for s in row["statements"]
        ]
        for row in read_lines(path)
    }


def judged_statements(
    marks: Iterable[Marks], judge: Judge, bars: Bars
) -> tuple[list[ToldStatement], dict[str, int]]:
    """Every told statement of the articles whose statements were read, and how many were read by language."""
    gold, score, statements, said = judge.gold, judge.score, judge.statements, judge.said
    out: list[ToldStatement] = []
    read: dict[str, int] = defaultdict(int)
    for m in marks:
        if m.id not in gold.statements or m.id not in said:
            continue
        text, wanted = gold.articles[m.id]["text"], gold.statements[m.id]
        read[m.language] += len(wanted)
        told = joint.join(m.annotation.quotes, said[m.id], bars)
        contents = [_content(j, m.annotation.quotes, said[m.id]) for j in told]
        pairs = []
        for i, content in enumerate(contents):
            a = statements.covered(list(content))
            for k, g in enumerate(wanted):
                b = statements.covered(g["content"])
                both = len(a & b)
                if both and both * 2 >= min(len(a), len(b)) and both * 3 >= max(len(a), len(b)):
                    pairs.append((-both / max(len(a), len(b)), i, k))
        met: dict[int, int] = {}
        for _, i, k in sorted(pairs):
            if i not in met and k not in met.values():
                met[i] = k
        for i, j in enumerate(told):
            g = wanted[met[i]] if i in met else None
            speaker = text[j.speaker.start : j.speaker.end] if j.speaker else None
            right = g is not None and (
                speaker is None
                if g["speaker"] is None
                else bool(speaker) and score.alike(speaker, g["speaker"])
            )
            swapped = g is not None and bool(speaker) and not right
            turned = g is not None and g["stance"] in statements.TURNED and j.stance == "says"
            found = joint.traits(j, m.annotation.quotes, said[m.id])
            out.append(
                ToldStatement(m.language, found, j, g, right, swapped, bool(g) and not swapped and not turned)
            )
    return out, read


def report_statements(told: list[ToldStatement], read: dict[str, int]) -> None:
    for language in sorted(read):
        some = [t for t in told if t.language == language]
        met = [t for t in some if t.gold]
        m = max(1, len(met))
        denials = [t for t in met if t.gold["stance"] == "denies"]
        print(
            f"  {language} statements told {len(some)} read {read[language]}: P {len(met) / max(1, len(some)):.3f} "
            f"R {len(met) / max(1, read[language]):.3f} speaker {sum(t.right for t in met) / m:.3f} "
            f"swapped {sum(t.swapped for t in met) / m:.3f} "
            f"stance {sum(t.joined.stance == t.gold['stance'] for t in met) / m:.3f} "
            f"denials {sum(t.joined.stance == 'denies' for t in denials)}/{len(denials)} "
            f"sound {sum(t.sound for t in some) / max(1, len(some)):.3f}"
        )


# --- figures ----------------------------------------------------------------------------------------------


FULL = ("type", "status", "who", "whom", "when", "place")


def share(rows: Sequence[Told], right: Callable[[Told], bool]) -> float:
    return sum(map(right, rows)) / max(1, len(rows))


def report(told: list[Told], read: dict[str, dict[str, int]], chance: Callable[[Told], float]) -> None:
    """Figures by language, and by bands of the chance that was given."""
    for language in [*sorted(read), "all"]:
        some = [t for t in told if language in (t.language, "all")]
        counts = {
            key: sum(r[key] for k, r in read.items() if language in (k, "all")) for key in ("read", "weighty")
        }
        if len(some) >= 10:
            print("\n".join(_lines(language, some, counts, [t for t in some if chance(t) >= 0.8])))
    for low in range(10):
        some = [t for t in told if low / 10 <= min(chance(t), 0.999) < (low + 1) / 10]
        if some:
            right, met = share(some, lambda t: t.sound), share(some, lambda t: t.met)
            print(f"     {low / 10:.1f}: {len(some)} told, {right:.2f} sound, {met:.2f} events")


def _lines(language: str, some: list[Told], counts: dict[str, int], sure: list[Told]) -> Iterator[str]:
    met = [t for t in some if t.met]
    weighty = [
        sum(t.sound and t.gold["weight"] >= 2 for t in rows) / max(1, counts["weighty"])
        for rows in (some, sure)
    ]
    yield (
        f"{language:>4} told {len(some)} read {counts['read']}: P {len(met) / len(some):.3f} "
        f"R {len(met) / max(1, counts['read']):.3f} sound {share(some, lambda t: t.sound):.3f} "
        f"whole {share(some, lambda t: t.sound and all(all(f) for f in t.fields.values())):.3f} "
        f"weighty soundly {weighty[0]:.3f} | 0.8+: {len(sure)} sound {share(sure, lambda t: t.sound):.3f} "
        f"weighty {weighty[1]:.3f}"
    )
    yield "     " + " ".join(
        f"{name} {share(met, partial(_told_right, name)):.2f}/{share(met, partial(_all_right, name)):.2f}"
        for name in FULL
    )


def _content(told: joint.Joined, quotes: Sequence[Quote], said: Sequence[joint.Said]) -> Sequence[Span]:
    """What was said: by the rules where they tell it, else by the encoder."""
    if told.said is not None:
        return said[told.said].content
    assert told.quote is not None
    return quotes[told.quote].content


def _told_right(field: str, told: Told) -> bool:
    return bool(told.fields[field][0])


def _all_right(field: str, told: Told) -> bool:
    return all(told.fields[field])


def half_of(name: str) -> int:
    return int(sha256(("half" + name).encode()).hexdigest(), 16) % 2


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    root = Path(__file__).parents[2] / "shared"
    p.add_argument("marks", type=Path)
    p.add_argument("--gold", type=Path, default=root / "gold")
    p.add_argument("--score", type=Path, default=root / "score")
    p.add_argument("--times", type=Path, required=True)
    p.add_argument("--weights", type=Path, required=True)
    p.add_argument("--rules", type=Path, required=True, help="what `annotate` tells by the rules alone")
    p.add_argument("--trigger", type=float, default=0.5, help="bar of events that only the encoder tells")
    p.add_argument("--quote", type=float, default=0.5)
    p.add_argument("--right", type=float, help="instead of the shares in RIGHT, one for all fields")
    p.add_argument("--report", action="store_true")
    a = p.parse_args()
    gold, score = Gold(a.gold, a.times), scorer(a.score, "gold")
    statements = scorer(a.score, "statements")
    if a.right:
        RIGHT.update(dict.fromkeys(RIGHT, a.right))
    judge = Judge(gold, score, statements, voices_of(a.rules, gold, score), said_of(a.rules))
    digest = read_manifest(a.weights).digest
    with a.marks.open("rb") as lines:
        marks = [msgspec.json.decode(line, type=Marks) for line in lines]
    if a.report:
        by_halves(marks, judge, a.trigger, a.quote, digest)
        return
    bars = fit(marks, judge, a.trigger, a.quote, digest)
    path = a.weights / "bars.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(bars), indent=1) + b"\n")
    print(f"{path}: " + json.dumps({"alone": bars.alone, "agreed": bars.agreed, "votes": bars.votes}))


def by_halves(marks: list[Marks], judge: Judge, trigger: float, quote: float, digest: str) -> None:
    """Print figures: each half of the articles is judged by what was fitted on the other."""
    told: list[Told] = []
    read: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    chances: dict[int, float] = {}
    spoken: list[ToldStatement] = []
    heard: dict[str, int] = defaultdict(int)
    for half in (0, 1):
        bars = fit([m for m in marks if half_of(m.id) != half], judge, trigger, quote, digest)
        here = [m for m in marks if half_of(m.id) == half]
        some, counts = judged(here, judge, bars)
        for t in some:
            chances[id(t)] = chance(traits(t.mark, t.choice, t.second, t.beside), bars.sound)
        told += some
        for language, c in counts.items():
            for k, v in c.items():
                read[language][k] += v
        said, count = judged_statements(here, judge, bars)
        spoken += said
        for language, n in count.items():
            heard[language] += n
    report(told, read, lambda t: chances[id(t)])
    report_statements(spoken, heard)


if __name__ == "__main__":
    main()
