"""Numbers of the heads -> marks: which words are triggers and cues, what is said of them, who takes part, which days.

Nothing is decided here beyond the heads' own scores: what is doubtful is marked with its score, down to the floors
below, and reading decides with measured bars what is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dragoman.encoder.labels import MODES, OFFSETS, ROLES, STANCES, STATUSES, TYPES
from dragoman.encoder.scope import around, steps
from dragoman.encoder.session import Encoded, Session
from dragoman.encoder.times import FREE, RELATIONS, TimeCandidate, candidates_of
from dragoman.encoder.tokens import Window
from dragoman.model import Span
from dragoman.model.annotation import Participant, Quote, TimeLink, Trigger

Floats = NDArray[np.float32]

LEAST_TRIGGER = 0.2
LEAST_CUE = 0.2
LEAST_TYPE = 1e-6
"""Of a type's chance, so that it has a logarithm."""
LEAST_ROLE = 0.25
"""Marks under these are noise: no bar that was ever measured lies so low."""
AT_ONCE = 6_000
"""Words, over all triggers, whose tags are worked out at once: a window of nothing but triggers takes 300 MB else."""
JOINED = 0.5
"""From here on a word beside a trigger is a part of it."""
DIGITS = 4
"""Scores are rounded, so that the last bits of a processor decide nothing."""
SAID = len(TYPES)
"""The kind of a cue, behind the types of events."""


def softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(-1, keepdims=True))
    out: Floats = e / e.sum(-1, keepdims=True)
    return out


@dataclass(frozen=True, slots=True)
class Source:
    """The article that a window is of."""

    text: str
    language: str


class Marks(NamedTuple):
    """All marks in a window's own sentences, and how many words were looked at to find who takes part in each.

    `until`: where the first mark stands for which too many words would have been looked at; None where none was.
    """

    triggers: list[Trigger]
    quotes: list[Quote]
    looked_at: int
    until: int | None


def read_window(
    session: Session,
    encoded: Encoded,
    source: Source,
    window: Window,
    times: Sequence[Mapping[str, Any]],
    published: str | None,
    most: int,
) -> Marks:
    """All marks, or those from the first on for which no more than `most` words need be looked at."""
    own = np.array([window.first <= n < window.last for n in encoded.sentence_of], bool)
    choices = candidates_of(times, list(encoded.words), published)
    p = _with_words(session, encoded, source, own)
    events = _nearest(encoded, _groups(p, own, encoded, LEAST_TRIGGER), False, most)
    q = softmax(encoded.cue)
    cues = _nearest(encoded, _groups(q, own, encoded, LEAST_CUE), True, most - events.looked_at)
    return Marks(
        _triggers(session, encoded, p, events, choices),
        _quotes(session, encoded, q, cues),
        events.looked_at + cues.looked_at,
        min((x.until for x in (events, cues) if x.until is not None), default=None),
    )


class Near(NamedTuple):
    """Runs of words that are triggers or cues, each with the words `[start, end)` where its participants may be.

    `looked_at` and `until` are as in `Marks`.
    """

    groups: list[tuple[int, int]]
    scopes: list[tuple[int, int]]
    looked_at: int
    until: int | None


def _groups(p: Floats, own: Any, encoded: Encoded, least: float) -> list[tuple[int, int]]:
    """Runs of words over the floor with one label, in one sentence; `p`: the chances (W, ...) of none and of each."""
    chance, label = 1 - p[:, 0], p[:, 1:].argmax(-1)
    out: list[tuple[int, int]] = []
    for w in np.flatnonzero((chance >= least) & own):
        joins = (
            out
            and out[-1][1] == w
            and label[w] == label[out[-1][0]]
            and chance[w] >= JOINED
            and encoded.sentence_of[w] == encoded.sentence_of[out[-1][0]]
            and w - out[-1][0] < 3
        )
        if joins:
            out[-1] = (out[-1][0], int(w) + 1)
        else:
            out.append((int(w), int(w) + 1))
    return out


def _nearest(encoded: Encoded, groups: list[tuple[int, int]], said: bool, most: int) -> Near:
    scopes: list[tuple[int, int]] = []
    looked_at = 0
    for n, (a, _) in enumerate(groups):
        start, end = around(a, encoded.sentence_of, said)
        if looked_at + end - start > most:
            return Near(groups[:n], scopes, looked_at, encoded.words[a][0])
        scopes.append((start, end))
        looked_at += end - start
    return Near(groups, scopes, looked_at, None)


# --- triggers ---------------------------------------------------------------------------------------------


def _with_words(session: Session, encoded: Encoded, source: Source, own: Any) -> Floats:
    """The chances of no event and of each type (W, 18), with what the words alone tell of the types."""
    p = softmax(encoded.trigger)
    if not session.lexicon.knows(source.language):
        return p
    for w in np.flatnonzero((1 - p[:, 0] >= LEAST_TRIGGER) & own):
        start, end = encoded.words[w]
        told = session.lexicon.types(source.text[start:end], source.language)
        p[w, 1:] = (1 - p[w, 0]) * softmax(np.log(np.maximum(p[w, 1:], LEAST_TYPE)) + told)
    return p


def _triggers(
    session: Session, encoded: Encoded, p: Floats, near: Near, choices: list[TimeCandidate]
) -> list[Trigger]:
    groups = near.groups
    if not groups:
        return []
    chance, label = 1 - p[:, 0], p[:, 1:].argmax(-1)
    kinds = [int(label[a]) for a, _ in groups]
    said = session.about(encoded.states[[a for a, _ in groups]], kinds)
    status = softmax(said["status"])
    tags = _tags(session, encoded, near, said["t"], False)
    days = _days(session, encoded, [a for a, _ in groups], said["t"], status, choices)
    weight, known = softmax(said["weight"]), softmax(said["known"])
    out = []
    for n, (a, b) in enumerate(groups):
        k = kinds[n]
        modes = softmax(said["mode"][n, OFFSETS[k] : OFFSETS[k] + len(MODES[k]) + 1])
        best = int(modes.argmax())
        types = p[a, 1:] / max(float(chance[a]), 1e-6)
        link, sure = days[n]
        out.append(
            Trigger(
                start=encoded.words[a][0],
                end=encoded.words[b - 1][1],
                score=_round(chance[a:b].max()),
                type=TYPES[k],
                types=tuple(map(_round, types)),
                mode=MODES[k][best - 1] if best else None,
                mode_score=_round(modes[best]),
                status=STATUSES[int(status[n].argmax())],
                statuses=tuple(map(_round, status[n])),
                weight=_round(weight[n] @ np.array([1, 2, 3], np.float32)),
                known=_round(known[n, 1]),
                participants=tuple(_participants(encoded, *tags[n])),
                time=link,
                time_score=sure,
            )
        )
    return out


def _round(x: Any) -> float:
    return round(float(x), DIGITS)


# --- who, whom, where -------------------------------------------------------------------------------------


def _tags(session: Session, encoded: Encoded, near: Near, t: Floats, said: bool) -> list[tuple[int, Floats]]:
    """For each trigger or cue: the first word of its surroundings, and the chances (L, 11) of their tags."""
    at, scopes = [a for a, _ in near.groups], near.scopes
    length = max(b - a for a, b in scopes)
    inner = encoded.role_words.shape[-1]
    x, mask = np.zeros((len(at), length, inner), np.float32), np.zeros((len(at), length), np.float32)
    away, flags = np.zeros((len(at), length), np.int64), np.zeros((len(at), length, 2), np.float32)
    for n, ((a, b), w) in enumerate(zip(scopes, at, strict=True)):
        x[n, : b - a], mask[n, : b - a] = encoded.role_words[a:b], 1
        away[n, : b - a] = [steps(i - w) for i in range(a, b)]
        flags[n, : b - a, 0] = said
        flags[n, : b - a, 1] = [encoded.sentence_of[i] == encoded.sentence_of[w] for i in range(a, b)]
    step = max(1, AT_ONCE // length)
    some = [slice(n, n + step) for n in range(0, len(at), step)]
    tags = softmax(np.concatenate([session.roles(x[s], t[s], away[s], flags[s], mask[s]) for s in some]))
    return [(a, tags[n, : b - a]) for n, (a, b) in enumerate(scopes)]


def _runs(tags: Floats, roles: Sequence[int], least: float) -> list[tuple[int, int, int, float]]:
    """Runs `(role, first word, past the last, score)` of the words that some of the roles' tags hold."""
    mass = np.stack([tags[:, 1 + 2 * r] + tags[:, 2 + 2 * r] for r in roles], -1)
    best = mass.argmax(-1)
    out: list[tuple[int, int, int, float]] = []
    begun = -1
    for w in range(len(tags) + 1):
        inside = w < len(tags) and mass[w, best[w]] >= least
        goes_on = (
            inside
            and begun >= 0
            and best[w] == best[w - 1]
            and tags[w, 1 + 2 * roles[best[w]]] < tags[w, 2 + 2 * roles[best[w]]]
        )
        if goes_on:
            continue
        if begun >= 0:
            r = int(best[begun])
            out.append((roles[r], begun, w, _round(mass[begun:w, r].mean())))
        begun = w if inside else -1
    return out


def _participants(encoded: Encoded, start: int, tags: Floats) -> list[Participant]:
    out = []
    for role, a, b, score in _runs(tags, range(3), LEAST_ROLE):
        span = _span(encoded, start + a, start + b)
        if span is not None:
            name: Any = ROLES[role]
            out.append(Participant(start=span.start, end=span.end, role=name, score=score))
    return out


def _span(encoded: Encoded, a: int, b: int) -> Span | None:
    """The stretch of words `[a, b)` without the punctuation at its edges: a word of letters or digits at both ends."""
    while a < b and not encoded.solid[a]:
        a += 1
    while b > a and not encoded.solid[b - 1]:
        b -= 1
    return Span(encoded.words[a][0], encoded.words[b - 1][1]) if a < b else None


# --- days -------------------------------------------------------------------------------------------------


def _days(
    session: Session, encoded: Encoded, at: list[int], t: Floats, status: Floats, choices: list[TimeCandidate]
) -> list[tuple[TimeLink | None, float]]:
    size, inner = len(choices), encoded.time_words.shape[-1]
    x = np.zeros((size, inner), np.float32)
    for k, c in enumerate(choices):
        if c.words:
            x[k] = 0.5 * (encoded.time_words[c.words[0]] + encoded.time_words[c.words[1] - 1])
    away, same = np.zeros((len(at), size), np.int64), np.zeros((len(at), size, 1), np.float32)
    for n, w in enumerate(at):
        for k, c in enumerate(choices):
            away[n, k] = steps(c.words[0] - w) if c.words else steps(0)
            same[n, k] = c.words is not None and encoded.sentence_of[c.words[0]] == encoded.sentence_of[w]

    def every(row: list[int]) -> NDArray[np.int64]:
        return np.tile(np.array(row, np.int64), (len(at), 1))

    scores = session.times(
        {
            "x": np.tile(x, (len(at), 1, 1)),
            "t": t,
            "status": status,
            "relation": every([c.relation if c.words is None else len(FREE) + c.relation for c in choices]),
            "grain": every([c.grain for c in choices]),
            "distance": every([c.distance for c in choices]),
            "away": away,
            "same": same,
        }
    )
    scores = np.where([c.possible for c in choices], scores, -1e4)
    return [_link(choices, row) for row in softmax(scores)]


def _link(choices: list[TimeCandidate], chances: Floats) -> tuple[TimeLink | None, float]:
    """The likeliest stretch of days; choices that mean the same days count together."""
    together: dict[tuple[Any, Any], float] = {}
    for c, p in zip(choices, chances, strict=True):
        key = (c.first, c.last)
        together[key] = together.get(key, 0.0) + float(p)
    best = max(
        range(len(choices)), key=lambda k: (together[choices[k].first, choices[k].last], chances[k], -k)
    )
    c = choices[best]
    score = _round(together[c.first, c.last])
    if c.first is None and c.last is None:
        return None, score
    relation: Any = FREE[c.relation] if c.words is None else RELATIONS[c.relation]
    return (
        TimeLink(
            relation=relation,
            expression=c.expression,
            start=c.first.isoformat() if c.first else None,
            end=c.last.isoformat() if c.last else None,
            score=score,
        ),
        score,
    )


# --- what is said -----------------------------------------------------------------------------------------


def _quotes(session: Session, encoded: Encoded, p: Floats, near: Near) -> list[Quote]:
    groups = near.groups
    if not groups:
        return []
    chance, label = 1 - p[:, 0], p[:, 1:].argmax(-1)
    said = session.about(encoded.states[[a for a, _ in groups]], [SAID] * len(groups))
    tags = _tags(session, encoded, near, said["t"], True)
    stance = softmax(said["stance"])
    out = []
    for n, (a, b) in enumerate(groups):
        start, around_it = tags[n]
        content, spoken = _content(encoded, start, around_it)
        if not content:
            continue
        speakers = _runs(around_it, [ROLES.index("speaker")], LEAST_ROLE)
        best = max(speakers, key=lambda r: (r[3], -abs(r[1] + start - a)), default=None)
        span = _span(encoded, start + best[1], start + best[2]) if best else None
        out.append(
            Quote(
                content=tuple(content),
                cue=Span(encoded.words[a][0], encoded.words[b - 1][1]) if label[a] == 0 else None,
                speaker=span,
                stance=STANCES[int(stance[n].argmax())],
                score=_round(chance[a:b].max()),
                content_score=spoken,
                speaker_score=best[3] if best and span else 0.0,
                stance_score=_round(stance[n].max()),
            )
        )
    return out


def _content(encoded: Encoded, start: int, tags: Floats) -> tuple[list[Span], float]:
    """The stretches said, small gaps closed, and how sure they are."""
    runs = _runs(tags, [ROLES.index("content")], 0.5)
    joined: list[tuple[int, int]] = []
    for _, a, b, _ in runs:
        if joined and a - joined[-1][1] <= 1:
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    spans = [s for a, b in joined if b - a > 1 and (s := _span(encoded, start + a, start + b)) is not None]
    score = max((r[3] for r in runs), default=0.0)
    return spans, score
